import { codeList, type CodeOf } from '@casebridge/kernel';

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
