import { type ClueAct, clueAct as clueActs, type ClueActed, clueActed } from '@casebridge/contracts';
import { uuidv7 } from '@casebridge/kernel';
import { storedDeadline } from '../shared/stored-deadline';
import type { ClueActDetail, ClueActEntity, ClueEntity } from './clue.entity';
import { type ClueActName, clueMachine } from './clue.machine';
import { type ClueState, type DecidedClue, nonFilingBasis } from './clue.rule';

/*
 * What an act on a clue writes, as plain values: no I/O, so that the generator of demo data writes the very rows that the use cases write.
 */

/** The name under which an act stands in the history: the mutation's, in upper snake case. */
export const historyAct = (act: ClueActName): ClueAct => {
  const name = act.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
  if (!clueActs.is(name)) throw new RangeError(`${act} is not in the code list of acts`);
  return name;
};

/** What a clue is recorded with; the rest follows. */
export type NewClue = Pick<
  ClueEntity,
  | 'id' | 'agencyCode' | 'source' | 'sourceRef' | 'regionCode' | 'enterpriseUscc' | 'partyKind' | 'partyName' | 'productKind' | 'productNames' | 'batchNo'
  | 'facts' | 'suspectedArticles' | 'receivedAt' | 'recordedAt' | 'transferredFromId'
>;

/** A clue that no act has been done on yet: version 0, to be given to `clueAfter` before it is stored. */
export const newClueRow = (draft: NewClue): ClueEntity => ({
  ...draft, version: 0, status: 'RECEIVED', dueAt: null, deadline: null, extended: false, tests: [], met: null, caseId: null, caseOfficers: [],
  nonFilingGround: null, transferredToCode: null, mergedIntoId: null, reasons: null, parts: [], updatedAt: draft.recordedAt,
});

/** The clue of the agency that another is transferred to: what was known, received now. */
export const transferredClue = (from: ClueEntity, to: { readonly id: string; readonly agencyCode: string; readonly at: Date }): ClueEntity =>
  newClueRow({
    ...subjectOf(from), id: to.id, agencyCode: to.agencyCode, source: 'OTHER_AGENCY', sourceRef: null, receivedAt: to.at, recordedAt: to.at, transferredFromId: from.id,
  });

const subjectOf = ({ regionCode, enterpriseUscc, partyKind, partyName, productKind, productNames, batchNo, facts, suspectedArticles }: ClueEntity) =>
  ({ regionCode, enterpriseUscc, partyKind, partyName, productKind, productNames, batchNo, facts, suspectedArticles });

/** The record as the rule sees it; one without a version is not recorded yet. */
export const clueStateOf = ({ version, status, receivedAt, dueAt, extended, tests }: ClueEntity): ClueState => ({
  status: version === 0 ? null : status, receivedAt, dueAt, extended,
  tests: tests.map(({ kind, from, to }) => ({ kind, from: new Date(from), to: to === null ? null : new Date(to) })),
});

export interface ClueChange {
  readonly decided: DecidedClue;
  /** What else the act changes of the record. */
  readonly fields?: Partial<ClueEntity>;
  readonly at: Date;
}

/** The record after an act; `clue` itself stays as it was. */
export function clueAfter<C extends ClueEntity>(clue: C, { decided, fields, at }: ClueChange): C {
  const { status, deadline, keepsClock, extended, tests, met } = decided;
  const clock = keepsClock ? {} : { dueAt: deadline?.dueAt ?? null, deadline: storedDeadline(deadline) };
  return {
    ...clue, ...fields, ...clock, status, extended, met, tests: tests.map((t) => ({ kind: t.kind, from: t.from.toISOString(), to: t.to?.toISOString() ?? null })),
    version: clue.version + 1, updatedAt: at,
  };
}

export interface ClueActDone {
  readonly act: ClueActName;
  readonly actorCode: string;
  readonly officerId: string;
  readonly detail?: ClueActDetail;
}

/** The entry of an act in the history. Not filing rests on the article of its ground. */
export function clueActRow(after: ClueEntity, { act, actorCode, officerId, detail }: ClueActDone, makeId = (at: Date): string => uuidv7(at)): ClueActEntity {
  const basis = after.nonFilingGround === null ? clueMachine.rules[act].basis : nonFilingBasis[after.nonFilingGround];
  return {
    id: makeId(after.updatedAt), clueId: after.id, position: after.version, act: historyAct(act), status: after.status, at: after.updatedAt, actorCode, officerId,
    basisInstrument: basis.instrument, basisArticle: basis.article, basisMark: basis.mark, dueAt: after.dueAt, deadline: after.deadline, met: after.met,
    detail: detail ?? {},
  };
}

/** The event of an act. It says who and where, and nothing of what the clue tells. */
export const clueActedEvent = (after: ClueEntity, entry: ClueActEntity): { readonly type: string; readonly subject: string; readonly data: ClueActed } => ({
  type: clueActed.type,
  subject: `clue:${after.id}`,
  data: {
    clueId: after.id, version: after.version, act: entry.act, statusAfter: after.status, source: after.source, regionCode: after.regionCode,
    enterpriseUscc: after.enterpriseUscc, dueAtAfter: after.dueAt?.toISOString() ?? null, met: after.met, caseId: after.caseId,
    occurredAt: entry.at.toISOString(), actorCode: entry.actorCode, ownerCode: after.agencyCode, readers: after.parts,
  },
});
