import { defineClocks, proc } from '@casebridge/kernel';

/** 自发现线索或者收到材料之日起: the day itself does not count (PROC art. 80); since when was not read. */
const review = {
  citation: proc('18'), amount: 15, unit: 'WORKING_DAY', startExclusive: true, rollOver: true, suspendOn: ['SEND_CLUE_FOR_TESTING'], effectiveFrom: '2021-07-15',
  effectiveTo: null, mark: 'V', countingMark: 'P',
} as const;

/** Within which it is decided whether a case is filed; the extension, which the head approves, counts from the last day of the period that it extends. */
export const clueClocks = defineClocks({
  clueReview: { ...review, startEvent: 'RECORD_CLUE' },
  clueReviewExtension: { ...review, startEvent: 'CLUE_REVIEW_ENDS' },
});
