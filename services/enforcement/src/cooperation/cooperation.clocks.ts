import { defineClocks, houseRule, insp2023, proc, suggestion2019 } from '@casebridge/kernel';

const days = { unit: 'WORKING_DAY', startExclusive: true, rollOver: true, suspendOn: [], effectiveTo: null } as const;
const house = { effectiveFrom: '2019-02-26', mark: 'NV', countingMark: 'NV' } as const;

/** 收到协助调查函之日起: the hub hands it over as it is sent. Since when was not read. */
export const cooperationClocks = defineClocks({
  assistance: { ...days, citation: proc('45'), amount: 15, startEvent: 'REQUEST_ASSISTANCE', effectiveFrom: '2021-07-15', mark: 'V', countingMark: 'P' },
  /** In an inspection of drugs that is urgent. */
  assistanceUrgent: { ...days, citation: insp2023('59'), amount: 7, startEvent: 'REQUEST_ASSISTANCE', effectiveFrom: '2021-05-24', mark: 'V', countingMark: 'P' },
  /** Agencies that the procedure of market regulation does not bind: reminded, no more. */
  assistanceElsewhere: { ...days, citation: houseRule('协助办理期限', 'NV'), amount: 15, startEvent: 'REQUEST_ASSISTANCE', effectiveFrom: '2021-07-15', mark: 'NV', countingMark: 'NV' },
  /** What is told before the period is over; the article sets no length, this is the longest that is taken. */
  assistanceExtension: { ...days, citation: proc('45', 'NV'), amount: 15, startEvent: 'ASSISTANCE_PERIOD_ENDS', effectiveFrom: '2021-07-15', mark: 'NV', countingMark: 'NV' },
  /** The longest period that is given; whoever orders it says how many days. */
  jointSupervision: { ...days, ...house, citation: houseRule('督办期限', 'NV'), amount: 120, startEvent: 'ORDER_JOINT_SUPERVISION' },
  jointSupervisionExtension: { ...days, ...house, citation: houseRule('督办期限', 'NV'), amount: 60, startEvent: 'JOINT_SUPERVISION_PERIOD_ENDS' },
  /** From the receipt of the sample. */
  testReport: { ...days, ...house, citation: houseRule('检验期限', 'NV'), amount: 25, startEvent: 'ACCEPT_TEST' },
  suggestionReply: { ...days, ...house, unit: 'MONTH', citation: suggestion2019('19'), amount: 2, startEvent: 'ISSUE_PROCURATORIAL_SUGGESTION' },
});
