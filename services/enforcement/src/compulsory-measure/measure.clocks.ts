import { ael2011, dal2019, defineClocks, proc } from '@casebridge/kernel';

/** How the days are counted is the general rule; since when was not read. */
const inDays = { unit: 'CALENDAR_DAY', startExclusive: true, rollOver: true, effectiveTo: null, mark: 'V', countingMark: 'P' } as const;

/** Statutory clocks of compulsory measures. */
export const measureClocks = defineClocks({
  /** Within which what is preserved is disposed of; otherwise the measure lapses. Working days by APL art. 85. */
  preservationDisposal: { ...inDays, unit: 'WORKING_DAY', citation: proc('35'), amount: 7, effectiveFrom: '2021-07-15', startEvent: 'ORDER_COMPULSORY_MEASURE' },
  seizurePeriod: { ...inDays, citation: ael2011('25'), amount: 30, effectiveFrom: '2012-01-01', startEvent: 'ORDER_COMPULSORY_MEASURE', suspendOn: ['SEND_SEIZED_GOODS_FOR_TEST'], countingMark: 'NV' },
  seizureExtension: { ...inDays, citation: ael2011('25'), amount: 30, effectiveFrom: '2012-01-01', startEvent: 'EXTEND_COMPULSORY_MEASURE', suspendOn: ['SEND_SEIZED_GOODS_FOR_TEST'], countingMark: 'NV' },
  /** The shorter periods of drugs; with a test, from its report. */
  drugSeizureDecision: { ...inDays, citation: dal2019('100(2)'), amount: 7, effectiveFrom: '2019-12-01', startEvent: 'ORDER_COMPULSORY_MEASURE' },
  drugDecisionAfterReport: { ...inDays, citation: dal2019('100(2)'), amount: 15, effectiveFrom: '2019-12-01', startEvent: 'RECORD_SEIZED_GOODS_REPORT' },
  urgentReport: {
    unit: 'HOUR', startExclusive: false, rollOver: false, citation: proc('33, 36'), amount: 24, effectiveFrom: '2021-07-15', effectiveTo: null, startEvent: 'TAKE_URGENT_MEASURE', mark: 'V', countingMark: 'P',
  },
});
