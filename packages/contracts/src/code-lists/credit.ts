import { codeList, type CodeOf } from '@casebridge/kernel';

export const punishmentKind = codeList('PunishmentKind', {
  DISHONESTY_LISTING: ['列入严重违法失信名单', 'Entry in the serious-dishonesty list'],
  INDUSTRY_BAN: ['行业禁入', 'Industry ban'],
  BUSINESS_RESTRICTION: ['限制开展生产经营活动', 'Restriction of business'],
  APPLICATION_BAR: ['不受理申请', 'Bar on applications'],
});
export type PunishmentKind = CodeOf<typeof punishmentKind>;

export const punishmentStatus = codeList('PunishmentStatus', {
  PENDING: ['待公示', 'Not yet published'],
  IN_FORCE: ['有效', 'In force'],
  REPAIRED: ['已修复', 'Lifted early after credit repair'],
  EXPIRED: ['已届满', 'Expired'],
  REVOKED: ['已撤销', 'Revoked'],
});
export type PunishmentStatus = CodeOf<typeof punishmentStatus>;

/** 严重违法失信名单 A heavy penalty on its way into the list, and out of it. EXPIRED is read off the days, never written. */
export const listingStatus = codeList('ListingStatus', {
  CANDIDATE: ['待告知', 'A heavy penalty was served; whether it is followed by a listing is open'],
  NOTICE_SERVED: ['已告知', 'The party was told; it may state, defend and ask for a hearing'],
  HEARING: ['听证中', 'A hearing was asked for'],
  HEARD: ['听证结束', 'The hearing was held'],
  AWAITING_CONSENT: ['报上一级同意', 'The agency above is asked for its consent'],
  CONSENTED: ['上一级已同意', 'The agency above has consented'],
  NOT_LISTED: ['决定不列入', 'Not listed, for a recorded reason'],
  LISTED: ['已决定列入', 'Listed, not yet published'],
  PUBLISHED: ['公示中', 'On the published list'],
  EXIT_APPLIED: ['已申请提前移出', 'The party applied for early exit'],
  EXIT_ACCEPTED: ['提前移出已受理', 'The application was accepted'],
  EXIT_APPROVED: ['准予提前移出', 'Early exit was granted; still to be carried out'],
  EXITED_EARLY: ['已提前移出', 'Removed before the end of the period'],
  EXPIRED: ['期满移出', 'The period is over'],
  REVOKED: ['撤销列入', 'The listing was revoked'],
  RESTORED: ['恢复列入', 'On the published list again, since the early exit was obtained by fraud'],
});
export type ListingStatus = CodeOf<typeof listingStatus>;

export const listingGround = codeList('ListingGround', {
  FAKE_OR_SUBSTANDARD_DRUGS: ['生产、销售假药、劣药', 'Fake or substandard drugs'],
  SPECIAL_CONTROL_DRUGS: ['违法生产、销售国家有特殊管理要求的药品（含疫苗）', 'Unlawful production or sale of drugs under special control, vaccines included'],
  UNAPPROVED_DRUGS: ['生产、进口、销售未取得药品批准证明文件的药品', 'Drugs without approval documents'],
  UNREGISTERED_DEVICES: ['生产、销售未经注册的第二、三类医疗器械', 'Unregistered devices of class II or III'],
  HARMFUL_COSMETICS: ['生产、销售非法添加可能危害人体健康物质的化妆品', 'Cosmetics with illegal and harmful additives'],
  OTHER_HARM_TO_HEALTH: ['其他严重危害人民群众身体健康和生命安全的行为', 'Other acts that seriously endanger life and health'],
  LICENCE_OFFENCE: ['无证、骗证或者伪造、出租、出借许可证', 'No licence, a licence by fraud, or one forged or lent'],
  REFUSED_INSPECTION: ['拒绝、阻碍监督检查', 'Refused or obstructed inspection'],
  NON_PERFORMANCE: ['有履行能力但拒不履行处罚决定', 'Able to perform the decision, and refuses'],
});
export type ListingGround = CodeOf<typeof listingGround>;

export const notListedReason = codeList('NotListedReason', {
  NO_GROUND: ['不属于列入情形', 'The act is none of the grounds'],
  NOT_GRAVE: ['未达到性质恶劣、情节严重、社会危害较大', 'Not grave by its nature, circumstances and harm'],
  NO_INTENT: ['当事人有证据足以证明没有主观故意', 'The party has proven that there was no intent'],
  SUPERIOR_REFUSED: ['上一级不同意列入', 'The agency above did not consent'],
  DECISION_CHANGED: ['处罚决定被变更或者撤销', 'The penalty decision was changed or revoked'],
});
export type NotListedReason = CodeOf<typeof notListedReason>;

export const listingAct = codeList('ListingAct', {
  SERVE_LISTING_NOTICE: ['送达列入告知书', 'Served the notice of listing'],
  RECORD_LISTING_STATEMENT: ['记录陈述申辩', 'Recorded a statement of the party'],
  REQUEST_LISTING_HEARING: ['当事人要求听证', 'The party asked for a hearing'],
  RECORD_LISTING_HEARING: ['记录听证', 'Recorded the hearing'],
  REQUEST_LISTING_CONSENT: ['报请上一级同意', 'Asked the agency above'],
  CONSENT_TO_LISTING: ['同意列入', 'Consented'],
  REFUSE_LISTING_CONSENT: ['不同意列入', 'Refused consent'],
  DECIDE_LISTING: ['决定列入', 'Decided to list'],
  DECIDE_NOT_TO_LIST: ['决定不列入', 'Decided not to list'],
  PUBLISH_LISTING: ['公示', 'Published'],
  APPLY_FOR_EARLY_EXIT: ['申请提前移出', 'Applied for early exit'],
  ACCEPT_EARLY_EXIT: ['受理提前移出申请', 'Accepted the application'],
  EXTEND_EARLY_EXIT: ['延长核实期限', 'Extended the time for the decision'],
  APPROVE_EARLY_EXIT: ['准予提前移出', 'Granted early exit'],
  REJECT_EARLY_EXIT: ['不予提前移出', 'Refused early exit'],
  REMOVE_FROM_LIST: ['移出名单', 'Removed from the list'],
  REVOKE_LISTING: ['撤销列入决定', 'Revoked the listing'],
  RESTORE_LISTING: ['恢复列入', 'Restored the listing'],
});
export type ListingAct = CodeOf<typeof listingAct>;

/** 联合惩戒措施 The measures that Order 44 art. 15 names; no other can be ordered. */
export const jointMeasureKind = codeList('JointMeasureKind', {
  PERMIT_SCRUTINY: ['在行政许可、资质资格中作为重要考量因素', 'A weighty factor in permits and qualifications'],
  PROCUREMENT_SCRUTINY: ['在政府采购、招标投标中作为重要考量因素', 'A weighty factor in procurement and bidding'],
  KEY_SUPERVISION: ['列为重点监管对象，提高检查频次', 'Key supervision, with more inspections'],
  NO_COMMITMENT_SYSTEM: ['不适用告知承诺制', 'No permits on mere commitments'],
  NO_HONOURS: ['不予授予荣誉称号等表彰奖励', 'No honours and awards'],
});
export type JointMeasureKind = CodeOf<typeof jointMeasureKind>;

/** ENDED and DUE_FOR_LIFTING are read off the listing, never written. */
export const jointMeasureStatus = codeList('JointMeasureStatus', {
  ORDERED: ['已通知，待反馈', 'The executor was told; its feedback is owed'],
  EXECUTED: ['已执行', 'Carried out'],
  NOT_EXECUTABLE: ['无法执行', 'Cannot be carried out, for a reason'],
  ENDED: ['名单已移出，不再执行', 'The listing ended before it was carried out'],
  DUE_FOR_LIFTING: ['名单已移出，待解除', 'The listing ended; it is still to be lifted'],
  LIFTED: ['已解除', 'Lifted'],
});
export type JointMeasureStatus = CodeOf<typeof jointMeasureStatus>;

/** 信用修复 Which way an application for credit repair goes. */
export const repairKind = codeList('RepairKind', {
  ORDINARY: ['普通修复', 'On application, once the shortest time of showing is over'],
  RESTRUCTURING: ['重整临时修复', 'For the time of a restructuring, and reversible'],
  DEREGISTRATION: ['注销停止公示', 'The enterprise was de-registered'],
});
export type RepairKind = CodeOf<typeof repairKind>;

export const repairStatus = codeList('RepairStatus', {
  RECEIVED: ['已申请', 'The application came; whether it is accepted is open'],
  CORRECTIONS_REQUESTED: ['待补正', 'The applicant was told, once, what is missing'],
  NOT_ACCEPTED: ['不予受理', 'The application was not accepted'],
  ACCEPTED: ['已受理', 'The application was accepted and is looked into'],
  REFUSED: ['不予修复', 'Repair was refused'],
  TEMPORARY: ['临时修复', 'Repaired for the time of the restructuring'],
  ENDED: ['临时修复已终止', 'The temporary repair was taken back'],
  GRANTED: ['准予修复', 'Repair was granted; still to be carried out'],
  REPAIRED: ['已修复', 'No longer shown, shared or used'],
  NOTIFIED: ['已同步', 'The other channel and the registering province were told'],
  SYNCHRONISED: ['已确认同步', 'The registering province has acknowledged it'],
  REVOKED: ['撤销修复', 'The repair was obtained by fraud and revoked'],
});
export type RepairStatus = CodeOf<typeof repairStatus>;

export const repairAct = codeList('RepairAct', {
  APPLY_FOR_CREDIT_REPAIR: ['申请信用修复', 'Applied for credit repair'],
  REQUEST_REPAIR_CORRECTIONS: ['一次性告知补正', 'Told the applicant, once, what is missing'],
  RECORD_REPAIR_CORRECTIONS: ['记录补正材料', 'Recorded what was handed in'],
  DECLINE_REPAIR_APPLICATION: ['不予受理', 'Did not accept the application'],
  ACCEPT_REPAIR_APPLICATION: ['受理申请', 'Accepted the application'],
  EXTEND_REPAIR_DECISION: ['延长办理期限', 'Extended the time for the decision'],
  GRANT_CREDIT_REPAIR: ['准予修复', 'Granted repair'],
  REFUSE_CREDIT_REPAIR: ['不予修复', 'Refused repair'],
  GRANT_TEMPORARY_REPAIR: ['准予临时修复', 'Granted temporary repair'],
  END_TEMPORARY_REPAIR: ['终止临时修复', 'Took the temporary repair back'],
  EXECUTE_CREDIT_REPAIR: ['停止公示', 'Carried the repair out'],
  NOTIFY_CREDIT_REPAIR: ['同步修复信息', 'Told the other channel and the registering province'],
  ACKNOWLEDGE_CREDIT_REPAIR: ['确认同步', 'Acknowledged the repair'],
  REVOKE_CREDIT_REPAIR: ['撤销修复', 'Revoked the repair'],
  RECORD_DEREGISTRATION: ['记录注销', 'Recorded that the enterprise was de-registered'],
});
export type RepairAct = CodeOf<typeof repairAct>;

/** 申请材料 What an application consists of, and nothing else (O107 art. 14; for a restructuring art. 22). */
export const repairDocument = codeList('RepairDocument', {
  APPLICATION: ['信用修复申请书', 'Application'],
  IDENTITY: ['身份证明', 'Proof of identity'],
  COMMITMENT: ['守信承诺书', 'Commitment to honesty'],
  RECTIFICATION_PROOF: ['已履行义务、改正违法行为的证明', 'Proof that the duties were performed and the act rectified'],
  RESTRUCTURING_RULING: ['批准重整计划的裁定', 'Court ruling that approves the restructuring plan'],
});
export type RepairDocument = CodeOf<typeof repairDocument>;

export const repairRefusalGround = codeList('RepairRefusalGround', {
  CORRECTIONS_NOT_MADE: ['未按要求补正', 'What was missing was not handed in'],
  WITHDRAWN: ['申请人撤回申请', 'The applicant took the application back'],
  DEREGISTERED: ['当事人已注销', 'The party was de-registered'],
  DUTIES_NOT_PERFORMED: ['未履行处罚决定规定的义务', 'The duties of the decision were not performed'],
  NOT_RECTIFIED: ['未改正违法行为、消除危害后果', 'The act was not rectified, or its harm not removed'],
  SAME_ACT_AGAIN: ['因同类违法行为再次受到行政处罚', 'Another penalty was given for the same kind of act'],
  NATIONAL_SECURITY: ['可能危害国家安全', 'National security would be at risk'],
  PUBLIC_INTEREST: ['可能损害公共利益', 'The public interest would be at risk'],
});
export type RepairRefusalGround = CodeOf<typeof repairRefusalGround>;

/** 信用档案 What the credit file of an enterprise or a person holds. */
export const creditFileEntryKind = codeList('CreditFileEntryKind', {
  PENALTY: ['行政处罚', 'Penalty, warnings included'],
  LISTING: ['严重违法失信名单', 'Entry in the serious-dishonesty list'],
  BAN: ['从业禁止和限制', 'Ban, restriction, bar on applications'],
  MEASURE: ['联合惩戒措施', 'Joint measure'],
  REPAIR: ['信用修复', 'Credit repair, or its revocation'],
});
export type CreditFileEntryKind = CodeOf<typeof creditFileEntryKind>;

export const disclosureClass = codeList('DisclosureClass', {
  MINOR: ['轻微', 'Minor'],
  GENERAL: ['一般', 'General'],
  SERIOUS_DOMAIN: ['重点领域', 'Key domain (food, drugs, devices, cosmetics)'],
  SERIOUS_RESTRICTION: ['限制性处罚', 'Restriction, suspension or ban'],
  SERIOUS_QUALIFICATION: ['资格类处罚', 'Downgrade, revocation or closure'],
});
export type DisclosureClass = CodeOf<typeof disclosureClass>;

export const disclosureChannel = codeList('DisclosureChannel', {
  ENTERPRISE_CREDIT_SYSTEM: ['国家企业信用信息公示系统', 'National enterprise credit information publicity system'],
  CREDIT_CHINA: ['信用中国', 'Credit China'],
});
export type DisclosureChannel = CodeOf<typeof disclosureChannel>;

/** Why a window of disclosure is told with a reserve: a rule that came into force after the window began has decided something of it. */
export const disclosureDoubt = codeList('DisclosureDoubt', {
  PERIOD_RULE_YOUNGER: ['期限规则施行晚于起算日', 'The rule of the period came into force after the window began'],
  MINOR_AMOUNT_YOUNGER: ['较低数额罚款标准施行晚于公示日', 'The amounts by which a fine was found minor or not came into force after the publication'],
  RESTRICTION_RULE_YOUNGER: ['限制期延长规则施行晚于起算日', 'The rule that a restriction prolongs the window came into force after the window began'],
});
export type DisclosureDoubt = CodeOf<typeof disclosureDoubt>;

/** 公示状态 Where the publication of a decision stands. DUE, DEFERRED, EXPIRED and STOPPED are read off the days and off what runs beside it, never written. */
export const disclosureStatus = codeList('DisclosureStatus', {
  DUE: ['待公示', 'Still to be published'],
  PUBLISHED: ['公示中', 'On public display'],
  DEFERRED: ['暂缓公示', 'Deferred, since publication would expose an investigation'],
  CORRECTION_PROPOSED: ['公示中（拟更正）', 'On public display; a correction waits for approval'],
  WITHDRAWAL_PROPOSED: ['公示中（拟撤回）', 'On public display; a withdrawal waits for approval'],
  WITHHELD: ['不予公示', 'Kept from publication by the secrecy review'],
  WITHDRAWN: ['已撤回', 'Withdrawn'],
  STOPPED: ['停止公示', 'Shown no longer before the end of its period, after credit repair'],
  EXPIRED: ['公示期满', 'The period is over'],
});
export type DisclosureStatus = CodeOf<typeof disclosureStatus>;

export const disclosureAct = codeList('DisclosureAct', {
  STORE_DISCLOSURE_TEXT: ['录入决定书全文', 'Stored the full text of the decision'],
  CLEAR_DISCLOSURE: ['保密审查通过', 'Cleared by the secrecy review'],
  WITHHOLD_DISCLOSURE: ['保密审查不予公示', 'Withheld by the secrecy review'],
  RECORD_DISCLOSURE_PUSH: ['推送登记地省份', 'Pushed to the province of registration'],
  PROPOSE_DISCLOSURE_CORRECTION: ['拟更正公示信息', 'Proposed a correction'],
  APPROVE_DISCLOSURE_CORRECTION: ['更正公示信息', 'Approved the correction'],
  REJECT_DISCLOSURE_CORRECTION: ['不予更正', 'Rejected the correction'],
  PROPOSE_DISCLOSURE_WITHDRAWAL: ['拟撤回公示', 'Proposed a withdrawal'],
  APPROVE_DISCLOSURE_WITHDRAWAL: ['撤回公示', 'Approved the withdrawal'],
  REJECT_DISCLOSURE_WITHDRAWAL: ['不予撤回', 'Rejected the withdrawal'],
  WITHDRAW_OVERTURNED_DISCLOSURE: ['处罚决定被变更、撤销、确认违法或者无效，撤回公示', 'Withdrawn, since the decision was changed, revoked, confirmed illegal or void'],
  CORRECT_IMPORTED_DISCLOSURE: ['导入数据更正', 'Corrected by a later row of the import'],
  WITHDRAW_IMPORTED_DISCLOSURE: ['导入数据更正后依法不予公示，撤回公示', 'Withdrawn, since the later row of the import is not to be published'],
  REPUBLISH_IMPORTED_DISCLOSURE: ['导入数据更正后重新公示', 'Published again, since the later row of the import is to be published'],
  STOP_DISCLOSURE: ['信用修复，停止公示', 'Stopped, after credit repair'],
  RESTART_DISCLOSURE: ['恢复公示', 'Shown again, since the credit repair did not last'],
  DEFER_DISCLOSURE: ['暂缓公示', 'Deferred the publication'],
  REVIEW_DISCLOSURE_DEFERRAL: ['复核暂缓公示', 'Reviewed the deferral; it goes on'],
  LIFT_DISCLOSURE_DEFERRAL: ['解除暂缓公示', 'Lifted the deferral; what waited is published'],
});
export type DisclosureAct = CodeOf<typeof disclosureAct>;

export const disclosureDeferralStatus = codeList('DisclosureDeferralStatus', {
  RUNNING: ['暂缓中', 'Publication waits'],
  LIFTED: ['已解除', 'Lifted'],
});
export type DisclosureDeferralStatus = CodeOf<typeof disclosureDeferralStatus>;

export const secrecyReview = codeList('SecrecyReview', {
  CLEARED: ['可以公示', 'Nothing stands against publication'],
  REDACTED: ['处理后公示', 'Published without what was taken out'],
  WITHHELD: ['不予公示', 'Not published'],
});
export type SecrecyReview = CodeOf<typeof secrecyReview>;

/** Why something is taken out of a published decision, or all of it kept back (O45 arts. 5, 6). */
export const secrecyGround = codeList('SecrecyGround', {
  STATE_SECRET: ['国家秘密', 'State secret'],
  SAFETY: ['可能危及国家安全、公共安全、经济安全、社会稳定', 'Might endanger national, public or economic security or social stability'],
  TRADE_SECRET: ['商业秘密', 'Trade secret'],
  PERSONAL_DATA: ['个人信息', 'Personal data'],
});
export type SecrecyGround = CodeOf<typeof secrecyGround>;

/** Why a publication is withdrawn (O45 art. 11), or was none to begin with (O45 art. 2). */
export const withdrawalCause = codeList('WithdrawalCause', {
  CHANGED: ['决定被变更', 'The decision was changed'],
  REVOKED: ['决定被撤销', 'The decision was revoked'],
  CONFIRMED_ILLEGAL: ['决定被确认违法', 'The decision was confirmed illegal'],
  VOID: ['决定被确认无效', 'The decision is void'],
  NOT_TO_BE_DISCLOSED: ['依法不应公示', 'It was not to be published'],
});
export type WithdrawalCause = CodeOf<typeof withdrawalCause>;

/** Why a record is no longer shown, as the feed of what is gone tells it. */
export const disclosureEnd = codeList('DisclosureEnd', {
  EXPIRED: ['公示期满', 'The period is over'],
  WITHDRAWN: ['撤回', 'Withdrawn'],
  WITHHELD: ['不予公示', 'Withheld'],
  DEFERRED: ['暂缓公示', 'Deferred'],
  REPAIRED: ['信用修复', 'Credit repair'],
});
export type DisclosureEnd = CodeOf<typeof disclosureEnd>;

/** 双公示 The two layouts of the record in which penalty decisions are exchanged. */
export const exchangeLayout = codeList('ExchangeLayout', {
  CURRENT: ['现行数据项', 'The layout in use'],
  Y2016: ['2016年版数据项', 'The layout of 2016'],
});
export type ExchangeLayout = CodeOf<typeof exchangeLayout>;

export const penaltyImportState = codeList('PenaltyImportState', {
  WAITING: ['待处理', 'Stored; its rows are still to be read, or being read'],
  DONE: ['已处理', 'Every row was read'],
  FAILED: ['无法处理', 'The file cannot be read as a table of the record'],
});
export type PenaltyImportState = CodeOf<typeof penaltyImportState>;

export const penaltyRowOutcome = codeList('PenaltyRowOutcome', {
  CREATED: ['新增', 'A decision that was not there'],
  CORRECTED: ['更正', 'Another content than that of the last row with this number'],
  UNCHANGED: ['无变化', 'The same as is there already'],
  REFUSED: ['退回', 'Nothing of the row was taken'],
});
export type PenaltyRowOutcome = CodeOf<typeof penaltyRowOutcome>;

/** What a row of the record may break. Which of them refuse it is told with each fault. */
export const exchangeRule = codeList('ExchangeRule', {
  COLUMN_MISSING: ['缺少数据项', 'The file has no such column'],
  UNREADABLE: ['文件无法读取', 'The file is no table that can be read'],
  REQUIRED: ['必填项为空', 'Must not be empty'],
  LENGTH: ['超过参考长度', 'Longer than the length in use'],
  SIZE: ['超过系统上限', 'Longer than the hub takes'],
  CHECK_DIGIT: ['校验码错误', 'The check digit is wrong'],
  DATE: ['日期不存在', 'Not a day'],
  DATE_ORDER: ['日期先后错误', 'Before the day of the decision'],
  FUTURE: ['日期晚于当前日期', 'A decision of a day to come'],
  AMOUNT: ['金额错误', 'Not an amount in 万元 with at most six decimals'],
  AMOUNT_MISSING: ['缺少金额', 'The penalty named has no amount'],
  AMOUNT_OF_NOTHING: ['金额与处罚类别不符', 'An amount of a penalty that is not named'],
  PENALTY_KIND: ['处罚类别错误', 'No kind of penalty'],
  NOT_ITS_PENALTY: ['无权作出该处罚', 'A penalty that the authority may not impose'],
  PARTY_KIND: ['行政相对人类别错误', 'No kind of party'],
  CODE_OF_PERSON: ['自然人不应有单位代码', 'A natural person has no code of an organisation'],
  AUTHORITY: ['处罚机关不属于本单位或者下级', 'The authority is neither the agency that sends the file nor one below it'],
  LICENCE: ['缺少证照名称及编号', 'The licence that was suspended or revoked is not named'],
  DISCLOSURE_END: ['公示截止期与规定不符', 'Another last day of publication than the rules give'],
  DECIDED_HERE: ['决定由本系统案件产生', 'The decision comes of a case of the hub, which tells of it itself'],
});
export type ExchangeRule = CodeOf<typeof exchangeRule>;
