import { codeList, type CodeOf } from '@casebridge/kernel';

export const agencyFunction = codeList('AgencyFunction', {
  DRUG: ['药品监管', 'Drug regulation'],
  MARKET: ['市场监管', 'Market regulation'],
  POLICE: ['公安', 'Police'],
  PROCURATORATE: ['检察', 'Procuratorate'],
  COURT: ['审判', 'Court'],
  HEALTH: ['卫生健康', 'Health'],
  CDC: ['疾病预防控制', 'Disease control'],
  ADR_CENTRE: ['药品不良反应监测', 'Adverse-reaction monitoring'],
  LAB: ['药品检验', 'Drug testing'],
  SUPERVISION: ['纪检监察', 'Discipline inspection and supervision'],
  INSURANCE: ['医疗保障', 'Medical insurance'],
  DEVELOPMENT_REFORM: ['发展改革', 'Development and reform'],
  JUSTICE: ['司法行政', 'Justice administration'],
  AUDIT: ['审计', 'Audit'],
  CUSTOMS: ['海关', 'Customs'],
  EMERGENCY: ['应急管理', 'Emergency management'],
  FIRE: ['消防', 'Fire and rescue'],
  FOOD_DRUG_OFFICE: ['食品药品安全委员会办公室', 'Food and drug safety office'],
});

export const agencyStatus = codeList('AgencyStatus', { ACTIVE: ['在册', 'Active'], RETIRED: ['已撤销', 'Retired'] });
export type AgencyStatus = CodeOf<typeof agencyStatus>;

export const caseStatus = codeList('CaseStatus', {
  CLUE: ['线索', 'Clue'],
  VERIFYING: ['核查中', 'Verifying'],
  FILED: ['已立案', 'Filed'],
  NOT_FILED: ['不予立案', 'Not filed'],
  INVESTIGATING: ['调查中', 'Investigating'],
  SUSPENDED: ['中止调查', 'Suspended'],
  INVESTIGATION_CONCLUDED: ['调查终结', 'Investigation concluded'],
  UNDER_REVIEW: ['审核中', 'Under review'],
  NOTICE_SERVED: ['已告知', 'Notice served'],
  HEARING: ['听证', 'Hearing'],
  DECIDED: ['已作决定', 'Decided'],
  SERVED: ['已送达', 'Served'],
  IN_EXECUTION: ['执行中', 'In execution'],
  PENDING_CRIMINAL: ['移送司法处理中', 'Pending criminal proceedings'],
  TERMINATED: ['终止调查', 'Terminated'],
  CLOSED: ['已结案', 'Closed'],
  ARCHIVED: ['已归档', 'Archived'],
});
export type CaseStatus = CodeOf<typeof caseStatus>;

export const caseProcedure = codeList('CaseProcedure', {
  ORDINARY: ['普通程序', 'Ordinary procedure'],
  SIMPLIFIED: ['简易程序', 'Simplified procedure'],
});
export type CaseProcedure = CodeOf<typeof caseProcedure>;

export const respondentKind = codeList('RespondentKind', {
  ENTERPRISE: ['企业', 'Enterprise'],
  MEDICAL_INSTITUTION: ['医疗机构', 'Medical institution'],
  NATURAL_PERSON: ['自然人', 'Natural person'],
});
export type RespondentKind = CodeOf<typeof respondentKind>;

/** Conduct that cases are about, with the goods that it concerns; the taxonomy by product class is completed with its own work. */
export const violationType = codeList('ViolationType', {
  FAKE_DRUGS: ['生产、销售假药', 'Producing or selling fake drugs'],
  SUBSTANDARD_DRUGS: ['生产、销售劣药', 'Producing or selling substandard drugs'],
  UNLICENSED_BUSINESS: ['无证生产、经营药品', 'Producing or trading drugs without a licence'],
  UNAPPROVED_DRUGS: ['未取得批准证明文件生产、进口药品', 'Producing or importing drugs without approval'],
  FABRICATED_RECORDS: ['编造生产、检验记录', 'Fabricating production or test records'],
  LICENCE_FRAUD: ['骗取许可', 'Obtaining a licence by fraud'],
  FORGED_LICENCE: ['伪造、出租、出借许可证', 'Forging or lending a licence'],
  GXP_BREACH: ['未遵守药品质量管理规范', 'Breach of good practice rules'],
  TRACEABILITY_BREACH: ['未按规定建立并实施追溯制度', 'Failure to keep traceability'],
  ADR_REPORTING_FAILURE: ['未按规定开展不良反应监测或报告', 'Failure to monitor or report adverse reactions'],
  RECALL_REFUSED: ['拒不召回', 'Refusing a recall'],
  UNREGISTERED_DEVICE: ['生产、经营未注册医疗器械', 'Producing or trading unregistered medical devices'],
  ILLEGAL_COSMETIC_ADDITIVE: ['化妆品非法添加', 'Illegal additives in cosmetics'],
  ONLINE_SALE_BREACH: ['网络销售药品违法', 'Unlawful online sale of drugs'],
});
export type ViolationType = CodeOf<typeof violationType>;

export const productDomain = codeList('ProductDomain', {
  DRUG: ['药品', 'Drugs'],
  DEVICE: ['医疗器械', 'Medical devices'],
  COSMETIC: ['化妆品', 'Cosmetics'],
  GENERAL: ['一般领域', 'General domain'],
});
export type ProductDomain = CodeOf<typeof productDomain>;

export const discretionTier = codeList('DiscretionTier', {
  MITIGATED: ['减轻处罚', 'Mitigated'],
  LIGHT: ['从轻处罚', 'Light'],
  ORDINARY: ['一般处罚', 'Ordinary'],
  HEAVY: ['从重处罚', 'Heavy'],
});
export type DiscretionTier = CodeOf<typeof discretionTier>;

export const penaltyKind = codeList('PenaltyKind', {
  WARNING: ['警告', 'Warning'],
  CRITICISM: ['通报批评', 'Circulated criticism'],
  FINE: ['罚款', 'Fine'],
  CONFISCATION_OF_GAINS: ['没收违法所得', 'Confiscation of unlawful gains'],
  CONFISCATION_OF_GOODS: ['没收非法财物', 'Confiscation of unlawful goods'],
  LICENCE_SUSPENSION: ['暂扣许可证件', 'Suspension of a licence'],
  QUALIFICATION_DOWNGRADE: ['降低资质等级', 'Lowering of a qualification'],
  LICENCE_REVOCATION: ['吊销许可证件', 'Revocation of a licence'],
  BUSINESS_RESTRICTION: ['限制开展生产经营活动', 'Restriction of business'],
  PRODUCTION_SUSPENSION: ['责令停产停业', 'Order to suspend production or business'],
  CLOSURE: ['责令关闭', 'Order to close'],
  INDUSTRY_BAN: ['限制从业', 'Industry ban'],
  DETENTION: ['行政拘留', 'Administrative detention'],
  OTHER: ['其他行政处罚', 'Other administrative penalty'],
});
export type PenaltyKind = CodeOf<typeof penaltyKind>;

export const partyKind = codeList('PartyKind', { ENTITY: ['单位', 'Entity'], PERSON: ['自然人', 'Natural person'] });
export type PartyKind = CodeOf<typeof partyKind>;

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

/** What the supervision view finds. */
export const supervisionFindingKind = codeList('SupervisionFindingKind', {
  NOT_INVESTIGATED: ['有案不查', 'A clue on which nothing was decided in time'],
  NOT_TRANSFERRED: ['有案不移', 'Approved, and not handed over to the police in time'],
  NOT_RECEIVED: ['有案不接', 'Handed over, and not received'],
  FINE_FOR_CRIME: ['以罚代刑', 'Decided as an administrative case, with neither referral nor recorded refusal'],
  DOWNGRADED: ['降格处理', 'Decided on other articles than were suspected, without a reason'],
  OVERDUE: ['逾期未办', 'A step that is late'],
});
export type SupervisionFindingKind = CodeOf<typeof supervisionFindingKind>;

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

export const sealStatus = codeList('SealStatus', {
  PENDING: ['待各服务确认', 'Waiting for every service to confirm'],
  IN_FORCE: ['生效', 'In force'],
  EXPIRED: ['已到期', 'Expired'],
  LIFTED: ['已解封', 'Lifted'],
});
export type SealStatus = CodeOf<typeof sealStatus>;

/** Where a clue comes from (PROC 18: own supervision, complaints, other authorities, the superior), in the terms of the records of this hub. */
export const clueSource = codeList('ClueSource', {
  INSPECTION: ['监督检查', 'Inspection'],
  FAILED_SAMPLE: ['抽检不合格', 'Failed sample'],
  COMPLAINT: ['投诉举报', 'Complaint or report of a breach'],
  ADR_SIGNAL: ['不良反应监测信号', 'Signal of adverse-reaction monitoring'],
  LATE_REPORT: ['迟报、漏报、瞒报不良反应', 'Late, missing or hidden adverse-reaction report'],
  ONLINE_MONITORING: ['网络监测', 'Online monitoring'],
  OTHER_AGENCY: ['其他机关移送', 'Transferred by another agency'],
  SUPERIOR: ['上级交办', 'Assigned by the superior'],
  MEDIA: ['媒体曝光', 'Press report'],
  OTHER: ['其他途径', 'Otherwise'],
});
export type ClueSource = CodeOf<typeof clueSource>;

export const clueStatus = codeList('ClueStatus', {
  RECEIVED: ['已登记', 'Received'],
  VERIFYING: ['核查中', 'Being verified'],
  AWAITING_TEST: ['检测检验鉴定中', 'Waiting for a test or an expert opinion'],
  FILED: ['已立案', 'Filed'],
  NOT_FILED: ['不予立案', 'Not filed'],
  TRANSFERRED: ['已移送', 'Transferred to the competent agency'],
  MERGED: ['已并入', 'Merged as a duplicate'],
});
export type ClueStatus = CodeOf<typeof clueStatus>;

/** Acts on a clue; in its history under the mutation's name. */
export const clueAct = codeList('ClueAct', {
  RECORD_CLUE: ['登记线索', 'Recorded'],
  BEGIN_CLUE_VERIFICATION: ['开始核查', 'Verification begun'],
  SEND_CLUE_FOR_TESTING: ['送检测、检验、检疫、鉴定', 'Sent for testing'],
  RECORD_CLUE_TEST_RESULT: ['记录检测、检验、检疫、鉴定结果', 'Result of the test recorded'],
  EXTEND_CLUE_REVIEW: ['延长核查期限', 'Period of review extended'],
  FILE_CASE: ['立案', 'Case filed'],
  DECLINE_TO_FILE_CASE: ['不予立案', 'Case not filed'],
  TRANSFER_CLUE: ['移送', 'Transferred'],
  MERGE_CLUE: ['并入重复线索', 'Merged'],
});
export type ClueAct = CodeOf<typeof clueAct>;

/** What is not counted into the period of review (PROC 18). */
export const clueTestKind = codeList('ClueTestKind', {
  TESTING: ['检测', 'Testing'],
  INSPECTION: ['检验', 'Laboratory inspection'],
  QUARANTINE: ['检疫', 'Quarantine inspection'],
  APPRAISAL: ['鉴定', 'Expert appraisal'],
});
export type ClueTestKind = CodeOf<typeof clueTestKind>;

/** Why no case is filed: the grounds of PROC 20, and that a condition of PROC 19 is not met. */
export const nonFilingGround = codeList('NonFilingGround', {
  MINOR_CORRECTED_NO_HARM: ['违法行为轻微并及时改正，没有造成危害后果', 'Minor, corrected in time, without harm'],
  FIRST_OFFENCE_MINOR: ['初次违法且危害后果轻微并及时改正', 'First offence, minor harm, corrected in time'],
  NO_SUBJECTIVE_FAULT: ['当事人有证据足以证明没有主观过错', 'The party has proven that it was not at fault'],
  OTHER_LAWFUL: ['依法可以不予立案的其他情形', 'Another case in which the law lets it be'],
  CONDITIONS_NOT_MET: ['不符合立案条件', 'The conditions of filing are not met'],
});
export type NonFilingGround = CodeOf<typeof nonFilingGround>;

/** What one agency asks of others, or tells them, and what comes back (协作事项). */
export const cooperationKind = codeList('CooperationKind', {
  ASSISTANCE: ['协查', 'Assistance'],
  JOINT_SUPERVISION: ['联合督办', 'Joint supervision'],
  CONSULTATION: ['案件会商', 'Case consultation'],
  EARLY_CONSULTATION: ['提前介入', 'Early consultation with police or procuratorate'],
  TEST: ['委托检验', 'Test request'],
  SUGGESTION: ['检察建议', 'Procuratorial suggestion'],
  PUBLIC_INTEREST_CLUE: ['公益诉讼线索', 'Public-interest clue'],
});
export type CooperationKind = CodeOf<typeof cooperationKind>;

export const cooperationStatus = codeList('CooperationStatus', {
  REQUESTED: ['已发出', 'Requested'],
  UNDER_WAY: ['办理中', 'Under way'],
  ANSWERED: ['已回复', 'Answered'],
  DECLINED: ['不予办理', 'Declined'],
  CONCLUDED: ['已办结', 'Concluded'],
  WITHDRAWN: ['已撤回', 'Withdrawn'],
});
export type CooperationStatus = CodeOf<typeof cooperationStatus>;

/** Acts on what agencies ask of one another; in the history under the mutation's name. */
export const cooperationAct = codeList('CooperationAct', {
  REQUEST_ASSISTANCE: ['请求协查', 'Assistance requested'],
  ACCEPT_ASSISTANCE: ['受理协查', 'Assistance accepted'],
  EXTEND_ASSISTANCE: ['延期办理', 'Extension told'],
  ANSWER_ASSISTANCE: ['函复协查结果', 'Assistance answered'],
  DECLINE_ASSISTANCE: ['不予协助', 'Assistance declined'],
  WITHDRAW_ASSISTANCE: ['撤回协查', 'Request for assistance withdrawn'],
  ORDER_JOINT_SUPERVISION: ['联合督办立项', 'Joint supervision ordered'],
  REPORT_JOINT_SUPERVISION: ['报告督办进展', 'Progress reported'],
  EXTEND_JOINT_SUPERVISION: ['延长督办期限', 'Period of supervision extended'],
  CLOSE_JOINT_SUPERVISION: ['督办销号', 'Joint supervision closed'],
  WITHDRAW_JOINT_SUPERVISION: ['撤销督办', 'Joint supervision withdrawn'],
  OPEN_CONSULTATION: ['提请会商', 'Consultation opened'],
  GIVE_CONSULTATION_OPINION: ['会商意见', 'Opinion given'],
  CONCLUDE_CONSULTATION: ['会商结论', 'Consultation concluded'],
  WITHDRAW_CONSULTATION: ['撤回会商', 'Consultation withdrawn'],
  REQUEST_EARLY_CONSULTATION: ['商请提前介入', 'Early consultation requested'],
  GIVE_EARLY_OPINION: ['提前介入意见', 'Early opinion given'],
  DECLINE_EARLY_CONSULTATION: ['不予提前介入', 'Early consultation declined'],
  CONCLUDE_EARLY_CONSULTATION: ['提前介入办结', 'Early consultation concluded'],
  REQUEST_TEST: ['委托检验', 'Test requested'],
  ACCEPT_TEST: ['收样受理', 'Sample received'],
  REPORT_TEST: ['出具检验报告', 'Test reported'],
  DECLINE_TEST: ['不予受理检验', 'Test declined'],
  WITHDRAW_TEST: ['撤回检验委托', 'Test request withdrawn'],
  ISSUE_PROCURATORIAL_SUGGESTION: ['制发检察建议', 'Procuratorial suggestion issued'],
  ANSWER_PROCURATORIAL_SUGGESTION: ['回复检察建议', 'Procuratorial suggestion answered'],
  WITHDRAW_PROCURATORIAL_SUGGESTION: ['撤回检察建议', 'Procuratorial suggestion withdrawn'],
  SEND_PUBLIC_INTEREST_CLUE: ['移送公益诉讼线索', 'Public-interest clue sent'],
  RECEIVE_PUBLIC_INTEREST_CLUE: ['签收公益诉讼线索', 'Public-interest clue received'],
  REPORT_PUBLIC_INTEREST_OUTCOME: ['反馈公益诉讼结果', 'Outcome of the public-interest clue told'],
});
export type CooperationAct = CodeOf<typeof cooperationAct>;

/** Who supervises jointly (督办层级). */
export const supervisionLevel = codeList('SupervisionLevel', {
  NATIONAL: ['国家级督办', 'National'],
  PROVINCIAL: ['省级督办', 'Provincial'],
  CITY: ['市级督办', 'Of the city'],
});
export type SupervisionLevel = CodeOf<typeof supervisionLevel>;

/** Who bears the cost of a test; never the party, as a test by the authorities costs it nothing. */
export const testCostBearer = codeList('TestCostBearer', {
  ASKING_AGENCY: ['委托机关承担', 'The agency that asks'],
  PUBLIC_FUNDS: ['财政列支', 'Public funds'],
});
export type TestCostBearer = CodeOf<typeof testCostBearer>;

export const testConclusion = codeList('TestConclusion', {
  CONFORMS: ['符合规定', 'Conforms'],
  DOES_NOT_CONFORM: ['不符合规定', 'Does not conform'],
  NO_CONCLUSION: ['无法得出结论', 'No conclusion'],
});
export type TestConclusion = CodeOf<typeof testConclusion>;

/** Steps of an administrative case from filing to the archive; in its history under the mutation's name. */
export const caseStepAct = codeList('CaseStepAct', {
  BEGIN_INVESTIGATION: ['开始调查', 'Investigation begun'],
  SUSPEND_CASE: ['中止调查', 'Investigation suspended'],
  RESUME_CASE: ['恢复调查', 'Investigation resumed'],
  TERMINATE_CASE: ['终止调查', 'Investigation terminated'],
  BEGIN_EXCLUDED_TIME: ['不计入办案期限的时间开始', 'Time that does not count begins'],
  END_EXCLUDED_TIME: ['不计入办案期限的时间结束', 'Time that does not count ends'],
  CONCLUDE_INVESTIGATION: ['调查终结', 'Investigation concluded'],
  SEND_CASE_FOR_REVIEW: ['送审', 'Sent for review'],
  EXTEND_CASE_REVIEW: ['延长审核期限', 'Period of review extended'],
  PASS_CASE_REVIEW: ['审核同意', 'Passed by the review'],
  RETURN_CASE_FROM_REVIEW: ['审核退回', 'Returned by the review'],
  DISCUSS_CASE_COLLECTIVELY: ['集体讨论', 'Discussed collectively'],
  SERVE_CASE_NOTICE: ['行政处罚告知', 'Notice of the intended penalty served'],
  RECORD_PARTY_STATEMENT: ['陈述申辩', 'Statement of the party recorded'],
  RECORD_HEARING_REQUEST: ['申请听证', 'Hearing asked for'],
  NOTIFY_HEARING: ['通知听证', 'Hearing announced'],
  RECORD_HEARING_HELD: ['举行听证', 'Hearing held'],
  RECORD_HEARING_ABANDONED: ['放弃听证', 'Hearing abandoned by the party'],
  EXTEND_DECISION: ['延长办案期限', 'Period of decision extended'],
  EXTEND_DECISION_FURTHER: ['集体讨论决定继续延期', 'Period of decision extended further by collective decision'],
  DECIDE_WITHOUT_PENALTY: ['作出不予处罚等决定', 'Decided without a penalty'],
  RECORD_FINE_PAYMENT: ['缴纳罚款', 'Payment of the fine recorded'],
  DEMAND_PERFORMANCE: ['催告', 'Performance demanded'],
  APPLY_FOR_COURT_ENFORCEMENT: ['申请人民法院强制执行', 'Enforcement by the court applied for'],
  RECORD_REMEDY: ['申请行政复议或者提起行政诉讼', 'Reconsideration or litigation begun'],
  RECORD_REMEDY_OUTCOME: ['复议决定或者裁判', 'Outcome of reconsideration or litigation'],
  CORRECT_DECISION: ['自行纠正', 'Decision corrected by its authority'],
  CONFIRM_OVERTURNING: ['确认变更、撤销等结果', 'Overturning confirmed or declined by the head'],
  REOPEN_CASE: ['重新调查处理', 'Reopened after its decision was overturned'],
  CLOSE_CASE: ['结案', 'Closed'],
  ARCHIVE_CASE: ['归档', 'Archived'],
});
export type CaseStepAct = CodeOf<typeof caseStepAct>;

/** Why an investigation is suspended (PROC 46). */
export const suspensionGround = codeList('SuspensionGround', {
  DEPENDS_ON_OTHER_CASE: ['须以相关案件的裁判结果或者其他行政决定为依据', 'Depends on a judgment or decision in another case'],
  LAW_TO_BE_INTERPRETED: ['涉及法律适用等问题，需要送请有权机关作出解释或者确认', 'A question of law is put to the competent authority'],
  FORCE_MAJEURE: ['因不可抗力致使案件暂时无法调查', 'Force majeure'],
  PARTY_MISSING: ['因当事人下落不明致使案件暂时无法调查', 'The party cannot be found'],
  OTHER: ['其他应当中止调查的情形', 'Another case in which it is to be suspended'],
});
export type SuspensionGround = CodeOf<typeof suspensionGround>;

/** Why an investigation is terminated (PROC 47). */
export const terminationGround = codeList('TerminationGround', {
  PERSON_DEAD: ['涉嫌违法的自然人死亡', 'The natural person has died'],
  ENTITY_ENDED: ['法人或者其他组织终止，并且无权利义务承受人', 'The entity has ended without a successor'],
  OTHER: ['其他致使案件调查无法继续进行的原因', 'Another reason for which it cannot go on'],
});
export type TerminationGround = CodeOf<typeof terminationGround>;

/** Which review a case is put to before the notice (PROC 49-55). */
export const caseReviewKind = codeList('CaseReviewKind', {
  LEGAL_REVIEW: ['法制审核', 'Legal review'],
  CASE_REVIEW: ['案件审核', 'Case review'],
});
export type CaseReviewKind = CodeOf<typeof caseReviewKind>;

/** What does not count into the period of decision (PROC 64). */
export const excludedTimeKind = codeList('ExcludedTimeKind', {
  SUSPENSION: ['中止', 'Suspension'],
  HEARING: ['听证', 'Hearing'],
  PUBLIC_NOTICE: ['公告', 'Public notice'],
  TESTING: ['检测', 'Testing'],
  INSPECTION: ['检验', 'Laboratory inspection'],
  QUARANTINE: ['检疫', 'Quarantine inspection'],
  APPRAISAL: ['鉴定', 'Expert appraisal'],
  REFUND_ORDER: ['责令退款', 'Order to refund'],
});
export type ExcludedTimeKind = CodeOf<typeof excludedTimeKind>;

/** What a case is decided with where no penalty is imposed (APL 57(1)); penalties are decisions of their own. */
export const noPenaltyDecisionKind = codeList('NoPenaltyDecisionKind', {
  NO_PENALTY_MINOR: ['违法行为轻微，不予行政处罚', 'Minor, no penalty'],
  NOT_ESTABLISHED: ['违法事实不能成立', 'The breach is not established'],
  TRANSFER_ADMIN: ['移送其他行政机关', 'Transferred to another administrative authority'],
  TRANSFER_JUDICIAL: ['涉嫌犯罪，移送司法机关', 'Suspected crime, transferred to the judicial organs'],
});
export type NoPenaltyDecisionKind = CodeOf<typeof noPenaltyDecisionKind>;

/** What a party may do against a decision. */
export const remedyKind = codeList('RemedyKind', {
  RECONSIDERATION: ['行政复议', 'Administrative reconsideration'],
  LITIGATION: ['行政诉讼', 'Administrative litigation'],
});
export type RemedyKind = CodeOf<typeof remedyKind>;

/** What came of it; the last four overturn the decision (O45 11). */
export const remedyOutcome = codeList('RemedyOutcome', {
  UPHELD: ['维持或者驳回', 'Upheld, or the claim dismissed'],
  WITHDRAWN: ['撤回或者终止', 'Withdrawn or terminated'],
  CHANGED: ['变更', 'Changed'],
  REVOKED: ['撤销', 'Revoked'],
  CONFIRMED_ILLEGAL: ['确认违法', 'Confirmed illegal'],
  VOID: ['确认无效', 'Void'],
});
export type RemedyOutcome = CodeOf<typeof remedyOutcome>;

/** Why a case is closed (PROC 77). */
export const closingGround = codeList('ClosingGround', {
  PERFORMED: ['行政处罚决定执行完毕', 'The decision has been performed'],
  ENFORCEMENT_ENDED: ['人民法院裁定终结执行', 'The court has ended the enforcement'],
  OVERTURNED: ['行政处罚决定被撤销、变更、确认违法或者无效', 'The decision was overturned'],
  INVESTIGATION_TERMINATED: ['案件终止调查', 'The investigation was terminated'],
  DECIDED_WITHOUT_PENALTY: ['作出不予行政处罚、移送等决定', 'Decided without a penalty'],
});
export type ClosingGround = CodeOf<typeof closingGround>;

/** A clue to a duty crime, by the sealed channel to supervision. */
export const dutyCrimeClueStatus = codeList('DutyCrimeClueStatus', {
  SENT: ['已移送', 'Sent'],
  RECEIVED: ['已签收', 'Received'],
  CONCLUDED: ['已反馈结果', 'Result told'],
});
export type DutyCrimeClueStatus = CodeOf<typeof dutyCrimeClueStatus>;

export const dutyCrimeResult = codeList('DutyCrimeResult', {
  FILED: ['立案调查', 'Filed for investigation'],
  NOT_FILED: ['不予立案', 'Not filed'],
  DEALT_WITH_OTHERWISE: ['以其他方式处置', 'Dealt with otherwise'],
});
export type DutyCrimeResult = CodeOf<typeof dutyCrimeResult>;

/** Administrative compulsory measures of a case (APL 56; PROC 33-38). */
export const compulsoryMeasureKind = codeList('CompulsoryMeasureKind', {
  PRESERVATION: ['先行登记保存', 'Registered preservation of evidence'],
  SEAL: ['查封', 'Sealing'],
  SEIZURE: ['扣押', 'Seizure'],
});
export type CompulsoryMeasureKind = CodeOf<typeof compulsoryMeasureKind>;

/** LAPSED is no act: what was preserved and not disposed of in time is free by law. */
export const compulsoryMeasureStatus = codeList('CompulsoryMeasureStatus', {
  TAKEN_ON_THE_SPOT: ['当场采取，待报告', 'Taken on the spot, to be reported'],
  REPORTED: ['已报告，待补办批准手续', 'Reported, to be approved'],
  IN_FORCE: ['执行中', 'In force'],
  UNDER_TEST: ['检验中', 'Goods under test'],
  DECIDED: ['已作出处理决定', 'Decided on'],
  CONVERTED: ['已转为查封、扣押', 'Converted into sealing or seizure'],
  LIFTED: ['已解除', 'Lifted'],
  LAPSED: ['逾期自动解除', 'Lapsed'],
});
export type CompulsoryMeasureStatus = CodeOf<typeof compulsoryMeasureStatus>;

/** What is decided on goods under a measure. */
export const measureOutcome = codeList('MeasureOutcome', {
  EVIDENCE_TAKEN: ['采取记录、复制、拍照等证据保全措施', 'Evidence taken by record, copy or picture'],
  SENT_FOR_TEST: ['送交检验检测', 'Sent for test'],
  CONFISCATED: ['没收', 'Confiscated'],
  HANDED_OVER: ['移送有关机关', 'Handed over to another authority'],
});
export type MeasureOutcome = CodeOf<typeof measureOutcome>;

/** Acts on a compulsory measure; in its history under the mutation's name. */
export const compulsoryMeasureAct = codeList('CompulsoryMeasureAct', {
  ORDER_COMPULSORY_MEASURE: ['决定采取强制措施', 'Measure ordered'],
  TAKE_URGENT_MEASURE: ['情况紧急当场采取', 'Measure taken on the spot'],
  REPORT_URGENT_MEASURE: ['向负责人报告', 'Reported to the head'],
  APPROVE_URGENT_MEASURE: ['补办批准手续', 'Approved by the head afterwards'],
  EXTEND_COMPULSORY_MEASURE: ['延长期限', 'Period extended'],
  SEND_SEIZED_GOODS_FOR_TEST: ['送检', 'Goods sent for test'],
  RECORD_SEIZED_GOODS_REPORT: ['检验报告书发出', 'Test report issued'],
  DECIDE_ON_MEASURED_GOODS: ['作出处理决定', 'Goods decided on'],
  CONVERT_PRESERVATION: ['先行登记保存转为查封、扣押', 'Preservation converted'],
  LIFT_COMPULSORY_MEASURE: ['解除强制措施', 'Measure lifted'],
});
export type CompulsoryMeasureAct = CodeOf<typeof compulsoryMeasureAct>;
