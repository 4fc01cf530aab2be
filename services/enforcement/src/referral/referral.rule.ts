import type { FilingReviewExtension, ReferralStatus } from '@casebridge/contracts';
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
  /** Why the review may take longer; null where it may not. */
  readonly reviewExtension: FilingReviewExtension | null;
}

export const noReferral: ReferralState = { status: null, dueAt: null, reviewStartedAt: null, suspensions: [], reviewExtension: null };

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

/** Acts on a track of its own; the clock of the main one is not theirs. */
export const actsBeside = [
  'requestReconsideration', 'decideReconsideration', 'proposeFilingSupervision', 'requestNonFilingExplanation', 'explainNonFiling', 'acceptNonFilingReasons', 'orderFiling',
  'issueCorrectionNotice', 'sendReverseTransfer', 'acceptReverseTransfer', 'returnAdministrativeOutcome', 'recordGoods', 'keepGoods', 'keepGoodsInPlace',
  'preserveGoods', 'handOverGoods', 'giveBackGoods', 'returnGoods', 'disposeOfGoods',
] as const satisfies readonly ReferralActName[];
type Beside = (typeof actsBeside)[number];
const isBeside = (act: ReferralActName): act is Beside => (actsBeside as readonly ReferralActName[]).includes(act);

/** The clock of the main track goes on: what it waits for is still owed. */
const keepsClock = (act: ReferralActName): act is Beside | 'recordReceiptRefusal' => isBeside(act) || act === 'recordReceiptRefusal';

/** What the time after a refusal of the police is for. */
const isRemedy = (status: ReferralStatus, act: ReferralActName): boolean =>
  status === 'NOT_FILED' && (act === 'requestReconsideration' || act === 'proposeFilingSupervision');

/** How long the review may take. */
const reviewClock: Readonly<Record<FilingReviewExtension | 'NONE', StatutoryClock>> = {
  NONE: referralClocks.filingDecision, COMPLEX: referralClocks.filingDecisionComplex, MAJOR: referralClocks.filingDecisionMajor,
  MAJOR_AND_APPROVED: referralClocks.filingDecisionMajorApproved,
};

/** The clock that starts with an act; the review's own is set apart because it may go on after a wait. */
const starts: Readonly<Record<Exclude<ReferralActName, 'supplementReferral' | 'extendFilingReview' | 'recordReceiptRefusal' | Beside>, StatutoryClock | null>> = {
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
  orderReferral: referralClocks.orderedTransfer,
};

/** Who must act next: the referral machine, "holder after". An act on a track of its own leaves that as it was. */
const holders: Readonly<Record<Exclude<ReferralActName, Beside>, keyof ReferralParties>> = {
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
  orderReferral: 'filingAgencyCode',
  extendFilingReview: 'policeAgencyCode',
};

/**
 * The one agency that must act next.
 *
 * @param parties - as they are after the act: the police that a referral was forwarded to; with the holder before it
 * @throws RangeError where the referral has no such party: a bug of the caller
 */
export function holderAfter(act: ReferralActName, parties: ReferralParties & { readonly holderCode: string }): string {
  if (isBeside(act)) return parties.holderCode;
  const holder = parties[holders[act]];
  if (holder === null) throw new RangeError(`${act} needs ${holders[act]}`);
  return holder;
}

/** Acts of the first look: measured against 24 hours from the receipt, not against the review's three days. */
const firstLook: ReadonlySet<ReferralActName> = new Set(['requestReferralSupplement', 'forwardReferral', 'returnReferral']);

/** Acts that meet no clock, though one may run: what it waits for is done elsewhere, or not done at all. */
const meetsNothing: ReadonlySet<ReferralActName> = new Set([
  'recordReceiptRefusal', 'withdrawCriminalCase', 'sendForProsecution', 'returnForInvestigation', 'indict', 'decideNotToProsecute', 'recordJudgment',
  'recordEffectiveJudgment', 'closeReferral', 'orderReferral', 'extendFilingReview',
]);

/**
 * The state after an act, and the clock that runs from then on.
 *
 * An act on a track of its own says for itself whether it came in time, but for a remedy, which the clock of the main track measures.
 *
 * @param state - with the extension that `extendFilingReview` grants
 * @throws IllegalTransition when the act is not lawful in the present state
 */
export function decideReferral(state: ReferralState, act: ReferralActName, now: Date, calendar: HolidayCalendar): Decided {
  const status = referralMachine.next(state.status, act);
  const remedy = isRemedy(status, act);
  const met = meetsNothing.has(act) || (isBeside(act) && !remedy) ? null : metClock(state, act, now, calendar);
  const { reviewStartedAt } = state;
  if (keepsClock(act)) return { status, met, deadline: null, ...(remedy ? {} : { keepsClock: true }), reviewStartedAt, suspensions: state.suspensions };
  if (act === 'supplementReferral' || act === 'extendFilingReview') {
    const suspensions = state.suspensions.map((s) => ({ from: s.from, to: s.to ?? now }));
    const startedAt = reviewStartedAt ?? now;
    return { status, met, reviewStartedAt: startedAt, suspensions, deadline: reviewClock[state.reviewExtension ?? 'NONE'].dueAt(startedAt, calendar, suspensions) };
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

/** Whether goods are handed over in time after the filing. */
export const goodsHandedOver = (filedAt: Date, now: Date, calendar: HolidayCalendar): boolean => !isOverdue(now, referralClocks.goodsHandover.dueAt(filedAt, calendar).dueAt);

/** Whether the agency was told in time that the police have given up the case. */
export const withdrawalTold = (decidedOn: string, now: Date, calendar: HolidayCalendar): boolean =>
  !isOverdue(now, referralClocks.withdrawalNotice.dueAt(startOfDay(decidedOn), calendar).dueAt);
