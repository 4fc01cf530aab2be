import { apl2021, defineClocks, proc } from '@casebridge/kernel';

/** 工作日 in the articles themselves, or by APL art. 85; the counting is that of PROC art. 80, since when was not read. */
const inWorkingDays = { unit: 'WORKING_DAY', startExclusive: true, rollOver: true, effectiveFrom: '2021-07-15', effectiveTo: null, mark: 'V', countingMark: 'P' } as const;

/** Statutory clocks of the steps before the decision; that of the decision itself is `penaltyDecision`. */
export const caseStepClocks = defineClocks({
  /** Extendable; for how long the extension says itself. */
  caseReview: { ...inWorkingDays, citation: proc('49-55'), amount: 10, startEvent: 'SEND_CASE_FOR_REVIEW' },
  /** The party's: who lets it pass has waived statement and hearing. */
  noticeAnswer: { ...inWorkingDays, citation: proc('57'), amount: 5, startEvent: 'CASE_NOTICE_SERVED' },
  /** How long before the hearing the party is told of it. */
  hearingNotice: { ...inWorkingDays, citation: apl2021('64(2)'), amount: 7, startEvent: 'NOTIFY_HEARING' },
});
