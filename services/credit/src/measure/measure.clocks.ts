import { defineClocks, houseRule } from '@casebridge/kernel';

/** No article that was read says until when an executor answers. */
export const measureClocks = defineClocks({
  measureFeedback: {
    citation: houseRule('联合惩戒反馈', 'NV'), amount: 20, unit: 'WORKING_DAY', startEvent: 'ORDER_JOINT_MEASURE', startExclusive: true, rollOver: false,
    effectiveFrom: '2021-09-01', effectiveTo: null, mark: 'NV', countingMark: 'NV',
  },
});
