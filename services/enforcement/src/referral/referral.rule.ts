import type { ReferralStatus } from '@casebridge/contracts';
import { type Deadline, type HolidayCalendar, isOverdue, type StatutoryClock } from '@casebridge/kernel';
import { referralClocks } from './referral.clocks';
import { type ReferralActName, referralMachine } from './referral.machine';

/** What the rule needs of a referral; a new one has no status, no clock and no past. */
export interface ReferralState {
  readonly status: ReferralStatus | null;
  readonly dueAt: Date | null;
  /** When the receipt was signed that the filing review counts from. */
  readonly reviewStartedAt: Date | null;
  /** When the review waited for material; the last one is open while it waits. */
  readonly suspensions: readonly { readonly from: Date; readonly to: Date | null }[];
}

export interface Decided {
  readonly status: ReferralStatus;
  readonly deadline: Deadline | null;
  readonly reviewStartedAt: Date | null;
  readonly suspensions: ReferralState['suspensions'];
  /** Whether the act came in time for the clock that it meets; null where none ran. */
  readonly met: boolean | null;
}

/** The clock that starts with an act; the review's own is set apart because it may go on after a wait. */
const starts: Readonly<Record<Exclude<ReferralActName, 'supplementReferral'>, StatutoryClock | null>> = {
  submitReferralReport: referralClocks.headDecision,
  approveReferral: referralClocks.transfer,
  refuseReferral: null,
  transferReferral: referralClocks.receipt,
  signReferralReceipt: referralClocks.filingDecision,
  requestReferralSupplement: referralClocks.supplement,
  forwardReferral: referralClocks.receipt,
  returnReferral: null,
  fileCriminalCase: referralClocks.goodsHandover,
  refuseCriminalCase: referralClocks.remedy,
};

/** Who must act next: the referral machine, "holder after". */
const holders: Readonly<Record<ReferralActName, 'filing' | 'police'>> = {
  submitReferralReport: 'filing',
  approveReferral: 'filing',
  refuseReferral: 'filing',
  transferReferral: 'police',
  signReferralReceipt: 'police',
  requestReferralSupplement: 'filing',
  supplementReferral: 'police',
  forwardReferral: 'police',
  returnReferral: 'filing',
  fileCriminalCase: 'police',
  refuseCriminalCase: 'filing',
};

/**
 * The one agency that must act next.
 *
 * @param parties - as they are after the act: the police that a referral was forwarded to
 */
export function holderAfter(act: ReferralActName, parties: { readonly filingAgencyCode: string; readonly policeAgencyCode: string | null }): string {
  if (holders[act] === 'filing') return parties.filingAgencyCode;
  if (parties.policeAgencyCode === null) throw new RangeError(`${act} needs a police agency`);
  return parties.policeAgencyCode;
}

/** Acts of the first look: measured against 24 hours from the receipt, not against the review's three days. */
const firstLook: ReadonlySet<ReferralActName> = new Set(['requestReferralSupplement', 'forwardReferral', 'returnReferral']);

/**
 * The state after an act, and the clock that runs from then on.
 *
 * @throws IllegalTransition when the act is not lawful in the present state
 */
export function decideReferral(state: ReferralState, act: ReferralActName, now: Date, calendar: HolidayCalendar): Decided {
  const status = referralMachine.next(state.status, act);
  const met = metClock(state, act, now, calendar);
  if (act === 'supplementReferral') {
    const suspensions = state.suspensions.map((s) => ({ from: s.from, to: s.to ?? now }));
    const startedAt = state.reviewStartedAt ?? now;
    return { status, met, reviewStartedAt: startedAt, suspensions, deadline: referralClocks.filingDecision.dueAt(startedAt, calendar, suspensions) };
  }
  const deadline = starts[act]?.dueAt(now, calendar) ?? null;
  if (act === 'requestReferralSupplement') {
    return { status, met, deadline, reviewStartedAt: state.reviewStartedAt, suspensions: [...state.suspensions, { from: now, to: null }] };
  }
  return { status, met, deadline, reviewStartedAt: act === 'signReferralReceipt' ? now : null, suspensions: [] };
}

function metClock(state: ReferralState, act: ReferralActName, now: Date, calendar: HolidayCalendar): boolean | null {
  const waited = state.suspensions.length > 0;
  if (firstLook.has(act) && state.reviewStartedAt && !waited) return !isOverdue(now, referralClocks.firstLook.dueAt(state.reviewStartedAt, calendar).dueAt);
  return state.dueAt === null ? null : !isOverdue(now, state.dueAt);
}

const requiredDocuments = ['TRANSFER_LETTER', 'INVESTIGATION_REPORT', 'GOODS_LIST'] as const;

/** Kinds of document without which a case may not be transferred (O310 art. 6); a test report where a test was needed. */
export function missingDocuments(kinds: readonly string[], testRequired: boolean): readonly string[] {
  return [...requiredDocuments, ...(testRequired ? ['TEST_REPORT'] : [])].filter((kind) => !kinds.includes(kind));
}

/** Case states in which the decision is still open: these wait for the criminal proceedings. */
const beforeDecision: ReadonlySet<string> = new Set([
  'CLUE', 'VERIFYING', 'FILED', 'INVESTIGATING', 'SUSPENDED', 'INVESTIGATION_CONCLUDED', 'UNDER_REVIEW', 'NOTICE_SERVED', 'HEARING',
]);
export const waitsForCriminal = (caseStatus: string): boolean => beforeDecision.has(caseStatus);
