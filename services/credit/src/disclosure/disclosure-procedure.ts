import {
  type DisclosureAct, disclosureAct, type DisclosureActed, disclosureActed, type DisclosureEnded, disclosureEnded, type DisclosureEnd, type EventDraft,
} from '@casebridge/contracts';
import { addDays, type Citation, civilDate, uuidv7 } from '@casebridge/kernel';
import type { DisclosureActDetail, DisclosureActEntity, DisclosureTombstoneEntity } from './disclosure-act.entity';
import { type DisclosureActName, disclosureMachine } from './disclosure.machine';
import type { DisclosureRecordEntity } from './disclosure-record.entity';
import { endOf } from './disclosure-status.rule';

/*
 * What the acts on a disclosure record leave behind, as plain values: no I/O, so that the generator of demo data writes by COPY the very rows that the service writes.
 */

export interface DisclosureActDone {
  readonly at: Date;
  readonly actorCode: string;
  readonly officerId: string;
  readonly detail?: DisclosureActDetail;
  readonly met?: boolean | null;
  /** Whether a deferral of the case runs. */
  readonly deferred: boolean;
}

/** Everything that one act leaves: the record after it, its entry in the history, where the record went out of sight a tombstone, and what is told. */
export interface ActLeft {
  readonly after: DisclosureRecordEntity;
  readonly entry: DisclosureActEntity;
  readonly tombstone: DisclosureTombstoneEntity | null;
  readonly events: readonly EventDraft[];
}

/** The officer under whose name stands what an event or another feature of the hub has done of itself. */
export const HUB = 'hub';

/** The name under which an act stands among the acts: the mutation's, in upper snake case. */
export const disclosureActCode = (act: string): DisclosureAct => {
  const name = act.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
  if (!disclosureAct.is(name)) throw new RangeError(`${act} is not in the code list of acts`);
  return name;
};

export const actEntry = (
  of: Pick<DisclosureActEntity, 'recordId' | 'deferralId' | 'position' | 'status'>, act: string, basis: Citation, done: Omit<DisclosureActDone, 'deferred'>,
  makeId: (at: Date) => string = (at) => uuidv7(at),
): DisclosureActEntity => ({
  ...of, id: makeId(done.at), act: disclosureActCode(act), at: done.at, actorCode: done.actorCode, officerId: done.officerId, basisInstrument: basis.instrument,
  basisArticle: basis.article, basisMark: basis.mark, met: done.met ?? null, detail: done.detail ?? {},
});

/**
 * @param fields - what the act changes of the record besides its state
 * @throws IllegalTransition when the act is not lawful in the state that the record was left in
 */
export function disclosureAfter(
  record: DisclosureRecordEntity, act: DisclosureActName, fields: Partial<DisclosureRecordEntity>, done: DisclosureActDone, makeId?: (at: Date) => string,
): ActLeft {
  const after = { ...record, ...fields, status: disclosureMachine.next(record.status, act), version: record.version + 1, updatedAt: done.at };
  const entry = actEntry({ recordId: after.id, deferralId: null, position: after.version, status: after.status }, act, disclosureMachine.rules[act].basis, done, makeId);
  const today = civilDate(done.at);
  const gone = endOf(record, today, done.deferred) === null ? endOf(after, today, done.deferred) : null;
  const tombstone = gone === null ? null : tombstoneOf(after, gone, today, done.at);
  return { after, entry, tombstone, events: [disclosureActedEvent(after, entry), ...(tombstone ? [disclosureEndedEvent(after, tombstone)] : [])] };
}

export const tombstoneOf = ({ id }: { readonly id: string }, reason: DisclosureEnd, goneOn: string, at: Date): DisclosureTombstoneEntity =>
  ({ recordId: id, reason, goneOn, at });

/** The first day on which a record whose period is over is not shown. */
export const expiredOn = (lastDay: string): string => addDays(lastDay, 1);

/** What comes of one case is told in its order; a decision that was imported has none, and its record is told of alone. */
const subjectOf = (caseId: string | null, recordId: string | null): string => (caseId === null ? `disclosure:${recordId}` : `case:${caseId}`);

export const disclosureActedEvent = (
  of: { readonly caseId: string | null } & ({ readonly authorityCode: string } | { readonly agencyCode: string }), entry: DisclosureActEntity,
): EventDraft<DisclosureActed> => ({
  type: disclosureActed.type,
  subject: subjectOf(of.caseId, entry.recordId),
  data: {
    disclosureId: entry.recordId, deferralId: entry.deferralId, caseId: of.caseId, position: entry.position, act: entry.act, statusAfter: entry.status,
    agencyCode: 'authorityCode' in of ? of.authorityCode : of.agencyCode, actorCode: entry.actorCode, occurredAt: entry.at.toISOString(),
  },
});

export const disclosureEndedEvent = (
  of: { readonly caseId: string | null; readonly decisionId: string }, { recordId, reason, goneOn }: DisclosureTombstoneEntity,
): EventDraft<DisclosureEnded> => ({
  type: disclosureEnded.type, subject: subjectOf(of.caseId, recordId), data: { disclosureId: recordId, caseId: of.caseId, decisionId: of.decisionId, reason, goneOn },
});
