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
