import { defineClocks, o121, o20, proc } from '@casebridge/kernel';

const workingDays = (amount: number) => ({ amount, unit: 'WORKING_DAY', startExclusive: true, rollOver: true }) as const;
const firstDay = '2026-04-15'; // O121 in force, O20 repealed
const lastDay = '2026-04-14';

/** Limits of complaints (投诉) and reports (举报). Day counting: 市场监督管理投诉举报处理办法 art. 45. */
export const complaintClocks = defineClocks({
  /** 是否受理 accept or refuse a complaint; the former rule is from memory. */
  acceptance: [
    { citation: o20(14, 'NV'), ...workingDays(7), startEvent: 'COMPLAINT_RECEIVED', effectiveFrom: '2020-01-01', effectiveTo: lastDay, mark: 'NV' },
    { citation: o121(15), ...workingDays(7), startEvent: 'COMPLAINT_RECEIVED', effectiveFrom: firstDay, effectiveTo: null, mark: 'V' },
  ],
  /** 调解 mediation ends when nothing was agreed; time for tests does not count. */
  mediation: [
    {
      citation: o20(21, 'NV'), ...workingDays(45), startEvent: 'COMPLAINT_ACCEPTED', suspendOn: ['TEST_STARTED'], effectiveFrom: '2020-01-01', effectiveTo: lastDay,
      mark: 'NV',
    },
    {
      citation: o121('23(1)(5)'), amount: 60, unit: 'CALENDAR_DAY', startExclusive: true, rollOver: true, startEvent: 'COMPLAINT_ACCEPTED',
      suspendOn: ['TEST_STARTED'], effectiveFrom: firstDay, effectiveTo: null, mark: 'V',
    },
  ],
  /** 核查 check a report and decide on filing; time for tests does not count. */
  reportCheck: {
    citation: proc(18), ...workingDays(15), startEvent: 'REPORT_RECEIVED', suspendOn: ['TEST_STARTED'], effectiveFrom: '2021-07-15', effectiveTo: null, mark: 'V',
    countingMark: 'P', // the day from which art. 18 is in force was not read
  },
});
