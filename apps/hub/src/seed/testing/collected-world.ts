import { createHash } from 'node:crypto';
import { civilDate, uuidTime } from '@casebridge/kernel';
import type { DatabaseName } from '../../config';
import type { Scale } from '../scales';
import type { Size } from '../world/sizes';
import { sizes } from '../world/sizes';
import { accessTables, busTable, type LoggedEvent, outboxTables, type Table, tables } from '../world/tables';
import { generateWorld, type Heads } from '../world/world';

/** The day of worlds whose tests do not care for it. */
export const testDay = '2026-11-15';

/** A whole world in memory, for tests on small ones. */
export class CollectedWorld {
  private readonly byTable = new Map<Table, object[]>();
  readonly heads: Heads;

  constructor(scale: Scale, seed: number, size: Size = sizes[scale], today: string = testDay) {
    const world = generateWorld(scale, seed, today, size);
    for (;;) {
      const next = world.next();
      if (next.done) {
        this.heads = next.value;
        return;
      }
      for (const { table, row } of next.value.rows) {
        const rows = this.byTable.get(table) ?? [];
        rows.push(row);
        this.byTable.set(table, rows);
      }
    }
  }

  all<Row extends object>(table: Table<Row>): readonly Row[] {
    return (this.byTable.get(table) ?? []) as Row[];
  }

  /** Everything that was made, table by table. */
  *everything(): Generator<readonly [table: Table, row: object]> {
    for (const [table, rows] of this.byTable) for (const row of rows) yield [table, row] as const;
  }
}

/** A number that two worlds share only if every row of both is the same, in the same order. */
export function fingerprint(scale: Scale, seed: number, size?: Size, today: string = testDay): string {
  const hash = createHash('sha256');
  for (const { rows } of generateWorld(scale, seed, today, size)) for (const { table, row } of rows) hash.update(`${table.database}.${table.name} ${JSON.stringify(row)}\n`);
  return hash.digest('hex');
}

export const eventsOf = (world: CollectedWorld, source: Exclude<DatabaseName, 'bus'>): readonly LoggedEvent[] => world.all(outboxTables[source]);

/** What a world tells of days and instants after one; plans and periods that run on are no records. */
export function recordedAfter(world: CollectedWorld, now: Date): readonly string[] {
  const later: string[] = [];
  const today = civilDate(now);
  const check = (what: string, ...moments: readonly (string | Date | null)[]): void => {
    for (const at of moments) {
      if (at instanceof Date ? at > now : at !== null && at > today) later.push(`${what}: ${at instanceof Date ? at.toISOString() : at}`);
    }
  };
  for (const e of world.all(tables.enterprise)) check('enterprise', e.registeredOn);
  for (const l of world.all(tables.licence)) check('licence', l.validFrom);
  for (const p of world.all(tables.keyPerson)) check('key person', p.fromDate);
  for (const p of world.all(tables.product)) check('product', uuidTime(p.id));
  for (const c of world.all(tables.adminCase)) check('case', c.filedAt, c.updatedAt);
  for (const s of world.all(tables.caseStep)) check('step of a case', s.at);
  for (const a of world.all(tables.measureAct)) check('act on a measure', a.at);
  for (const q of world.all(tables.clue)) check('clue', q.receivedAt, q.recordedAt, q.updatedAt);
  for (const a of world.all(tables.clueAct)) check('act on a clue', a.at);
  for (const w of world.all(tables.cooperation)) check('cooperation', w.requestedAt, w.updatedAt);
  for (const a of world.all(tables.cooperationAct)) check('act between agencies', a.at);
  for (const a of world.all(tables.dutyCrimeClueAct)) check('act on a clue to a duty crime', a.at);
  for (const s of world.all(tables.caseSeal)) check('seal', s.sealedAt);
  for (const d of world.all(tables.penaltyDecision)) check('decision', d.decidedOn, d.servedOn, d.createdAt, d.serviceRecordedAt);
  for (const t of world.all(tables.referralTimeline)) check('referral', t.at);
  for (const i of world.all(tables.inspection)) check('inspection', i.conductedOn, i.publishedOn, i.concludedAt);
  for (const r of world.all(tables.report)) check('report', r.receivedOn, r.reportedOn);
  for (const c of world.all(tables.complaint)) check('complaint', c.receivedAt, c.acceptedAt);
  for (const d of world.all(tables.disclosure)) check('disclosure', d.publishedOn, d.withdrawnAt, d.stoppedAt, d.updatedAt, d.correctedAt);
  for (const a of world.all(tables.disclosureAct)) check('act on a publication', a.at);
  for (const t of world.all(tables.disclosureTombstone)) check('end of a publication', t.goneOn, t.at);
  for (const f of world.all(tables.disclosureDeferral)) check('deferral', f.orderedAt, f.liftedAt);
  for (const l of world.all(tables.listing)) check('listing', l.noticeServedOn, l.listedOn, l.publishedOn, l.updatedAt);
  for (const a of world.all(tables.listingAct)) check('act on a listing', a.at);
  for (const p of world.all(tables.creditPenalty)) check('penalty in the credit file', p.decidedOn, p.overturnedOn);
  for (const r of world.all(tables.repair)) check('repair', r.appliedOn, r.stoppedAt, r.updatedAt);
  for (const a of world.all(tables.repairAct)) check('act on a repair', a.at);
  for (const m of world.all(tables.measure)) check('measure', m.orderedAt, m.feedbackAt, m.liftedAt);
  for (const e of world.all(busTable)) check('event', e.occurredAt);
  return later;
}

/** Rows by what they belong to. */
export function grouped<Row, Key>(rows: readonly Row[], keyOf: (row: Row) => Key): ReadonlyMap<Key, readonly Row[]> {
  const groups = new Map<Key, Row[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return groups;
}

export { accessTables, busTable, tables };
