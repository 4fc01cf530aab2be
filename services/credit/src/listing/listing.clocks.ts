import { defineClocks, o107, o44, proc } from '@casebridge/kernel';

/** Whether the start counts and what moves a last day was not read in these instruments; since when Order 44 is in force was not either. */
const workingDays = { unit: 'WORKING_DAY', startExclusive: true, rollOver: false, mark: 'V', countingMark: 'P' } as const;
const years = { unit: 'YEAR', startExclusive: true, rollOver: false, mark: 'V', countingMark: 'P' } as const;
const order44 = { effectiveFrom: '2021-09-01', effectiveTo: '2025-12-24' } as const;
const order107 = { effectiveFrom: '2025-12-25', effectiveTo: null } as const;

/** Statutory clocks of the serious-dishonesty list. Where Order 107 replaced a period of Order 44, the old row stays for what began under it. */
export const listingClocks = defineClocks({
  /** 陈述、申辩、要求听证 The party's own time: the notice goes with that of the penalty (O44 art. 13). */
  listingStatement: { ...workingDays, citation: proc('57'), amount: 5, startEvent: 'SERVE_LISTING_NOTICE', effectiveFrom: '2021-07-15', effectiveTo: null },
  listingPublication: { ...workingDays, citation: o44('14'), amount: 20, startEvent: 'DECIDE_LISTING', effectiveFrom: '2021-09-01', effectiveTo: null },
  /** How long an entry stands, and how long at least: from the publication. */
  listingPeriod: [
    { ...years, ...order44, citation: o44('21'), amount: 3, startEvent: 'PUBLISH_LISTING' },
    { ...years, ...order107, citation: o107('13'), amount: 3, startEvent: 'PUBLISH_LISTING' },
  ],
  earliestExit: [
    { ...years, ...order44, citation: o44('16'), amount: 1, startEvent: 'PUBLISH_LISTING' },
    { ...years, ...order107, citation: o107('13'), amount: 1, startEvent: 'PUBLISH_LISTING' },
  ],
  exitAcceptance: { ...workingDays, ...order107, citation: o107('14'), amount: 2, startEvent: 'APPLY_FOR_EARLY_EXIT' },
  exitDecision: [
    { ...workingDays, ...order44, citation: o44('17'), amount: 15, startEvent: 'ACCEPT_EARLY_EXIT' },
    { ...workingDays, ...order107, citation: o107('16'), amount: 7, startEvent: 'ACCEPT_EARLY_EXIT' },
  ],
  /** Ten more, counted from the last of the seven. */
  exitExtension: { ...workingDays, ...order107, citation: o107('16'), amount: 10, startEvent: 'EXTEND_EARLY_EXIT' },
  exitExecution: { ...workingDays, ...order107, citation: o107('17'), amount: 3, startEvent: 'APPROVE_EARLY_EXIT' },
  /** From the day on which the penalty decision was revoked. */
  listingRevocation: { ...workingDays, citation: o44('19'), amount: 3, startEvent: 'PENALTY_DECISION_REVOKED', effectiveFrom: '2021-09-01', effectiveTo: null },
});

export type ListingClockName = keyof typeof listingClocks;
