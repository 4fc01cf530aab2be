import { defineClocks, houseRule, m41, mps2020, o310, sppr2019 } from '@casebridge/kernel';

const day = { unit: 'CALENDAR_DAY', startExclusive: true, rollOver: true, effectiveTo: null } as const;
const hour = { unit: 'HOUR', startExclusive: false, rollOver: false, effectiveTo: null } as const;
/** O310 is silent on how its days and hours are counted. */
const o310InForce = { effectiveFrom: '2020-08-07', countingMark: 'P' } as const;
/** Counted as CPL art. 105 counts the periods of that law; that these are counted alike is an inference. */
const mpsInForce = { effectiveFrom: '2020-09-01', countingMark: 'P' } as const;
const spprInForce = { effectiveFrom: '2019-12-30', countingMark: 'P' } as const;
/** No more than articles 1 and 2 of it was read. */
const m41InForce = { effectiveFrom: '2023-02-01', citation: m41('条次待核'), mark: 'NV', countingMark: 'NV' } as const;

/** Statutory clocks of a referral, as rows. O310 says 日 without more: counted as calendar days with roll-over, the stricter reading. */
export const referralClocks = defineClocks({
  headDecision: { ...day, ...o310InForce, citation: o310('5(2)'), amount: 3, startEvent: 'SUBMIT_REFERRAL_REPORT', mark: 'V' },
  transfer: { ...hour, ...o310InForce, citation: o310('5(2)'), amount: 24, startEvent: 'APPROVE_REFERRAL', mark: 'V' },
  /** O310 art. 7 has the slip signed at receipt; a day is this platform's measure of "at once". */
  receipt: { ...hour, ...o310InForce, citation: houseRule('签收回执', 'NV'), amount: 24, startEvent: 'TRANSFER_REFERRAL', mark: 'NV', countingMark: 'NV' },
  /** Within it the police ask for what is missing, forward or return. */
  firstLook: { ...hour, ...mpsInForce, citation: mps2020('180(2)'), amount: 24, startEvent: 'SIGN_REFERRAL_RECEIPT', mark: 'V' },
  /** No text that was read says that it waits for the supplement. */
  filingDecision: {
    ...day, ...o310InForce, citation: o310('8'), amount: 3, startEvent: 'SIGN_REFERRAL_RECEIPT', suspendOn: ['REQUEST_REFERRAL_SUPPLEMENT'], mark: 'V',
    countingMark: 'NV',
  },
  supplement: { ...day, ...mpsInForce, citation: mps2020('180(2)'), amount: 3, startEvent: 'REQUEST_REFERRAL_SUPPLEMENT', mark: 'V' },
  goodsHandover: { ...day, ...o310InForce, citation: o310('12'), amount: 3, startEvent: 'FILE_CRIMINAL_CASE', mark: 'V' },
  /** 书面通知 The agency is told of the withdrawal. */
  withdrawalNotice: { ...day, ...mpsInForce, citation: mps2020('187, 189'), amount: 3, startEvent: 'WITHDRAW_CRIMINAL_CASE', mark: 'V' },
  /** 复议 or 立案监督, against a refusal to file. */
  remedy: { ...day, ...o310InForce, citation: o310('9'), amount: 3, startEvent: 'REFUSE_CRIMINAL_CASE', mark: 'V' },
  orderedTransfer: { ...day, ...m41InForce, amount: 3, startEvent: 'ORDER_REFERRAL' },
  filingDecisionComplex: { ...day, ...m41InForce, amount: 10, startEvent: 'SIGN_REFERRAL_RECEIPT', suspendOn: ['REQUEST_REFERRAL_SUPPLEMENT'] },
  filingDecisionMajor: { ...day, ...m41InForce, amount: 30, startEvent: 'SIGN_REFERRAL_RECEIPT', suspendOn: ['REQUEST_REFERRAL_SUPPLEMENT'] },
  /** Thirty more days, on top of thirty. */
  filingDecisionMajorApproved: { ...day, ...m41InForce, amount: 60, startEvent: 'SIGN_REFERRAL_RECEIPT', suspendOn: ['REQUEST_REFERRAL_SUPPLEMENT'] },
  reconsiderationDecision: { ...day, ...o310InForce, citation: o310('9(2)'), amount: 3, startEvent: 'REQUEST_RECONSIDERATION', mark: 'V' },
  supervisionProposal: { ...day, ...o310InForce, citation: o310('9(2)'), amount: 3, startEvent: 'DECIDE_RECONSIDERATION', mark: 'V' },
  nonFilingExplanation: { ...day, ...spprInForce, citation: sppr2019('560'), amount: 7, startEvent: 'REQUEST_NON_FILING_EXPLANATION', mark: 'V' },
  /** The agency is told why the reasons of the police stand. */
  reasonsNotice: { ...day, ...spprInForce, citation: sppr2019('561(2)'), amount: 10, startEvent: 'EXPLAIN_NON_FILING', mark: 'V' },
  orderedFiling: { ...day, ...spprInForce, citation: sppr2019('563'), amount: 15, startEvent: 'ORDER_FILING', mark: 'V' },
  reverseCheck: { ...day, ...m41InForce, citation: m41('15'), amount: 15, startEvent: 'SEND_REVERSE_TRANSFER' },
  reverseReply: { ...day, ...m41InForce, citation: m41('16'), amount: 2, unit: 'MONTH', startEvent: 'ACCEPT_REVERSE_TRANSFER' },
});
