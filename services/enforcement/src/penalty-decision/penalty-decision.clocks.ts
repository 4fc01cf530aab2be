import { apl2021, defineClocks, proc } from '@casebridge/kernel';

const inForce = { effectiveFrom: '2021-07-15', effectiveTo: null, mark: 'V' } as const;

/** Statutory clocks of the decision, as rows; 日 of up to seven days are working days (APL art. 85), longer periods calendar days. */
export const penaltyClocks = defineClocks({
  /** Extensions and what does not count (tests, hearings, public notice, transfer) are not kept here, so it only warns. */
  penaltyDecision: {
    ...inForce, citation: proc('64'), amount: 90, unit: 'CALENDAR_DAY', startEvent: 'CASE_FILED', startExclusive: true, rollOver: true,
    suspendOn: ['PENDING_CRIMINAL'],
  },
  decisionService: {
    ...inForce, citation: apl2021('61'), amount: 7, unit: 'WORKING_DAY', startEvent: 'PENALTY_DECIDED', startExclusive: true, rollOver: true,
  },
  finePayment: {
    ...inForce, citation: apl2021('67'), amount: 15, unit: 'CALENDAR_DAY', startEvent: 'PENALTY_SERVED', startExclusive: true, rollOver: true,
  },
});
