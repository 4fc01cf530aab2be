import { codeList, type CodeOf } from '@casebridge/kernel';

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
