import { defineClocks, houseRule, insp2023, proc } from '@casebridge/kernel';

const days = { unit: 'WORKING_DAY', startExclusive: true, rollOver: true, suspendOn: [], effectiveTo: null } as const;

/** 收到协助调查函之日起: the hub hands it over as it is sent. Since when was not read. */
export const cooperationClocks = defineClocks({
  assistance: { ...days, citation: proc('45'), amount: 15, startEvent: 'REQUEST_ASSISTANCE', effectiveFrom: '2021-07-15', mark: 'V', countingMark: 'P' },
  /** In an inspection of drugs that is urgent. */
  assistanceUrgent: { ...days, citation: insp2023('59'), amount: 7, startEvent: 'REQUEST_ASSISTANCE', effectiveFrom: '2021-05-24', mark: 'V', countingMark: 'P' },
  /** Agencies that the procedure of market regulation does not bind: reminded, no more. */
  assistanceElsewhere: { ...days, citation: houseRule('协助办理期限', 'NV'), amount: 15, startEvent: 'REQUEST_ASSISTANCE', effectiveFrom: '2021-07-15', mark: 'NV', countingMark: 'NV' },
  /** What is told before the period is over; the article sets no length, this is the longest that is taken. */
  assistanceExtension: { ...days, citation: proc('45', 'NV'), amount: 15, startEvent: 'ASSISTANCE_PERIOD_ENDS', effectiveFrom: '2021-07-15', mark: 'NV', countingMark: 'NV' },
});
