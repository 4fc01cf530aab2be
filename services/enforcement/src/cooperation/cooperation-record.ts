import { type CooperationAct, cooperationAct, type CooperationActed, cooperationActed } from '@casebridge/contracts';
import { uuidv7 } from '@casebridge/kernel';
import { revivedDeadline, storedDeadline } from '../shared/stored-deadline';
import type { CooperationActDetail, CooperationActEntity, CooperationEntity } from './cooperation.entity';
import { type CooperationActName, machineOf } from './cooperation.machine';
import type { CooperationState, DecidedCooperation } from './cooperation.rule';

/*
 * What an act writes, as plain values: no I/O, so that the generator of demo data writes the very rows that the use cases write.
 */

/** The name under which an act stands in the history: the mutation's, in upper snake case. */
export const historyAct = (act: CooperationActName): CooperationAct => {
  const name = act.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
  if (!cooperationAct.is(name)) throw new RangeError(`${act} is not in the code list of acts`);
  return name;
};

/** What it is begun with; the rest follows. */
export type NewCooperation = Pick<CooperationEntity, 'id' | 'kind' | 'agencyCode' | 'askedCodes' | 'caseId' | 'title' | 'content' | 'requestedAt'> &
  Partial<Pick<CooperationEntity, 'urgent' | 'bound' | 'level' | 'productName' | 'batchNo' | 'costBearer'>>;

/** One that no act has been done on yet: version 0, to be given to `cooperationAfter` before it is stored. */
export const newCooperationRow = (draft: NewCooperation): CooperationEntity =>
  ({
    urgent: false, bound: false, level: null, productName: null, batchNo: null, costBearer: null, ...draft, testConclusion: null,
    version: 0, status: 'REQUESTED', dueAt: null, deadline: null, extended: false, met: null, updatedAt: draft.requestedAt,
  });

/** The record as the rule sees it; one without a version is not begun yet. */
export const cooperationStateOf = ({ version, kind, status, urgent, bound, extended, deadline }: CooperationEntity): CooperationState =>
  ({ kind, status: version === 0 ? null : status, urgent, bound, extended, deadline: revivedDeadline(deadline) });

/** The record after an act; `cooperation` itself stays as it was. */
export function cooperationAfter<C extends CooperationEntity>(
  cooperation: C, { status, deadline, extended, met }: DecidedCooperation, at: Date, detail: CooperationActDetail = {},
): C {
  return {
    ...cooperation, testConclusion: detail.testConclusion ?? cooperation.testConclusion, status, extended, met, dueAt: deadline?.dueAt ?? null, deadline: storedDeadline(deadline), version: cooperation.version + 1, updatedAt: at,
  };
}

export interface CooperationActDone {
  readonly act: CooperationActName;
  readonly actorCode: string;
  readonly officerId: string;
  readonly detail: CooperationActDetail;
}

/** Entry in the history of an act that was done. */
export function cooperationActRow(after: CooperationEntity, { act, actorCode, officerId, detail }: CooperationActDone, makeId: (at: Date) => string = uuidv7): CooperationActEntity {
  const { basis } = machineOf(act).rules[act];
  return {
    id: makeId(after.updatedAt), cooperationId: after.id, position: after.version, act: historyAct(act), status: after.status, at: after.updatedAt, actorCode, officerId,
    basisInstrument: basis.instrument, basisArticle: basis.article, basisMark: basis.mark, dueAt: after.dueAt, deadline: after.deadline, met: after.met, detail,
  };
}

/** The event of an act. It says who and when, and nothing of what is asked or answered. */
export const cooperationActedEvent = (after: CooperationEntity, entry: CooperationActEntity): { readonly type: string; readonly subject: string; readonly data: CooperationActed } => ({
  type: cooperationActed.type,
  subject: `cooperation:${after.id}`,
  data: {
    cooperationId: after.id, version: after.version, kind: after.kind, act: entry.act, statusAfter: after.status, caseId: after.caseId,
    dueAtAfter: after.dueAt?.toISOString() ?? null, met: after.met, occurredAt: entry.at.toISOString(), actorCode: entry.actorCode, ownerCode: after.agencyCode,
    askedCodes: after.askedCodes,
  },
});
