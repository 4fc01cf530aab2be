import { defineClocks, o107 } from '@casebridge/kernel';

/** Order 107 came into force on this day; nothing was applied for under it before. */
export const repairSince = '2025-12-25';

/** Whether the start counts and what moves a last day was not read in Order 107. */
const order107 = { startExclusive: true, rollOver: false, effectiveFrom: repairSince, effectiveTo: null, mark: 'V', countingMark: 'P' } as const;
const workingDays = { ...order107, unit: 'WORKING_DAY' } as const;

/** Statutory clocks of credit repair. */
export const repairClocks = defineClocks({
  /** 受理 From the application, and anew from the day on which what was missing came. */
  repairAcceptance: { ...workingDays, citation: o107('14'), amount: 2, startEvent: 'APPLY_FOR_CREDIT_REPAIR' },
  repairDecision: { ...workingDays, citation: o107('16'), amount: 7, startEvent: 'ACCEPT_REPAIR_APPLICATION' },
  /** Ten more, counted from the last of the seven. */
  repairExtension: { ...workingDays, citation: o107('16'), amount: 10, startEvent: 'EXTEND_REPAIR_DECISION' },
  temporaryRepair: { ...workingDays, citation: o107('22'), amount: 7, startEvent: 'ACCEPT_REPAIR_APPLICATION' },
  repairExecution: { ...workingDays, citation: o107('17'), amount: 3, startEvent: 'GRANT_CREDIT_REPAIR' },
  repairNotification: { ...workingDays, citation: o107('4'), amount: 3, startEvent: 'EXECUTE_CREDIT_REPAIR' },
  /** How long a record is shown at least, from its publication. */
  earliestRepairGeneral: { ...order107, unit: 'MONTH', citation: o107('7-9'), amount: 3, startEvent: 'PENALTY_PUBLISHED' },
  earliestRepairSerious: { ...order107, unit: 'YEAR', citation: o107('7-9'), amount: 1, startEvent: 'PENALTY_PUBLISHED' },
  /** How long a revocation is shown, and no application is accepted. */
  repairRevocation: { ...order107, unit: 'YEAR', citation: o107('23'), amount: 3, startEvent: 'REVOKE_CREDIT_REPAIR' },
});

export type RepairClockName = keyof typeof repairClocks;
