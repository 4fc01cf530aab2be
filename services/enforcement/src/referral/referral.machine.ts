import type { ReferralStatus } from '@casebridge/contracts';
import { cpl2018, defineMachine, houseRule, mps2020, o310 } from '@casebridge/kernel';

/**
 * The main track of a referral: one state at any moment, each act with the article it rests on.
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
  /** 有案不接: the police did not sign, though they may not refuse. */
  recordReceiptRefusal: { from: ['TRANSFERRED'], to: 'TRANSFERRED', basis: o310('7') },
  withdrawCriminalCase: { from: ['FILED'], to: 'CASE_WITHDRAWN', basis: mps2020('187, 189') },
  sendForProsecution: { from: ['FILED'], to: 'SENT_FOR_PROSECUTION', basis: cpl2018('162', 'NV') },
  /** 补充侦查 */
  returnForInvestigation: { from: ['SENT_FOR_PROSECUTION'], to: 'FILED', basis: cpl2018('175', 'NV') },
  indict: { from: ['SENT_FOR_PROSECUTION'], to: 'INDICTED', basis: cpl2018('176', 'NV') },
  decideNotToProsecute: { from: ['SENT_FOR_PROSECUTION'], to: 'NOT_PROSECUTED', basis: cpl2018('177') },
  recordJudgment: { from: ['INDICTED'], to: 'JUDGED', basis: cpl2018('200', 'NV') },
  recordEffectiveJudgment: { from: ['JUDGED'], to: 'JUDGED_EFFECTIVE', basis: cpl2018('259', 'NV') },
  closeReferral: { from: ['RETURNED', 'NOT_FILED', 'CASE_WITHDRAWN', 'NOT_PROSECUTED', 'JUDGED_EFFECTIVE'], to: 'CLOSED', basis: houseRule('办结') },
});

export type ReferralActName = (typeof referralMachine.acts)[number];

/** States after which a case may be referred anew. */
export const finishedReferral: readonly ReferralStatus[] = ['RETURNED', 'CLOSED'];
