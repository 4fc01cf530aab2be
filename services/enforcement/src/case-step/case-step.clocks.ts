import { ael2011, all2017, apl2021, arl2023, defineClocks, proc } from '@casebridge/kernel';

/** 工作日 in the articles themselves, or by APL art. 85; the counting is that of PROC art. 80, since when was not read. */
const inWorkingDays = { unit: 'WORKING_DAY', startExclusive: true, rollOver: true, effectiveFrom: '2021-07-15', effectiveTo: null, mark: 'V', countingMark: 'P' } as const;

/** Calendar days and months; how they are counted is the general rule, and since when was not read. */
const inDays = { startExclusive: true, rollOver: true, effectiveTo: null, mark: 'V', countingMark: 'P' } as const;

/** Statutory clocks of the steps; that of the decision itself is `penaltyDecision`. */
export const caseStepClocks = defineClocks({
  /** Extendable; for how long the extension says itself. */
  caseReview: { ...inWorkingDays, citation: proc('49-55'), amount: 10, startEvent: 'SEND_CASE_FOR_REVIEW' },
  /** The party's: who lets it pass has waived statement and hearing. */
  noticeAnswer: { ...inWorkingDays, citation: proc('57'), amount: 5, startEvent: 'CASE_NOTICE_SERVED' },
  /** How long before the hearing the party is told of it. */
  hearingNotice: { ...inWorkingDays, citation: apl2021('64(2)'), amount: 7, startEvent: 'NOTIFY_HEARING' },
  /** After the demand, before the court is asked. */
  demandAnswer: { ...inWorkingDays, citation: proc('76'), amount: 10, startEvent: 'DEMAND_PERFORMANCE' },
  caseClosing: { ...inWorkingDays, citation: proc('77'), amount: 15, startEvent: 'CLOSING_GROUND' },
  /** Within which a decision may be fought. */
  reconsiderationApplication: { ...inDays, citation: arl2023('20'), amount: 60, unit: 'CALENDAR_DAY', effectiveFrom: '2024-01-01', startEvent: 'PENALTY_SERVED' },
  reconsiderationDecision: { ...inDays, citation: arl2023('62'), amount: 60, unit: 'CALENDAR_DAY', effectiveFrom: '2024-01-01', startEvent: 'RECORD_REMEDY' },
  litigationPeriod: { ...inDays, citation: all2017('46'), amount: 6, unit: 'MONTH', effectiveFrom: '2017-07-01', startEvent: 'PENALTY_SERVED', mark: 'NV', countingMark: 'NV' },
  /** From the day on which the decision can no longer be fought; as that day is not verified, it only warns. */
  courtApplication: { ...inDays, citation: ael2011('53'), amount: 3, unit: 'MONTH', effectiveFrom: '2012-01-01', startEvent: 'LITIGATION_PERIOD_ENDS' },
});
