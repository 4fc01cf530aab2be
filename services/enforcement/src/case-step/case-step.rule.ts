import type { CaseStatus, ExcludedTimeKind } from '@casebridge/contracts';
import { apl2021, type Citation, civilDate, type Deadline, type HolidayCalendar, isOverdue } from '@casebridge/kernel';
import { caseMachine } from '../admin-case/case.machine';
import { runningDecisionDeadline } from '../penalty-decision/decision-period.rule';
import type { Finding } from '../penalty-decision/penalty-article.rule';
import { penaltyClocks } from '../penalty-decision/penalty-decision.clocks';
import { answerDeadline, type CaseStanding, type CaseState, decisionPeriodOf, reviewDeadline, stepDeadline, stepFindings, type StepWords } from './case-standing.rule';
import { caseStepClocks } from './case-step.clocks';
import { PeriodAlreadyExtended, PeriodOver, StepOutOfOrder, UnlawfulStep } from './case-step.errors';
import { hearingFindings } from './hearing.rule';

/** Steps of the machine of the case that this feature takes. */
export const caseStepActs = [
  'beginInvestigation', 'suspendCase', 'resumeCase', 'terminateCase', 'beginExcludedTime', 'endExcludedTime', 'concludeInvestigation', 'sendCaseForReview',
  'extendCaseReview', 'passCaseReview', 'returnCaseFromReview', 'discussCaseCollectively', 'serveCaseNotice', 'recordPartyStatement', 'recordHearingRequest',
  'notifyHearing', 'recordHearingHeld', 'recordHearingAbandoned', 'extendDecision', 'extendDecisionFurther', 'decideWithoutPenalty',
] as const satisfies readonly (typeof caseMachine.acts)[number][];
export type CaseStepActName = (typeof caseStepActs)[number];

export interface DecidedStep {
  readonly status: CaseStatus;
  readonly standing: CaseStanding;
  /** What runs from now on, besides the period of the decision. */
  readonly deadline: Deadline | null;
  /** Whether what was owed came in time; null for steps that nothing was owed with. */
  readonly met: boolean | null;
  readonly findings: readonly Finding[];
}

interface On {
  readonly state: CaseState;
  readonly words: StepWords;
  readonly now: Date;
  readonly calendar: HolidayCalendar;
  readonly basis: Citation;
}
type Change = Partial<CaseStanding> & { readonly met?: boolean; readonly findings?: readonly Finding[] };

const begin = ({ state: { standing }, now }: On, kind: ExcludedTimeKind): Pick<CaseStanding, 'excluded'> =>
  ({ excluded: [...standing.excluded, { kind, from: now.toISOString(), to: null }] });
const end = ({ state: { standing }, now }: On, kind: ExcludedTimeKind): Pick<CaseStanding, 'excluded'> =>
  ({ excluded: standing.excluded.map((s) => (s.kind === kind && s.to === null ? { ...s, to: now.toISOString() } : s)) });

const outOfOrder = ({ state, basis }: On, message: string): StepOutOfOrder => new StepOutOfOrder(message, state.status, basis);
const reviewUnderWay = (on: On): NonNullable<CaseStanding['review']> => {
  const { review } = on.state.standing;
  if (!review || review.passed) throw outOfOrder(on, 'No review of this case is under way');
  return review;
};
const hearingAsked = (on: On): NonNullable<CaseStanding['hearing']> => {
  const { hearing } = on.state.standing;
  if (!hearing || hearing.held) throw outOfOrder(on, 'No hearing of this case is outstanding');
  return hearing;
};
const reviewMet = ({ state, now, calendar }: On): boolean => !isOverdue(now, reviewDeadline(state, now, calendar)?.dueAt ?? null);

/** @throws PeriodOver */
function decisionExtended(on: On, days: number): Pick<CaseStanding, 'extensions'> {
  const { state, now, calendar, basis } = on;
  const running = runningDecisionDeadline(decisionPeriodOf(state), now, calendar);
  if (running && isOverdue(now, running.dueAt)) throw new PeriodOver(state.status, basis);
  return { extensions: [...state.standing.extensions, days] };
}

const changes: Readonly<Record<CaseStepActName, (on: On) => Change>> = {
  beginInvestigation: ({ words }) => ({ officers: words.officers ?? [] }),
  suspendCase: (on) => begin(on, 'SUSPENSION'),
  resumeCase: (on) => end(on, 'SUSPENSION'),
  terminateCase: (on) => end(on, 'SUSPENSION'),
  beginExcludedTime: (on) => begin(on, on.words.excludedKind ?? 'TESTING'),
  endExcludedTime: (on) => end(on, on.words.excludedKind ?? 'TESTING'),
  concludeInvestigation: () => ({}),
  sendCaseForReview: ({ words, now }) => ({ major: words.major ?? false, review: { kind: words.reviewKind ?? 'CASE_REVIEW', since: now.toISOString(), addedDays: null, passed: false } }),
  extendCaseReview: (on) => {
    const { state, words, now, basis } = on;
    const review = reviewUnderWay(on);
    if (review.addedDays !== null) throw new PeriodAlreadyExtended(state.status, basis);
    if (isOverdue(now, reviewDeadline(state, now, on.calendar)?.dueAt ?? null)) throw new PeriodOver(state.status, basis);
    return { review: { ...review, addedDays: words.days ?? 0 } };
  },
  passCaseReview: (on) => ({ review: { ...reviewUnderWay(on), passed: true }, met: reviewMet(on) }),
  returnCaseFromReview: (on) => ({ review: null, met: reviewUnderWay(on) && reviewMet(on) }),
  discussCaseCollectively: () => ({ discussed: true }),
  serveCaseNotice: (on) => {
    const { state: { standing, party }, words } = on;
    if (!standing.review?.passed) throw outOfOrder(on, 'The case must pass its review before the notice is served');
    const intended = { kinds: words.intendedKinds ?? [], fineFen: words.fineFen ?? null, confiscationFen: words.confiscationFen ?? null };
    return {
      notice: { servedOn: words.on ?? '', hearingOffered: words.hearingOffered ?? false, answered: false }, hearing: null,
      findings: words.hearingOffered ? [] : hearingFindings(intended, party),
    };
  },
  recordPartyStatement: ({ state: { standing }, words }) => ({ notice: standing.notice && { ...standing.notice, answered: standing.notice.answered || words.waives === true } }),
  recordHearingRequest: (on) => {
    const { state: { standing }, words, calendar } = on;
    const last = answerDeadline(standing, calendar)?.lastDay ?? null;
    const requestedOn = words.on ?? '';
    if (!standing.notice || standing.notice.answered) throw outOfOrder(on, 'The party has waived its answer to the notice');
    if (last !== null && requestedOn > last) {
      throw new UnlawfulStep({ code: 'HEARING_REQUEST_LATE', field: 'input.requestedOn', message: `a hearing is asked for in five working days, which ended on ${last}`, basis: apl2021('64(1)') });
    }
    return { ...begin(on, 'HEARING'), hearing: { requestedOn, heldFor: null, held: false } };
  },
  notifyHearing: (on) => {
    const { words, now, calendar } = on;
    const earliest = caseStepClocks.hearingNotice.dueDate(now, calendar);
    const heldFor = words.on ?? '';
    if (heldFor < earliest) {
      throw new UnlawfulStep({ code: 'HEARING_TOO_SOON', field: 'input.hearingOn', message: `the party is told seven working days before: not before ${earliest}`, basis: apl2021('64(2)') });
    }
    const findings: Finding[] = on.state.standing.officers.includes(words.chair ?? '')
      ? [{ code: 'HEARING_BY_CASE_OFFICER', field: 'input.chair', message: 'who investigated the case does not preside over its hearing; not verified', basis: apl2021('64', 'NV'), blocks: false }]
      : [];
    return { hearing: { ...hearingAsked(on), heldFor }, findings };
  },
  recordHearingHeld: (on) => {
    const hearing = hearingAsked(on);
    if (hearing.heldFor === null || civilDate(on.now) < hearing.heldFor) throw outOfOrder(on, 'The hearing must be announced first, and its day must have come');
    return { ...end(on, 'HEARING'), hearing: { ...hearing, held: true } };
  },
  recordHearingAbandoned: (on) => ({ ...end(on, 'HEARING'), hearing: hearingAsked(on) && null, notice: on.state.standing.notice && { ...on.state.standing.notice, answered: true } }),
  extendDecision: (on) => {
    if (on.state.standing.extensions.length > 0) throw new PeriodAlreadyExtended(on.state.status, on.basis);
    return decisionExtended(on, penaltyClocks.decisionExtension.rowAt(on.now).amount);
  },
  extendDecisionFurther: (on) => {
    const { extensions } = on.state.standing;
    if (extensions.length === 0) throw outOfOrder(on, 'The head extends the period before it is extended by collective decision');
    if (extensions.length > 1) throw new PeriodAlreadyExtended(on.state.status, on.basis);
    return decisionExtended(on, on.words.days ?? 0);
  },
  decideWithoutPenalty: (on) => ({ findings: stepFindings(on.state.standing, on.words.on ?? '', on.calendar) }),
};

/**
 * The state after a step, what runs from then on, and what the rules have to say.
 *
 * @throws IllegalTransition when the step is not lawful in the present state
 * @throws StepOutOfOrder, PeriodAlreadyExtended, PeriodOver, UnlawfulStep
 * @see 市场监督管理行政处罚程序规定 arts. 22, 46-64
 */
export function decideCaseStep(state: CaseState, act: CaseStepActName, words: StepWords, now: Date, calendar: HolidayCalendar): DecidedStep {
  const status = caseMachine.next(state.status, act);
  const { met, findings = [], ...changed } = changes[act]({ state, words, now, calendar, basis: caseMachine.rules[act].basis });
  const refusal = findings.find((f) => f.blocks);
  if (refusal) throw new UnlawfulStep(refusal);
  const standing = { ...state.standing, ...changed };
  return { status, standing, deadline: stepDeadline({ ...state, status, standing }, now, calendar), met: met ?? null, findings };
}
