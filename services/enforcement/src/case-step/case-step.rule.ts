import type { CaseStatus, ExcludedTimeKind } from '@casebridge/contracts';
import { ael2011, apl2021, type Citation, civilDate, type Deadline, type HolidayCalendar, isOverdue, proc, startOfDay } from '@casebridge/kernel';
import { caseMachine } from '../admin-case/case.machine';
import { lastDayOf, runningDecisionDeadline } from '../penalty-decision/decision-period.rule';
import type { Finding } from '../penalty-decision/penalty-article.rule';
import { penaltyClocks } from '../penalty-decision/penalty-decision.clocks';
import { answerDeadline, type CaseStanding, type CaseState, decisionPeriodOf, reviewDeadline, stepDeadline, stepFindings, type StepWords } from './case-standing.rule';
import { caseStepClocks } from './case-step.clocks';
import { PeriodAlreadyExtended, PeriodOver, StepOutOfOrder, UnlawfulStep } from './case-step.errors';
import { type Execution, isContested, isOverturning, notExecuted } from './execution.rule';
import { hearingFindings } from './hearing.rule';

/** Steps of the machine of the case that this feature takes. */
export const caseStepActs = [
  'beginInvestigation', 'suspendCase', 'resumeCase', 'terminateCase', 'beginExcludedTime', 'endExcludedTime', 'concludeInvestigation', 'sendCaseForReview',
  'extendCaseReview', 'passCaseReview', 'returnCaseFromReview', 'discussCaseCollectively', 'serveCaseNotice', 'recordPartyStatement', 'recordHearingRequest',
  'notifyHearing', 'recordHearingHeld', 'recordHearingAbandoned', 'extendDecision', 'extendDecisionFurther', 'decideWithoutPenalty',
  'recordFinePayment', 'demandPerformance', 'applyForCourtEnforcement', 'recordRemedy', 'recordRemedyOutcome', 'correctDecision', 'confirmOverturning', 'reopenCase', 'closeCase', 'archiveCase',
] as const satisfies readonly (typeof caseMachine.acts)[number][];
export type CaseStepActName = (typeof caseStepActs)[number];

/** The transition that a step is in a state: a payment moves a case on only while its decision is carried out. */
export const transitionOf = (act: CaseStepActName, status: CaseStatus): (typeof caseMachine.acts)[number] =>
  act === 'recordFinePayment' && caseMachine.can(status, 'recordPaymentInAnyState') ? 'recordPaymentInAnyState' : act;

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

/** What a step changes of a decision that is carried out. */
function execution(on: On, change: (had: Execution) => Execution & Pick<Change, 'met' | 'findings'>): Change {
  const { state: { standing }, words } = on;
  const id = words.decisionId ?? '';
  const had = standing.executions[id] ?? notExecuted;
  if (had.overturned !== null) throw outOfOrder(on, 'This decision has been overturned');
  const { met, findings = [], ...after } = change(had);
  return { executions: { ...standing.executions, [id]: after }, findings, ...(met === undefined ? {} : { met }) };
}

/** What is fought, or overturned but for the confirmation, is not enforced. */
function notContested({ state: { status } }: On, had: Execution): void {
  if (isContested(had)) throw new StepOutOfOrder('This decision is fought, or what became of it is not confirmed', status, ael2011('53'));
}

/** Three months from when the decision could no longer be fought, six months after its service: the latter was not verified. */
function courtFindings({ words, now, calendar }: On): Finding[] {
  const fought = lastDayOf(caseStepClocks.litigationPeriod, startOfDay(words.on ?? ''), calendar);
  const last = fought === null ? null : lastDayOf(caseStepClocks.courtApplication, startOfDay(fought), calendar);
  if (last === null || civilDate(now) <= last) return [];
  return [{ code: 'COURT_APPLICATION_LATE', field: 'input.decisionId', message: `the court was to be asked by ${last}, if the decision could be fought for six months`, basis: ael2011('53', 'NV'), blocks: false }];
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
  passCaseReview: (on) => ({ review: { ...reviewUnderWay(on), passed: true, passedOn: civilDate(on.now) }, met: reviewMet(on) }),
  returnCaseFromReview: (on) => ({ review: null, met: reviewUnderWay(on) && reviewMet(on) }),
  discussCaseCollectively: () => ({ discussed: true }),
  serveCaseNotice: (on) => {
    const { state: { standing, party }, words } = on;
    if (!standing.review?.passed) throw outOfOrder(on, 'The case must pass its review before the notice is served');
    const intended = { kinds: words.intendedKinds ?? [], fineFen: words.fineFen ?? null, confiscationFen: words.confiscationFen ?? null };
    return {
      notice: { servedOn: words.on ?? '', intendedKinds: intended.kinds, hearingOffered: words.hearingOffered ?? false, answered: false }, hearing: null,
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
  decideWithoutPenalty: (on) => ({ decidedWithout: on.words.decisionKind ?? null, findings: stepFindings(on.state.standing, on.words.on ?? '', on.calendar, false) }),
  recordFinePayment: (on) => execution(on, (had) => ({ ...had, payments: [...had.payments, { on: on.words.on ?? '', fen: on.words.amountFen ?? 0 }] })),
  demandPerformance: (on) => execution(on, (had) => {
    if (had.demandedOn !== null) throw outOfOrder(on, 'Performance of this decision has been demanded already');
    notContested(on, had);
    return { ...had, demandedOn: civilDate(on.now) };
  }),
  applyForCourtEnforcement: (on) => execution(on, (had) => {
    if (had.demandedOn === null || had.courtOn !== null) throw outOfOrder(on, 'The court is asked once, after performance has been demanded');
    notContested(on, had);
    const last = lastDayOf(caseStepClocks.demandAnswer, startOfDay(had.demandedOn), on.calendar);
    if (last !== null && civilDate(on.now) <= last) {
      throw new UnlawfulStep({ code: 'DEMAND_PERIOD_RUNNING', field: 'input.decisionId', message: `the party may still perform until ${last}`, basis: proc('76') });
    }
    return { ...had, courtOn: civilDate(on.now), findings: courtFindings(on) };
  }),
  recordRemedy: (on) => execution(on, (had) => {
    if (isContested(had)) throw outOfOrder(on, 'A remedy against this decision is under way, or its outcome is not confirmed');
    return { ...had, remedies: [...had.remedies, { kind: on.words.remedyKind ?? 'RECONSIDERATION', since: on.words.on ?? '', until: null, outcome: null }] };
  }),
  recordRemedyOutcome: (on) => execution(on, (had) => {
    const { words } = on;
    const running = had.remedies.find((r) => r.until === null);
    if (!running) throw outOfOrder(on, 'No remedy against this decision is under way');
    const outcome = words.remedyOutcome ?? 'UPHELD';
    const due = running.kind === 'RECONSIDERATION' ? lastDayOf(caseStepClocks.reconsiderationDecision, startOfDay(running.since), on.calendar) : null;
    return {
      ...had, pending: isOverturning(outcome) ? outcome : had.pending, remedies: had.remedies.map((r) => (r === running ? { ...r, until: words.on ?? '', outcome } : r)),
      ...(due === null ? {} : { met: (words.on ?? '') <= due }),
    };
  }),
  correctDecision: (on) => execution(on, (had) => {
    const { remedyOutcome } = on.words;
    if (had.pending !== null) throw outOfOrder(on, 'What overturns this decision has been recorded, and is not confirmed');
    return { ...had, pending: remedyOutcome && isOverturning(remedyOutcome) ? remedyOutcome : null };
  }),
  confirmOverturning: (on) => execution(on, (had) => {
    const { confirmed, remedyKind } = on.words;
    if (had.pending === null) throw outOfOrder(on, 'Nothing that overturns this decision waits for its confirmation');
    if (confirmed === true) return { ...had, pending: null, overturned: had.pending };
    // Declined: the remedy runs on as if its outcome had not been recorded.
    return { ...had, pending: null, remedies: had.remedies.map((r, i) => (remedyKind && i === had.remedies.length - 1 ? { ...r, until: null, outcome: null } : r)) };
  }),
  reopenCase: (on) => {
    if (!Object.values(on.state.standing.executions).some((e) => e.overturned !== null)) throw outOfOrder(on, 'No decision of this case has been overturned');
    return { review: null, notice: null, hearing: null, discussed: false };
  },
  closeCase: (on) => {
    const { words, now, calendar } = on;
    const last = lastDayOf(caseStepClocks.caseClosing, startOfDay(words.on ?? ''), calendar);
    return last === null ? {} : { met: civilDate(now) <= last };
  },
  archiveCase: (on) => {
    if (Object.values(on.state.standing.executions).some(isContested)) throw outOfOrder(on, 'A remedy against a decision of this case is under way, or its outcome is not confirmed');
    return {};
  },
};

/**
 * The state after a step, what runs from then on, and what the rules have to say.
 *
 * @throws IllegalTransition when the step is not lawful in the present state
 * @throws StepOutOfOrder, PeriodAlreadyExtended, PeriodOver, UnlawfulStep
 * @see 市场监督管理行政处罚程序规定 arts. 22, 46-64
 */
export function decideCaseStep(state: CaseState, act: CaseStepActName, words: StepWords, now: Date, calendar: HolidayCalendar): DecidedStep {
  const status = caseMachine.next(state.status, transitionOf(act, state.status));
  const { met, findings = [], ...changed } = changes[act]({ state, words, now, calendar, basis: caseMachine.rules[act].basis });
  const refusal = findings.find((f) => f.blocks);
  if (refusal) throw new UnlawfulStep(refusal);
  const standing = { ...state.standing, ...changed };
  return { status, standing, deadline: stepDeadline({ ...state, status, standing }, now, calendar), met: met ?? null, findings };
}
