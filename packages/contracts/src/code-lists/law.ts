import { codeList, type Mark, type OfficerRole, type PeriodUnit } from '@casebridge/kernel';

type Labels<Code extends string> = Readonly<Record<Code, readonly [zh: string, en: string]>>;

const units: Labels<PeriodUnit> = {
  HOUR: ['小时', 'Hour'],
  CALENDAR_DAY: ['日历日', 'Calendar day'],
  WORKING_DAY: ['工作日', 'Working day'],
  MONTH: ['月', 'Month'],
  YEAR: ['年', 'Year'],
};
/** What a statutory period is counted in. */
export const periodUnit = codeList('PeriodUnit', units);

const marks: Labels<Mark> = {
  V: ['已核对原文', 'Verified: the text of the article was read'],
  P: ['据二手资料', 'Partly verified: a secondary source states it'],
  NV: ['未核实', 'Not verified: such a rule warns and never blocks'],
};
/** How far a rule of law was checked. */
export const verificationMark = codeList('VerificationMark', marks);

const roles: Labels<Uppercase<OfficerRole>> = {
  OFFICER: ['承办人员', 'Officer: reads and acts'],
  HEAD: ['负责人', 'Head: also approves'],
  REVIEWER: ['审核人员', 'Reviewer: reviews what others handled'],
  AUDITOR: ['审计人员', 'Auditor: reads audit only'],
  ANALYST: ['分析人员', 'Analyst: reads figures only'],
  SYSTEM: ['业务系统', 'System: a program with the scopes of its token'],
};
/** What an officer is; tokens and the registry file write the same words in lower case. */
export const officerRole = codeList('OfficerRole', roles);
