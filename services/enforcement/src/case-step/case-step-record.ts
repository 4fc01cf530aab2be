import { caseStepAct as acts, type CaseStepAct, type CaseStepped, caseStepped } from '@casebridge/contracts';
import { all2017, type Citation, uuidv7 } from '@casebridge/kernel';
import type { AdminCaseEntity } from '../admin-case/admin-case.entity';
import { caseSubject } from '../admin-case/case-access';
import { caseMachine } from '../admin-case/case.machine';
import { storedDeadline } from '../shared/stored-deadline';
import { type CaseStanding, type CaseState, noPenaltyBasis, noSteps, type StepWords, suspensionBasis } from './case-standing.rule';
import type { CaseStepEntity } from './case-step.entity';
import type { CaseStepActName, DecidedStep } from './case-step.rule';

/*
 * What a step of a case writes, as plain values: no I/O, so that the generator of demo data writes the very rows that the use cases write.
 */

/** The name under which a step stands in the history: the mutation's, in upper snake case. */
export const historyStep = (act: CaseStepActName): CaseStepAct => {
  const name = act.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
  if (!acts.is(name)) throw new RangeError(`${act} is not in the code list of steps`);
  return name;
};

/** The case as the rule sees it, with what its last step left. */
export const caseStateOf = (c: Pick<AdminCaseEntity, 'status' | 'filedAt' | 'respondentKind' | 'criminalWaits'>, standing: CaseStanding | null): CaseState => ({
  status: c.status, filedAt: c.filedAt, party: c.respondentKind === 'NATURAL_PERSON' ? 'PERSON' : 'ENTITY', standing: standing ?? noSteps,
  criminalWaits: c.criminalWaits.map(({ from, to }) => ({ from: new Date(from), to: to === null ? null : new Date(to) })),
});

export interface StepTaken {
  readonly act: CaseStepActName;
  readonly decided: DecidedStep;
  readonly words: StepWords;
  readonly actorCode: string;
  readonly officerId: string;
  readonly at: Date;
  readonly position: number;
}

/** Where there is a ground, the step rests on its article. */
const basisOf = (act: CaseStepActName, { suspensionGround, decisionKind, remedyKind }: StepWords): Citation => {
  if (suspensionGround) return suspensionBasis[suspensionGround];
  if (remedyKind === 'LITIGATION') return all2017('46');
  return decisionKind ? noPenaltyBasis[decisionKind] : caseMachine.rules[act].basis;
};

/** The entry of a step in the history of its case. */
export function caseStepRow(caseId: string, { act, decided, words, actorCode, officerId, at, position }: StepTaken, makeId = (when: Date): string => uuidv7(when)): CaseStepEntity {
  const { instrument, article, mark } = basisOf(act, words);
  const { status, deadline, met, standing } = decided;
  return {
    id: makeId(at), caseId, position, act: historyStep(act), status, at, actorCode, officerId, basisInstrument: instrument, basisArticle: article, basisMark: mark,
    dueAt: deadline?.dueAt ?? null, deadline: storedDeadline(deadline), met, words, standing,
  };
}

/** The event of a step. It says who and where, and nothing of what was said. */
export const caseSteppedEvent = (c: AdminCaseEntity, entry: CaseStepEntity): { readonly type: string; readonly subject: string; readonly data: CaseStepped } => ({
  type: caseStepped.type,
  subject: caseSubject(c.caseId),
  data: {
    caseId: c.caseId, position: entry.position, act: entry.act, statusAfter: entry.status, dueAtAfter: entry.dueAt?.toISOString() ?? null, met: entry.met,
    occurredAt: entry.at.toISOString(), actorCode: entry.actorCode, ownerCode: c.agencyCode, readers: c.parts,
  },
});
