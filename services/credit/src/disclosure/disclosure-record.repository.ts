import type { EventDraft } from '@casebridge/contracts';
import { emit, hydrate, query, sql } from '@casebridge/platform';
import type { EntityManager } from 'typeorm';
import { DisclosureActEntity, DisclosureTombstoneEntity } from './disclosure-act.entity';
import { type ActLeft, disclosureAfter, type DisclosureActDone, HUB } from './disclosure-procedure';
import { DisclosureRecordEntity } from './disclosure-record.entity';

/** Writes records of decisions; one that is there already, from an earlier delivery, stays as it is. */
export async function publishRecords(em: EntityManager, records: readonly DisclosureRecordEntity[]): Promise<void> {
  if (records.length > 0) await em.createQueryBuilder().insert().into(DisclosureRecordEntity).values([...records]).orIgnore().execute();
}

/** Whether a deferral of the case runs; what was imported has no case to defer. */
export async function isDeferred(em: EntityManager, caseId: string | null): Promise<boolean> {
  if (caseId === null) return false;
  const rows = await query(em, sql`select 1 as found from disclosure_deferral where case_id = ${caseId} and lifted_at is null`);
  return rows.length > 0;
}

/** The record of a decision, locked; null where there is none, as the law keeps some decisions from publication. */
export async function lockRecordOf(em: EntityManager, decisionId: string): Promise<DisclosureRecordEntity | null> {
  const [row] = await query(em, sql`select d.* from disclosure_record d where d.decision_id = ${decisionId} for update`);
  return row ? hydrate(em, DisclosureRecordEntity, row) : null;
}

/** Writes what an act left, except what it tells. */
export async function writeAct(em: EntityManager, { after, entry, tombstone }: ActLeft): Promise<void> {
  await em.update(DisclosureRecordEntity, { id: after.id }, after as object);
  await em.getRepository<Record<string, unknown>>(DisclosureActEntity).insert({ ...entry });
  if (tombstone) await buryRecords(em, [tombstone]);
}

/** Enters what is no longer shown; what is entered already stays as it is. */
export async function buryRecords(em: EntityManager, tombstones: readonly DisclosureTombstoneEntity[]): Promise<void> {
  if (tombstones.length > 0) await em.createQueryBuilder().insert().into(DisclosureTombstoneEntity).values([...tombstones]).orIgnore().execute();
}

/** Tells events outside a use case, where there is nothing but the transaction. */
export async function tell(em: EntityManager, events: readonly EventDraft[], at: Date): Promise<void> {
  for (const event of events) await emit(em, 'credit', event, at);
}

/** Who decided it elsewhere; nobody where an event did. */
export type DecidedElsewhere = Pick<DisclosureActDone, 'at' | 'detail'> & Partial<Pick<DisclosureActDone, 'actorCode' | 'officerId'>>;

/**
 * Ends the showing of a decision's record from this instant on (信用修复后停止公示): to be called by credit repair, in the transaction of its own act.
 *
 * @returns false where nothing is shown of the decision any more, or never was
 */
export async function stopShowing(em: EntityManager, decisionId: string, done: DecidedElsewhere): Promise<boolean> {
  const record = await lockRecordOf(em, decisionId);
  if (!record || record.status === 'WITHDRAWN' || record.stoppedAt !== null) return false;
  await actElsewhere(em, record, 'stopDisclosure', { stoppedAt: done.at, stoppedReason: 'REPAIRED' }, done);
  return true;
}

/**
 * Shows again what `stopShowing` ended (O107 arts. 22, 23).
 *
 * @param windows - the period that begins anew, where it does: `decideDisclosure` works it out of the record's terms
 * @returns false where it was not stopped
 */
export async function showAgain(
  em: EntityManager, decisionId: string, done: DecidedElsewhere,
  windows: Partial<Pick<DisclosureRecordEntity, 'publishedOn' | 'disclosureEndsOn' | 'creditChinaEndsOn'>> = {},
): Promise<boolean> {
  const record = await lockRecordOf(em, decisionId);
  if (!record || record.status === 'WITHDRAWN' || record.stoppedAt === null) return false;
  await actElsewhere(em, record, 'restartDisclosure', { ...windows, stoppedAt: null, stoppedReason: null }, done);
  return true;
}

/** An act that was decided outside this feature. */
export async function actElsewhere(
  em: EntityManager, record: DisclosureRecordEntity, act: Parameters<typeof disclosureAfter>[1], fields: Partial<DisclosureRecordEntity>,
  { actorCode = record.authorityCode, officerId = HUB, ...done }: DecidedElsewhere & Pick<Partial<DisclosureActDone>, 'met'>,
): Promise<void> {
  const left = disclosureAfter(record, act, fields, { ...done, actorCode, officerId, deferred: await isDeferred(em, record.caseId) });
  await writeAct(em, left);
  await tell(em, left.events, done.at);
}
