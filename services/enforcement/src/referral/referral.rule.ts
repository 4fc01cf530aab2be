import type { ReferralStatus } from '@casebridge/contracts';
import { type Deadline, type HolidayCalendar, isOverdue, startOfDay, type StatutoryClock } from '@casebridge/kernel';
import { referralClocks } from './referral.clocks';
import type { ReferralParties } from './referral.policy';
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
  /** The clock that ran goes on, and `deadline` says nothing. */
  readonly keepsClock?: true;
  readonly reviewStartedAt: Date | null;
  readonly suspensions: ReferralState['suspensions'];
  /** Whether the act came in time for the clock that it meets; null where none ran. */
  readonly met: boolean | null;
}

/** The clock that starts with an act; the review's own is set apart because it may go on after a wait. */
const starts: Readonly<Record<Exclude<ReferralActName, 'supplementReferral' | 'recordReceiptRefusal'>, StatutoryClock | null>> = {
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
  withdrawCriminalCase: null,
  sendForProsecution: null,
  returnForInvestigation: null,
  indict: null,
  decideNotToProsecute: null,
  recordJudgment: null,
  recordEffectiveJudgment: null,
  closeReferral: null,
};

/** Who must act next: the referral machine, "holder after". */
const holders: Readonly<Record<ReferralActName, keyof ReferralParties>> = {
  submitReferralReport: 'filingAgencyCode',
  approveReferral: 'filingAgencyCode',
  refuseReferral: 'filingAgencyCode',
  transferReferral: 'policeAgencyCode',
  signReferralReceipt: 'policeAgencyCode',
  requestReferralSupplement: 'filingAgencyCode',
  supplementReferral: 'policeAgencyCode',
  forwardReferral: 'policeAgencyCode',
  returnReferral: 'filingAgencyCode',
  fileCriminalCase: 'policeAgencyCode',
  refuseCriminalCase: 'filingAgencyCode',
  recordReceiptRefusal: 'policeAgencyCode',
  withdrawCriminalCase: 'filingAgencyCode',
  sendForProsecution: 'procuratorateAgencyCode',
  returnForInvestigation: 'policeAgencyCode',
  indict: 'courtAgencyCode',
  decideNotToProsecute: 'filingAgencyCode',
  recordJudgment: 'courtAgencyCode',
  recordEffectiveJudgment: 'filingAgencyCode',
  closeReferral: 'filingAgencyCode',
};

/**
 * The one agency that must act next.
 *
 * @param parties - as they are after the act: the police that a referral was forwarded to
 * @throws RangeError where the referral has no such party: a bug of the caller
 */
export function holderAfter(act: ReferralActName, parties: ReferralParties): string {
  const holder = parties[holders[act]];
  if (holder === null) throw new RangeError(`${act} needs ${holders[act]}`);
  return holder;
}

/** Acts of the first look: measured against 24 hours from the receipt, not against the review's three days. */
const firstLook: ReadonlySet<ReferralActName> = new Set(['requestReferralSupplement', 'forwardReferral', 'returnReferral']);

/** Acts that meet no clock, though one may run: what it waits for is done elsewhere, or not done at all. */
const meetsNothing: ReadonlySet<ReferralActName> = new Set([
  'recordReceiptRefusal', 'withdrawCriminalCase', 'sendForProsecution', 'returnForInvestigation', 'indict', 'decideNotToProsecute', 'recordJudgment',
  'recordEffectiveJudgment', 'closeReferral',
]);

/**
 * The state after an act, and the clock that runs from then on.
 *
 * @throws IllegalTransition when the act is not lawful in the present state
 */
export function decideReferral(state: ReferralState, act: ReferralActName, now: Date, calendar: HolidayCalendar): Decided {
  const status = referralMachine.next(state.status, act);
  const met = meetsNothing.has(act) ? null : metClock(state, act, now, calendar);
  // The receipt goes on being owed.
  if (act === 'recordReceiptRefusal') return { status, met, deadline: null, keepsClock: true, reviewStartedAt: state.reviewStartedAt, suspensions: state.suspensions };
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

/** Whether the agency was told in time that the police have given up the case. */
export const withdrawalTold = (decidedOn: string, now: Date, calendar: HolidayCalendar): boolean =>
  !isOverdue(now, referralClocks.withdrawalNotice.dueAt(startOfDay(decidedOn), calendar).dueAt);
