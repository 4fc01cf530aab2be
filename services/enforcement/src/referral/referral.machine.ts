import type { ReferralStatus } from '@casebridge/contracts';
import { defineMachine, mps2020, o310 } from '@casebridge/kernel';

/**
 * The main track of a referral up to the decision of the police on filing: one state at any moment, each act with the article it rests on.
 * `null` is a case without a referral that is under way.
 */
export const referralMachine = defineMachine<ReferralStatus>()(null, {
  submitReferralReport: { from: [null, 'NOT_APPROVED'], to: 'PENDING_APPROVAL', basis: o310('5(1)') },
  approveReferral: { from: ['PENDING_APPROVAL'], to: 'APPROVED', basis: o310('5(2)') },
  refuseReferral: { from: ['PENDING_APPROVAL'], to: 'NOT_APPROVED', basis: o310('5(2)') },
  transferReferral: { from: ['APPROVED'], to: 'TRANSFERRED', basis: o310('5(2), 6') },
  signReferralReceipt: { from: ['TRANSFERRED'], to: 'UNDER_FILING_REVIEW', basis: o310('7') },
  requestReferralSupplement: { from: ['UNDER_FILING_REVIEW'], to: 'SUPPLEMENT_REQUIRED', basis: mps2020('180(2)') },
  supplementReferral: { from: ['SUPPLEMENT_REQUIRED'], to: 'UNDER_FILING_REVIEW', basis: mps2020('180(2)') },
  forwardReferral: { from: ['UNDER_FILING_REVIEW'], to: 'TRANSFERRED', basis: o310('7') },
  returnReferral: { from: ['UNDER_FILING_REVIEW'], to: 'RETURNED', basis: mps2020('180(3)') },
  fileCriminalCase: { from: ['UNDER_FILING_REVIEW'], to: 'FILED', basis: o310('8') },
  refuseCriminalCase: { from: ['UNDER_FILING_REVIEW'], to: 'NOT_FILED', basis: o310('8') },
});

export type ReferralActName = (typeof referralMachine.acts)[number];

/** States after which a case may be referred anew. */
export const finishedReferral: readonly ReferralStatus[] = ['RETURNED', 'CLOSED'];
