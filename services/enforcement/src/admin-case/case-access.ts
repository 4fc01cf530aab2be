import { caseAccessChanged, type CaseStatus } from '@casebridge/contracts';
import { normaliseDocumentNo, searchText, uuidv7 } from '@casebridge/kernel';
import { query, sql, type Tx } from '@casebridge/platform';
import { IsNull } from 'typeorm';
import { AdminCaseEntity, CasePartEntity } from './admin-case.entity';
import { CaseNoTaken } from './case.errors';

/** Name of everything that is said about one case, so that it keeps its order. */
export const caseSubject = (caseId: string): string => `case:${caseId}`;

/** A part in a case: the agency and the act it comes from, e.g. `REFERRAL_POLICE`. */
export interface Part {
  readonly agencyCode: string;
  readonly kind: string;
}

/** Kind of the part of an agency that has called for the file (调阅). */
export const FILE_CALLED = 'FILE_CALLED_FOR';

/** How the case stood at the act that ended a part: what its former holder goes on reading. */
export interface AsItStood {
  readonly caseStatus: CaseStatus;
  readonly referralId: string | null;
  /** Position in the timeline of that referral, the ending act included. */
  readonly position: number | null;
}

/** What a case is filed with; the rest follows. */
export type NewCase = Omit<
  AdminCaseEntity,
  'version' | 'servedOn' | 'statusBeforeCriminal' | 'criminalWaits' | 'parts' | 'sealedUntil' | 'sealOfficers' | 'sealParties' | 'excluded' | 'searchText' | 'updatedAt'
>;

/** The whole row of a case as it is filed, ready for an insert or a COPY. */
export const newCaseRow = (draft: NewCase): AdminCaseEntity =>
  Object.assign(new AdminCaseEntity(), draft, {
    caseNo: normaliseDocumentNo(draft.caseNo), version: 1, servedOn: null, statusBeforeCriminal: null, criminalWaits: [], parts: [], sealedUntil: null, sealOfficers: [],
    sealParties: [], excluded: [], searchText: searchText(draft.respondentName), updatedAt: draft.filedAt,
  });

/** From now on the case waits for the criminal proceedings, and the clock of its decision with it. */
export const waitForCriminal = (c: AdminCaseEntity, at: Date): void =>
  void Object.assign(c, {
    statusBeforeCriminal: c.status, status: 'PENDING_CRIMINAL', criminalWaits: [...c.criminalWaits, { from: at.toISOString(), to: null }],
  });

/** It goes on where it stood before; false where it did not wait. */
export function resumeFromCriminal(c: AdminCaseEntity, at: Date): boolean {
  if (c.status !== 'PENDING_CRIMINAL') return false;
  Object.assign(c, {
    status: c.statusBeforeCriminal, statusBeforeCriminal: null, criminalWaits: c.criminalWaits.map(({ from, to }) => ({ from, to: to ?? at.toISOString() })),
  });
  return true;
}

/** The event that tells the other services who takes part in a case: the whole state of the row. */
export const caseAccessEvent = (c: AdminCaseEntity, acknowledge = false) => ({
  type: caseAccessChanged.type,
  subject: caseSubject(c.caseId),
  data: {
    caseId: c.caseId, version: c.version, agencyCode: c.agencyCode, regionCode: c.regionCode, enterpriseUscc: c.enterpriseUscc,
    respondentKind: c.respondentKind, filedAt: c.filedAt.toISOString(), servedOn: c.servedOn, parts: c.parts, sealedUntil: c.sealedUntil,
    sealOfficers: c.sealOfficers, sealParties: c.sealParties, excluded: c.excluded, acknowledge,
  },
});

/**
 * Files a case: its row and the event that makes it known to the other services.
 *
 * @throws CaseNoTaken
 */
export async function openCase(tx: Tx, draft: NewCase): Promise<AdminCaseEntity> {
  const row = newCaseRow(draft);
  const opened = await tx.em.createQueryBuilder().insert().into(AdminCaseEntity).values({ ...row }).orIgnore().returning('case_id').execute();
  if ((opened.raw as unknown[]).length === 0) throw new CaseNoTaken();
  await tx.emit(caseAccessEvent(row));
  return row;
}

/**
 * Gives an agency a part in a case; a part of this kind that runs already stays as it is. `saveCase` must follow.
 *
 * @param c - the case, its row locked by the caller
 */
export async function startPart(tx: Tx, c: AdminCaseEntity, { agencyCode, kind }: Part): Promise<void> {
  const now = tx.clock.now();
  await query(tx.em, sql`
    insert into case_part (id, case_id, agency_code, kind, started_at) values (${uuidv7(now)}, ${c.caseId}, ${agencyCode}, ${kind}, ${now})
    on conflict (case_id, agency_code, kind) where ended_at is null do nothing`);
  c.parts = await runningParts(tx, c.caseId);
}

/**
 * Ends the part of an agency; it goes on reading the case by its id as it stood at this act. `saveCase` must follow, in the same act.
 *
 * @throws Error when no such part runs: a bug of the caller
 */
export async function endPart(tx: Tx, c: AdminCaseEntity, part: Part & { readonly asItStood: AsItStood }): Promise<void> {
  const { agencyCode, kind, asItStood } = part;
  const ended = await tx.em.update(CasePartEntity, { caseId: c.caseId, agencyCode, kind, endedAt: IsNull() }, {
    endedAt: tx.clock.now(), endedCaseStatus: asItStood.caseStatus, endedCaseVersion: c.version + 1,
    endedReferralId: asItStood.referralId, endedPosition: asItStood.position,
  });
  if (ended.affected !== 1) throw new Error(`No part ${kind} of ${agencyCode} runs in case ${c.caseId}`);
  c.parts = await runningParts(tx, c.caseId);
}

async function runningParts(tx: Tx, caseId: string): Promise<string[]> {
  const rows = await query<{ agency_code: string }>(tx.em, sql`
    select distinct agency_code from case_part where case_id = ${caseId} and ended_at is null order by agency_code`);
  return rows.map((r) => r.agency_code);
}

/**
 * Saves what an act changed of a case, counts its version up and tells the other services.
 *
 * @param c - the case as `getCaseForUpdate` gave it, changed
 * @param options.acknowledge - asks every service to say that it has applied this version
 * @throws Error when the row is not the one that was locked: a bug of the caller
 */
export async function saveCase(tx: Tx, c: AdminCaseEntity, options: { readonly acknowledge?: boolean } = {}): Promise<void> {
  const before = c.version;
  c.version += 1;
  c.updatedAt = tx.clock.now();
  const { status, statusBeforeCriminal, criminalWaits, facts, suspectedArticles, goodsValueFen, testRequired, servedOn, parts, sealedUntil, sealOfficers, sealParties, excluded } = c;
  const saved = await tx.em.update(AdminCaseEntity, { caseId: c.caseId, version: before }, {
    version: c.version, updatedAt: c.updatedAt, status, statusBeforeCriminal, criminalWaits, facts, suspectedArticles, goodsValueFen, testRequired, servedOn,
    parts, sealedUntil, sealOfficers, sealParties, excluded,
  });
  if (saved.affected !== 1) throw new Error(`Case ${c.caseId} was saved without its lock`);
  await tx.emit(caseAccessEvent(c, options.acknowledge ?? false));
}
