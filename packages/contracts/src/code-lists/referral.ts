import { codeList, type CodeOf } from '@casebridge/kernel';

export const criminalCharge = codeList('CriminalCharge', {
  FAKE_DRUGS: ['生产、销售、提供假药罪', 'Producing, selling or providing fake drugs (CL 141)'],
  SUBSTANDARD_DRUGS: ['生产、销售、提供劣药罪', 'Producing, selling or providing substandard drugs (CL 142)'],
  OBSTRUCTING_DRUG_ADMINISTRATION: ['妨害药品管理罪', 'Obstructing drug administration (CL 142-1)'],
  FAKE_OR_SUBSTANDARD_PRODUCTS: ['生产、销售伪劣产品罪', 'Producing or selling fake or substandard products (CL 140)'],
  ILLEGAL_BUSINESS: ['非法经营罪', 'Illegal business operations (CL 225)'],
  FALSE_ADVERTISING: ['虚假广告罪', 'False advertising (CL 222)'],
  OTHER: ['其他罪名', 'Other charge'],
});
export type CriminalCharge = CodeOf<typeof criminalCharge>;

export const referralStatus = codeList('ReferralStatus', {
  PENDING_APPROVAL: ['待审批', 'Pending approval'],
  NOT_APPROVED: ['不批准移送', 'Not approved'],
  APPROVED: ['已批准移送', 'Approved'],
  TRANSFERRED: ['已移送待签收', 'Transferred, receipt outstanding'],
  UNDER_FILING_REVIEW: ['立案审查', 'Under filing review'],
  SUPPLEMENT_REQUIRED: ['待补充材料', 'Supplement required'],
  RETURNED: ['已退回', 'Returned'],
  FILED: ['已立案', 'Criminal case filed'],
  NOT_FILED: ['不予立案', 'Criminal case not filed'],
  CASE_WITHDRAWN: ['撤销案件', 'Criminal case withdrawn'],
  SENT_FOR_PROSECUTION: ['移送审查起诉', 'Sent for prosecution'],
  INDICTED: ['提起公诉', 'Indicted'],
  NOT_PROSECUTED: ['不起诉', 'Not prosecuted'],
  JUDGED: ['已判决', 'Judged'],
  JUDGED_EFFECTIVE: ['判决生效', 'Judgment effective'],
  CLOSED: ['办结', 'Closed'],
});
export type ReferralStatus = CodeOf<typeof referralStatus>;

export const referralDocumentKind = codeList('ReferralDocumentKind', {
  TRANSFER_LETTER: ['涉嫌犯罪案件移送书', 'Transfer letter'],
  INVESTIGATION_REPORT: ['涉嫌犯罪案件情况的调查报告', 'Investigation report'],
  GOODS_LIST: ['涉案物品清单', 'List of goods'],
  TEST_REPORT: ['检验报告或者鉴定结论', 'Test report or expert conclusion'],
  OTHER: ['其他有关涉嫌犯罪的材料', 'Other material'],
});
export type ReferralDocumentKind = CodeOf<typeof referralDocumentKind>;

/** Acts of the referral machine; in the timeline under the mutation's name. Later acts join as their work is done. */
export const referralAct = codeList('ReferralAct', {
  SUBMIT_REFERRAL_REPORT: ['提出移送报告', 'Referral report submitted'],
  APPROVE_REFERRAL: ['批准移送', 'Referral approved'],
  REFUSE_REFERRAL: ['不批准移送', 'Referral refused'],
  TRANSFER_REFERRAL: ['移送公安机关', 'Transferred to the police'],
  SIGN_REFERRAL_RECEIPT: ['签收回执', 'Receipt signed'],
  REQUEST_REFERRAL_SUPPLEMENT: ['要求补充材料', 'Supplement requested'],
  SUPPLEMENT_REFERRAL: ['补充材料', 'Supplement handed in'],
  FORWARD_REFERRAL: ['转送有管辖权的公安机关', 'Forwarded to the competent police'],
  RETURN_REFERRAL: ['退回', 'Returned'],
  FILE_CRIMINAL_CASE: ['决定立案', 'Criminal case filed'],
  REFUSE_CRIMINAL_CASE: ['决定不予立案', 'Criminal case refused'],
  RECORD_RECEIPT_REFUSAL: ['记录拒绝签收', 'Refusal to sign recorded'],
  WITHDRAW_CRIMINAL_CASE: ['撤销案件', 'Criminal case withdrawn'],
  SEND_FOR_PROSECUTION: ['移送审查起诉', 'Sent for prosecution'],
  RETURN_FOR_INVESTIGATION: ['退回补充侦查', 'Returned for supplementary investigation'],
  INDICT: ['提起公诉', 'Indicted'],
  DECIDE_NOT_TO_PROSECUTE: ['决定不起诉', 'Not prosecuted'],
  RECORD_JUDGMENT: ['记录判决', 'Judgment recorded'],
  RECORD_EFFECTIVE_JUDGMENT: ['记录生效判决', 'Effective judgment recorded'],
  CLOSE_REFERRAL: ['办结', 'Closed'],
  ORDER_REFERRAL: ['检察意见要求移送', 'Referral ordered by the procuratorate'],
  EXTEND_FILING_REVIEW: ['延长立案审查期限', 'Filing review extended'],
  REQUEST_RECONSIDERATION: ['提请复议', 'Reconsideration requested'],
  DECIDE_RECONSIDERATION: ['作出复议决定', 'Reconsideration decided'],
  PROPOSE_FILING_SUPERVISION: ['建议立案监督', 'Filing supervision proposed'],
  REQUEST_NON_FILING_EXPLANATION: ['要求说明不立案理由', 'Explanation of non-filing requested'],
  EXPLAIN_NON_FILING: ['说明不立案理由', 'Non-filing explained'],
  ACCEPT_NON_FILING_REASONS: ['认定不立案理由成立', 'Reasons for not filing accepted'],
  ORDER_FILING: ['通知立案', 'Filing ordered'],
  ISSUE_CORRECTION_NOTICE: ['发出纠正违法通知', 'Correction notice issued'],
  SEND_REVERSE_TRANSFER: ['反向移送', 'Sent back for an administrative penalty'],
  ACCEPT_REVERSE_TRANSFER: ['接收反向移送', 'Reverse transfer accepted'],
  RETURN_ADMINISTRATIVE_OUTCOME: ['回复处理结果', 'Administrative outcome returned'],
  RECORD_GOODS: ['登记涉案物品', 'Goods recorded'],
  KEEP_GOODS: ['变更保管场所', 'Goods put elsewhere'],
  KEEP_GOODS_IN_PLACE: ['就地封存', 'Goods sealed where they are'],
  PRESERVE_GOODS: ['保全易腐物品证据', 'Evidence of perishable goods preserved'],
  HAND_OVER_GOODS: ['移交涉案物品', 'Goods handed over to the police'],
  GIVE_BACK_GOODS: ['退回涉案物品', 'Goods given back by the police'],
  RETURN_GOODS: ['返还涉案物品', 'Goods returned to the party'],
  DISPOSE_OF_GOODS: ['处置涉案物品', 'Goods disposed of'],
});
export type ReferralAct = CodeOf<typeof referralAct>;

/** 涉案物品 What became of a part of a lot. */
export const goodsState = codeList('GoodsState', {
  KEPT: ['保管中', 'Kept'],
  IN_PLACE: ['就地封存', 'Sealed where it is'],
  PRESERVED: ['已保全证据', 'Evidence of it preserved'],
  RETURNED: ['已返还', 'Returned to the party'],
  DISPOSED: ['已处置', 'Disposed of'],
});
export type GoodsState = CodeOf<typeof goodsState>;

/** 处置费用承担 Who bears the cost of a disposal. */
export const goodsCostOwner = codeList('GoodsCostOwner', {
  FILING_AGENCY: ['移送机关', 'The filing agency'],
  POLICE: ['公安机关', 'The police'],
  PARTY: ['当事人', 'The party'],
  TREASURY: ['财政专项', 'The treasury'],
});
export type GoodsCostOwner = CodeOf<typeof goodsCostOwner>;

/** 复杂程度 Grounds on which a review of filing takes longer, each with its own limit. */
export const filingReviewExtension = codeList('FilingReviewExtension', {
  COMPLEX: ['案情较复杂', 'Rather complex'],
  MAJOR: ['重大、疑难、复杂', 'Major, difficult or complex'],
  MAJOR_AND_APPROVED: ['重大、疑难、复杂，经上一级批准再延长', 'Major, extended once more with the approval of the level above'],
});
export type FilingReviewExtension = CodeOf<typeof filingReviewExtension>;

export const reconsiderationOutcome = codeList('ReconsiderationOutcome', {
  REVERSED: ['撤销不予立案决定', 'Refusal reversed'],
  UPHELD: ['维持不予立案决定', 'Refusal upheld'],
});
export type ReconsiderationOutcome = CodeOf<typeof reconsiderationOutcome>;

/** What runs beside the main track of a referral. */
export const referralTrackKind = codeList('ReferralTrackKind', {
  RECONSIDERATION: ['复议', 'Reconsideration'],
  SUPERVISION: ['立案监督', 'Filing supervision'],
  REVERSE_TRANSFER: ['反向移送', 'Reverse transfer'],
});
export type ReferralTrackKind = CodeOf<typeof referralTrackKind>;

export const referralTrackState = codeList('ReferralTrackState', {
  REQUESTED: ['已提请', 'Requested'],
  REVERSED: ['已撤销', 'Reversed'],
  UPHELD: ['已维持', 'Upheld'],
  PROPOSED: ['已建议', 'Proposed'],
  EXPLANATION_REQUESTED: ['已要求说明理由', 'Explanation requested'],
  EXPLAINED: ['已说明理由', 'Explained'],
  REASONS_ACCEPTED: ['理由成立', 'Reasons accepted'],
  FILING_ORDERED: ['已通知立案', 'Filing ordered'],
  CORRECTION_NOTICE_ISSUED: ['已发纠正违法通知', 'Correction notice issued'],
  COMPLIED: ['公安机关已立案', 'The police have filed'],
  OVERTAKEN: ['已无对象', 'Overtaken: what it was about is no more'],
  SENT: ['已移送', 'Sent'],
  ACCEPTED: ['已接收', 'Accepted'],
  OUTCOME_RETURNED: ['已回复结果', 'Outcome returned'],
});
export type ReferralTrackState = CodeOf<typeof referralTrackState>;

export const nonProsecutionKind = codeList('NonProsecutionKind', {
  STATUTORY: ['法定不起诉', 'No crime, or none that may be prosecuted'],
  DISCRETIONARY: ['酌定不起诉', 'Minor, no punishment needed'],
  INSUFFICIENT_EVIDENCE: ['存疑不起诉', 'Evidence not sufficient'],
});
export type NonProsecutionKind = CodeOf<typeof nonProsecutionKind>;

export const judgmentOutcome = codeList('JudgmentOutcome', {
  CONVICTED: ['有罪判决', 'Convicted'],
  EXEMPT: ['免予刑事处罚', 'Guilty, exempt from punishment'],
  ACQUITTED: ['无罪判决', 'Acquitted'],
});
export type JudgmentOutcome = CodeOf<typeof judgmentOutcome>;

export const judgmentInstance = codeList('JudgmentInstance', {
  FIRST: ['一审', 'First instance'],
  SECOND: ['二审', 'Second instance'],
});
export type JudgmentInstance = CodeOf<typeof judgmentInstance>;
