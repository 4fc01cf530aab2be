import type { Readable } from 'node:stream';
import { civilDate } from '@casebridge/kernel';
import { DiskFileStore, type Job, type JobSite, type Tx, unitOfWork } from '@casebridge/platform';
import { readCsv } from './csv-table';
import { type ExchangeHeader, type ExchangeRecord, readHeader, recordOf } from './exchange-layout.rule';
import { disclosureOfImported, fingerprintOf, importedIdOf, rulingOfImported } from './imported-penalty.projection';
import type { ImportedPenaltyEntity, ImportedPenaltyVersionEntity, PenaltyImportEntity, PenaltyImportRowEntity } from './penalty-import.entity';
import { decidedHere, importedByNumber, nextWaiting, numberKey, type TakenRows, takeTurn, writeRows } from './penalty-import.repository';
import { type Authority, checkPenaltyRow, type PenaltyRow, type RowFault } from './penalty-row.rule';
import { type ImportedPublication, publishImported } from './publish-imported.usecase';
import { TableUnreadable } from './table.errors';
import { readXlsx } from './xlsx-reader';

export const sheetMediaType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Rows that become one transaction: what a process that is killed has to read again. */
const piece = 500;

interface ToldRow {
  readonly no: number;
  readonly record: ExchangeRecord;
}

/** Reads waiting files, the oldest first, until none is left or the process stops. */
export async function importWaiting(site: JobSite): Promise<void> {
  while (!site.stopping.aborted) {
    const run = await nextWaiting(site.deps.dataSource.manager);
    if (!run || !(await importFile(site, run))) return;
  }
}

/** @returns false when it was left off */
async function importFile(site: JobSite, run: PenaltyImportEntity): Promise<boolean> {
  const authorities = authoritiesOf(site.deps.directory, run.agencyCode);
  const bytes = await new DiskFileStore(site.dataDir).open(run.sha256);
  if (!bytes) throw new Error(`The bytes of import ${run.id} are missing from the store`);
  let now = run;
  try {
    for await (const { header, rows } of pieces(bytes, run)) {
      const next = await unitOfWork(site.deps, (tx) => takePiece(tx, now, header, rows, authorities));
      if (!next || site.stopping.aborted) return false;
      now = next;
    }
    await finish(site, now, []);
  } catch (cause) {
    if (!(cause instanceof TableUnreadable)) throw cause;
    await finish(site, now, [{ field: '', rule: 'UNREADABLE', refuses: true }]);
  } finally {
    bytes.destroy();
  }
  return true;
}

/** The rows after those that were read before, in pieces. A header without what is required has none. */
async function* pieces(bytes: Readable, { mediaType, rows: done }: PenaltyImportEntity): AsyncGenerator<{ readonly header: ExchangeHeader; readonly rows: readonly ToldRow[] }> {
  let header: ExchangeHeader | null = null;
  let no = 0;
  let rows: ToldRow[] = [];
  for await (const cells of mediaType === sheetMediaType ? readXlsx(bytes) : readCsv(bytes)) {
    if (header === null) {
      header = readHeader(cells);
      if (header.missing.length > 0) break;
      continue;
    }
    no += 1;
    if (no <= done) continue;
    rows.push({ no, record: recordOf(header, cells) });
    if (rows.length < piece) continue;
    yield { header, rows };
    rows = [];
  }
  if (header === null) throw new TableUnreadable('The file is empty');
  yield { header, rows };
}

async function takePiece(tx: Tx, before: PenaltyImportEntity, header: ExchangeHeader, told: readonly ToldRow[], authorities: ReadonlyMap<string, Authority>): Promise<PenaltyImportEntity | null> {
  const found = await takeTurn(tx.em, before);
  if (!found) return null;
  const run = Object.assign(found, { layout: header.layout });
  if (header.missing.length > 0) {
    const faults = header.missing.map((field): RowFault => ({ field, rule: 'COLUMN_MISSING', refuses: true }));
    return tx.em.save(Object.assign(run, { state: 'FAILED' as const, finishedAt: tx.clock.now(), faults }));
  }
  const today = civilDate(tx.clock.now());
  const checked = told.map(({ no, record }) => ({ no, record, ...checkPenaltyRow(record, today, authorities) }));
  const good = checked.flatMap(({ row }) => (row ? [row] : []));
  const own = await decidedHere(tx.em, today, good.map((r) => r.authority.code), good.map((r) => r.documentNoKey));
  const known = await importedByNumber(tx.em, good.map(importedIdOf));
  const piecework = new Piecework(run, known, tx.clock.now(), authorities);
  for (const { faults, no, record, row } of checked) {
    const here = row !== null && own.has(numberKey(row.authority.code, row.documentNoKey));
    piecework.take(no, record['CF_WSH'] ?? null, here ? [...faults, { field: 'CF_WSH', rule: 'DECIDED_HERE', refuses: true }] : faults, here ? null : row);
  }
  await writeRows(tx.em, run, piecework.taken());
  await publishImported(tx.em, piecework.publications(), { actorCode: run.agencyCode, officerId: run.officerId }, tx.clock.now());
  return run;
}

/** What the rows of one piece lead to, in their order: a number that comes twice is corrected by its second row. */
class Piecework {
  private readonly changed = new Map<string, ImportedPenaltyEntity>();
  private readonly versions: ImportedPenaltyVersionEntity[] = [];
  private readonly rows: PenaltyImportRowEntity[] = [];
  private readonly last = new Map<string, PenaltyRow>();
  private readonly known: Map<string, ImportedPenaltyEntity>;

  constructor(
    private readonly run: PenaltyImportEntity, private readonly found: ReadonlyMap<string, ImportedPenaltyEntity>, private readonly now: Date,
    private readonly authorities: ReadonlyMap<string, Authority>,
  ) {
    this.known = new Map(found);
  }

  take(rowNo: number, documentNo: string | null, faults: readonly RowFault[], row: PenaltyRow | null): void {
    const { run } = this;
    const answer = { importId: run.id, rowNo, documentNo: documentNo?.slice(0, 200) ?? null };
    run.rows += 1;
    if (row === null) {
      run.refused += 1;
      return void this.rows.push({ ...answer, outcome: 'REFUSED', penaltyId: null, faults });
    }
    const id = importedIdOf(row);
    const before = this.known.get(id);
    const fingerprint = fingerprintOf(row.record);
    const outcome = before === undefined ? 'CREATED' : before.fingerprint === fingerprint ? 'UNCHANGED' : 'CORRECTED';
    this.rows.push({ ...answer, outcome, penaltyId: id, faults: [...faults, ...endFault(row)] });
    run[({ CREATED: 'created', CORRECTED: 'corrected', UNCHANGED: 'unchanged' } as const)[outcome]] += 1;
    if (outcome === 'UNCHANGED') return;
    const version = (before?.version ?? 0) + 1;
    const after: ImportedPenaltyEntity = {
      id, authorityCode: row.authority.code, documentNo: row.record['CF_WSH'] ?? '', documentNoKey: row.documentNoKey, partyUscc: row.partyUscc, record: row.record,
      fingerprint, version, importId: run.id, importedAt: before?.importedAt ?? this.now, updatedAt: this.now,
    };
    this.known.set(id, after);
    this.changed.set(id, after);
    this.last.set(id, row);
    this.versions.push({ penaltyId: id, version, record: row.record, importId: run.id, rowNo, at: this.now });
  }

  taken(): TakenRows {
    return { penalties: [...this.changed.values()], versions: this.versions, rows: this.rows };
  }

  publications(): ImportedPublication[] {
    const today = civilDate(this.now);
    return [...this.last].map(([decisionId, row]) => {
      const before = this.found.get(decisionId);
      const told = before ? checkPenaltyRow(before.record, today, this.authorities).row : null;
      return { decisionId, before: told && disclosureOfImported(told, decisionId, told.decidedOn), now: disclosureOfImported(row, decisionId, today) };
    });
  }
}

/** The file may say how long it is shown; the law says so too. */
function endFault(row: PenaltyRow): readonly RowFault[] {
  const told = row.record['CF_GSJZQ'];
  const ruling = rulingOfImported(row);
  if (told === undefined || !ruling.disclosed) return [];
  return Object.values(ruling.windows).some(({ endsOn }) => endsOn === told) ? [] : [{ field: 'CF_GSJZQ', rule: 'DISCLOSURE_END', refuses: false }];
}

async function finish({ deps }: JobSite, run: PenaltyImportEntity, faults: readonly RowFault[]): Promise<void> {
  await unitOfWork(deps, async (tx) => {
    const found = await takeTurn(tx.em, run);
    if (found) await tx.em.save(Object.assign(found, { state: faults.length > 0 ? ('FAILED' as const) : ('DONE' as const), faults, finishedAt: tx.clock.now() }));
  });
}

/** The agency and those below it, by name and by code. */
function authoritiesOf(directory: JobSite['deps']['directory'], sender: string): ReadonlyMap<string, Authority> {
  const agencies = [sender, ...directory.below(sender)].flatMap((code) => directory.agency(code) ?? []);
  const authority = ({ code, functions, regions }: (typeof agencies)[number]): Authority => ({ code, functions, regionCode: regions[0] ?? '' });
  return new Map(agencies.flatMap((agency) => [[agency.name, authority(agency)], [agency.code, authority(agency)]] as const));
}

/** Looks for files that wait; one process at a time reads them. */
export const importJob = (site: JobSite): Job => ({ name: 'penalty-import', everyMs: 1_000, run: () => importWaiting(site) });
