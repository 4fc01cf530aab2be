import type { ReferralStatus } from '@casebridge/contracts';
import { type Citation, cpl2018, defineMachine, houseRule, m41, mps2020, o310, sppr2019, unchanged } from '@casebridge/kernel';
import { goodsMachine } from './goods.machine';
import { trackMachine } from './referral-track.machine';

/** An act on a track of its own, in the states of the main track in which it may be done. */
const beside = <S extends ReferralStatus>(from: readonly S[], { basis }: { readonly basis: Citation }) => ({ from, to: unchanged, basis }) as const;
const { rules } = trackMachine;
/** The police review, or have refused; a review may wait for a supplement. */
const unfiled = ['UNDER_FILING_REVIEW', 'SUPPLEMENT_REQUIRED', 'NOT_FILED'] as const;
/** The criminal proceedings are over, and have not led to a conviction that says it all. */
const over = ['NOT_FILED', 'CASE_WITHDRAWN', 'NOT_PROSECUTED', 'JUDGED_EFFECTIVE'] as const;
/** There is a criminal case. */
const prosecuted = ['FILED', 'SENT_FOR_PROSECUTION', 'INDICTED', 'JUDGED'] as const;
const underWay = ['PENDING_APPROVAL', 'NOT_APPROVED', 'APPROVED', 'TRANSFERRED', 'UNDER_FILING_REVIEW', 'SUPPLEMENT_REQUIRED', ...prosecuted, ...over] as const;
/** Goods are in somebody's care as long as they are there, whatever became of the referral. */
const always = [...underWay, 'RETURNED', 'CLOSED'] as const;
const { rules: goods } = goodsMachine;

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
  /** From NOT_FILED only after a reversal or an order. */
  fileCriminalCase: { from: ['UNDER_FILING_REVIEW', 'NOT_FILED'], to: 'FILED', basis: o310('8') },
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
  /** 检察意见 */
  orderReferral: { from: [null, 'PENDING_APPROVAL', 'NOT_APPROVED'], to: 'APPROVED', basis: sppr2019('557(3)') },
  /** The text was not read: it warns and blocks nothing. */
  extendFilingReview: { from: ['UNDER_FILING_REVIEW'], to: 'UNDER_FILING_REVIEW', basis: m41('条次待核') },
  requestReconsideration: beside(['NOT_FILED'], rules.requestReconsideration),
  decideReconsideration: beside(['NOT_FILED'], rules.upholdRefusal),
  proposeFilingSupervision: beside(['UNDER_FILING_REVIEW', 'NOT_FILED'], rules.proposeFilingSupervision),
  requestNonFilingExplanation: beside(['UNDER_FILING_REVIEW', 'NOT_FILED'], rules.requestNonFilingExplanation),
  explainNonFiling: beside(unfiled, rules.explainNonFiling),
  acceptNonFilingReasons: beside(unfiled, rules.acceptNonFilingReasons),
  orderFiling: beside(unfiled, rules.orderFiling),
  issueCorrectionNotice: beside(unfiled, rules.issueCorrectionNotice),
  sendReverseTransfer: beside(over, rules.sendReverseTransfer),
  acceptReverseTransfer: beside(over, rules.acceptReverseTransfer),
  returnAdministrativeOutcome: beside(over, rules.returnAdministrativeOutcome),
  recordGoods: beside(underWay, goods.recordGoods),
  keepGoods: beside(always, goods.keepGoods),
  keepGoodsInPlace: beside(always, goods.keepGoodsInPlace),
  preserveGoods: beside(always, goods.preserveGoods),
  handOverGoods: beside(prosecuted, goods.handOverGoods),
  giveBackGoods: beside([...over, 'CLOSED'], goods.giveBackGoods),
  returnGoods: beside([...over, 'RETURNED', 'CLOSED'], goods.returnGoods),
  disposeOfGoods: beside(always, goods.disposeOfGoods),
});

export type ReferralActName = (typeof referralMachine.acts)[number];

/** States after which a case may be referred anew. */
export const finishedReferral: readonly ReferralStatus[] = ['RETURNED', 'CLOSED'];
