import type { ClueStatus, ClueTestKind, NonFilingGround } from '@casebridge/contracts';
import { type Citation, civilDate, type Deadline, type HolidayCalendar, isOverdue, proc, startOfDay, type Suspension } from '@casebridge/kernel';
import { clueClocks } from './clue.clocks';
import { ReviewAlreadyExtended, ReviewPeriodOver } from './clue.errors';
import { type ClueActName, clueMachine } from './clue.machine';

/** A test, inspection or appraisal, whose time is not counted; without an end while it is under way. */
export interface ClueTest {
  readonly kind: ClueTestKind;
  readonly from: Date;
  readonly to: Date | null;
}

/** What the rule needs of a clue; a new one has no status and no past. */
export interface ClueState {
  readonly status: ClueStatus | null;
  /** When it was discovered, or the material received. */
  readonly receivedAt: Date;
  readonly dueAt: Date | null;
  readonly extended: boolean;
  readonly tests: readonly ClueTest[];
}

export interface DecidedClue {
  readonly status: ClueStatus;
  readonly deadline: Deadline | null;
  /** The clock that ran goes on, and `deadline` says nothing. */
  readonly keepsClock?: true;
  readonly extended: boolean;
  readonly tests: readonly ClueTest[];
  /** Whether the decision came in time; null for acts that decide nothing. */
  readonly met: boolean | null;
}

/** The first day on which a period of review can begin: no clue is older, as its penalty would be out of time (APL art. 36). */
export const reviewInForceFrom = clueClocks.clueReview.rows[0]?.effectiveFrom ?? '';

/** Conditions of filing, all four of them, by the names under which they are confirmed. */
export const filingConditions = {
  primaFacieEvidence: proc('19(1)(1)'), penaltyDue: proc('19(1)(2)'), ownJurisdiction: proc('19(1)(3)'), withinLimitation: proc('19(1)(4)'),
} as const satisfies Readonly<Record<string, Citation>>;
export type FilingCondition = keyof typeof filingConditions;

/** The article that each ground of not filing rests on. */
export const nonFilingBasis: Readonly<Record<NonFilingGround, Citation>> = {
  MINOR_CORRECTED_NO_HARM: proc('20(1)(1)'), FIRST_OFFENCE_MINOR: proc('20(1)(2)'), NO_SUBJECTIVE_FAULT: proc('20(1)(3)'), OTHER_LAWFUL: proc('20(1)(4)'),
  CONDITIONS_NOT_MET: proc('19'),
};

/** A clue is merged into an older one only, whose clock runs at least as long: no duplicate makes time. */
export const isOlder = (one: { readonly receivedAt: Date; readonly id: string }, than: { readonly receivedAt: Date; readonly id: string }): boolean =>
  one.receivedAt < than.receivedAt || (one.receivedAt.getTime() === than.receivedAt.getTime() && one.id < than.id);

/** States of a clue that another can be merged into. */
export const takesDuplicates = (status: ClueStatus): boolean => ['RECEIVED', 'VERIFYING', 'AWAITING_TEST', 'FILED'].includes(status);

const decisions: ReadonlySet<ClueActName> = new Set(['fileCase', 'declineToFileCase', 'transferClue', 'mergeClue']);

/**
 * The state after an act, and the clock that runs from then on.
 *
 * @param testKind - what the clue is sent for
 * @throws IllegalTransition when the act is not lawful in the present state
 * @throws ReviewAlreadyExtended, ReviewPeriodOver
 * @see 市场监督管理行政处罚程序规定 arts. 18-20
 */
export function decideClue(state: ClueState, act: ClueActName, now: Date, calendar: HolidayCalendar, testKind: ClueTestKind = 'TESTING'): DecidedClue {
  const status = clueMachine.next(state.status, act);
  const { receivedAt, dueAt, extended, tests } = state;
  const after = { status, extended, tests, met: null };
  if (decisions.has(act)) return { ...after, deadline: null, tests: closed(tests, now), met: !isOverdue(now, dueAt) };
  switch (act) {
    case 'sendClueForTesting': {
      const waits = { ...after, deadline: null, tests: [...tests, { kind: testKind, from: now, to: null }] };
      // What is over does not wait: it stays overdue.
      return isOverdue(now, dueAt) ? { ...waits, keepsClock: true } : waits;
    }
    case 'recordClueTestResult': {
      const ended = closed(tests, now);
      return { ...after, tests: ended, deadline: reviewDeadline(receivedAt, extended, ended, calendar) };
    }
    case 'extendClueReview':
      if (extended) throw new ReviewAlreadyExtended(status);
      if (isOverdue(now, dueAt)) throw new ReviewPeriodOver(status);
      return { ...after, extended: true, deadline: reviewDeadline(receivedAt, true, tests, calendar) };
    case 'recordClue':
      return { ...after, deadline: reviewDeadline(receivedAt, false, [], calendar) };
    default:
      return { ...after, deadline: null, keepsClock: true };
  }
}

const closed = (tests: readonly ClueTest[], now: Date): ClueTest[] => tests.map((t) => ({ ...t, to: t.to ?? now }));

/** Fifteen working days, and fifteen more where the head approved them, without the time of tests. */
function reviewDeadline(receivedAt: Date, extended: boolean, tests: readonly ClueTest[], calendar: HolidayCalendar): Deadline {
  const waits = tests.flatMap(({ from, to }): Suspension[] => (to ? [{ from, to }] : []));
  const first = clueClocks.clueReview.dueAt(receivedAt, calendar, waits);
  if (!extended || first.lastDay === null) return first;
  return clueClocks.clueReviewExtension.dueAt(startOfDay(first.lastDay), calendar, waits.filter(({ from }) => from >= first.dueAt));
}

/** Whether a clue can have been received then: not in days to come, and not before the rule of its period. */
export function whyNotReceived(receivedAt: Date, now: Date): string | null {
  if (receivedAt > now) return 'must not lie in the future';
  return civilDate(receivedAt) < reviewInForceFrom ? `must not lie before ${reviewInForceFrom}, from when on the period of review is counted` : null;
}
