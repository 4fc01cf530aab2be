import { excludedTimeKind } from '@casebridge/contracts';
import { apl2021, defineClocks, proc } from '@casebridge/kernel';

/** The counting is that of PROC art. 80 and, for what is working days, APL art. 85; since when was not read. */
const inForce = { effectiveFrom: '2021-07-15', effectiveTo: null, mark: 'V', countingMark: 'P' } as const;

/** Statutory clocks of the decision, as rows; 日 of up to seven days are working days (APL art. 85), longer periods calendar days. */
export const penaltyClocks = defineClocks({
  /** That it waits for the criminal proceedings is read in part: PROC arts. 46(1)(1), 64(2) know a case that depends on another, M41 art. 14 was not read. */
  penaltyDecision: {
    ...inForce, citation: proc('64'), amount: 90, unit: 'CALENDAR_DAY', startEvent: 'CASE_FILED', startExclusive: true, rollOver: true,
    suspendOn: [...excludedTimeKind.codes, 'PENDING_CRIMINAL'],
  },
  /** By the head; what is decided collectively after it states its own period (`statedPeriod`). */
  decisionExtension: {
    ...inForce, citation: proc('64'), amount: 30, unit: 'CALENDAR_DAY', startEvent: 'DECISION_PERIOD_ENDS', startExclusive: true, rollOver: true,
    suspendOn: [...excludedTimeKind.codes, 'PENDING_CRIMINAL'],
  },
  decisionService: {
    ...inForce, citation: apl2021('61'), amount: 7, unit: 'WORKING_DAY', startEvent: 'PENALTY_DECIDED', startExclusive: true, rollOver: true,
  },
  /** APL art. 85 makes working days of two, three, five and seven days; that fifteen are calendar days is the reverse of it. */
  finePayment: {
    ...inForce, citation: apl2021('67'), amount: 15, unit: 'CALENDAR_DAY', startEvent: 'PENALTY_SERVED', startExclusive: true, rollOver: true,
  },
});
