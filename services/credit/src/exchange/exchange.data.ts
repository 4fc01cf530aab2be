import type { Readable } from 'node:stream';
import { type ExchangeLayout } from '@casebridge/contracts';
import { type AgencyReader, BadUserInput, Forbidden, isCivilDate, type Principal, uuidv7 } from '@casebridge/kernel';
import { type DataReply, type DataRequest, DiskFileStore, maxFileBytes, query, readerOf, type ServiceDeps, sql, unitOfWork } from '@casebridge/platform';
import { csvOf } from './csv-table';
import { exchangeColumns, rowOf } from './exchange-layout.rule';
import { canSendPenalties } from './exchange.policy';
import { PenaltyImportEntity } from './penalty-import.entity';
import { sheetMediaType } from './penalty-import.runner';
import { exportedRecords } from './penalty-export.source';
import { xlsxOf } from './xlsx-writer';

const layouts: Readonly<Record<string, ExchangeLayout>> = { current: 'CURRENT', '2016': 'Y2016' };

function layoutOf(text: string | undefined): ExchangeLayout {
  const layout = layouts[text ?? 'current'];
  if (layout === undefined) throw new BadUserInput('layout', 'must be current or 2016');
  return layout;
}

function dayOf(field: string, text: string | undefined): string | null {
  if (text === undefined) return null;
  if (!isCivilDate(text)) throw new BadUserInput(field, 'must be a day such as 2026-06-01');
  return text;
}

/**
 * `GET /exchange/penalty-records.csv` and `.xlsx`: what the reader's agency, and those below it, may hand on as the record (双公示).
 *
 * @throws BadUserInput
 */
export async function exportPenalties(deps: ServiceDeps, principal: Principal, { path, query: asked }: DataRequest): Promise<DataReply | null> {
  const form = /^exchange\/penalty-records\.(csv|xlsx)$/.exec(path)?.[1];
  const reader = readerOf(principal, deps.directory, deps.clock.now());
  if (form === undefined || reader.self === null) return null;
  const layout = layoutOf(asked['layout']);
  const conditions = { decidedFrom: dayOf('decidedFrom', asked['decidedFrom']), decidedTo: dayOf('decidedTo', asked['decidedTo']) };
  async function* rows(): AsyncGenerator<string[]> {
    yield exchangeColumns[layout].map(({ code }) => code);
    for await (const record of exportedRecords(deps, reader, conditions)) yield rowOf(layout, record);
  }
  return {
    mediaType: form === 'csv' ? 'text/csv; charset=utf-8; header=present' : sheetMediaType, fileName: `penalty-records-${reader.today}.${form}`, etag: null, headers: {},
    records: [`PenaltyRecord:${layout} ${conditions.decidedFrom ?? ''}/${conditions.decidedTo ?? ''}`], fields: exchangeColumns[layout].map(({ code }) => `PenaltyRecord.${code}`),
    body: form === 'csv' ? csvOf(rows(), { bom: asked['bom'] === '1' }) : xlsxOf(rows()),
  };
}

/**
 * `POST /exchange/penalty-records`: stores the file and answers at once; its rows are read afterwards. The same bytes again, with nothing sent in
 * between, are the same import.
 *
 * @throws Forbidden, BadUserInput, FileTooLarge, FileEmpty, UploadInterrupted
 */
export async function takePenalties(deps: ServiceDeps, dataDir: string, who: AgencyReader, { path }: DataRequest, body: Readable): Promise<object | null> {
  if (path !== 'exchange/penalty-records') return null;
  if (!canSendPenalties(who)) throw new Forbidden('Penalty decisions are sent by officers of agencies that impose them');
  const { mediaType, sha256, size } = await new DiskFileStore(dataDir).put(body, maxFileBytes);
  if (mediaType !== sheetMediaType && mediaType !== 'text/plain') throw new BadUserInput('file', 'must be CSV in UTF-8, or XLSX');
  return unitOfWork(deps, async (tx) => {
    await query(tx.em, sql`select pg_advisory_xact_lock(hashtextextended(${`penalty-import ${who.agency.code}`}, 0))`);
    const imports = tx.em.getRepository(PenaltyImportEntity);
    const last = await imports.findOne({ where: { agencyCode: who.agency.code }, order: { receivedAt: 'DESC', id: 'DESC' } });
    if (last?.sha256 === sha256 && last.state !== 'FAILED') return receiptOf(last);
    const made = {
      id: uuidv7(tx.clock), agencyCode: who.agency.code, officerId: who.officerId, sha256, size, mediaType, state: 'WAITING' as const, layout: null,
      rows: 0, created: 0, corrected: 0, unchanged: 0, refused: 0, faults: [], receivedAt: tx.clock.now(), finishedAt: null,
    };
    await imports.insert(made);
    return receiptOf(made);
  });
}

const receiptOf = ({ id, sha256, size, state }: PenaltyImportEntity): object => ({ id, sha256, size, state });
