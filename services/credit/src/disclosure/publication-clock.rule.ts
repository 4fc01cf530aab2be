import type { DisclosureChannel } from '@casebridge/contracts';
import { defineClocks, dual2018, type HolidayCalendar, o45, startOfDay, type StatutoryClock } from '@casebridge/kernel';

/** Within how many working days of the decision each channel has to show it. */
const publicationClocks = defineClocks({
  publishInEnterpriseCreditSystem: {
    citation: o45(9), amount: 20, unit: 'WORKING_DAY', startEvent: 'penalty-decided', startExclusive: true, rollOver: false,
    effectiveFrom: '2021-09-01', effectiveTo: null, mark: 'V',
  },
  /** 双公示: the opening of the guidance was read; the days are told by it. */
  publishInCreditChina: {
    citation: dual2018('双公示', 'V'), amount: 7, unit: 'WORKING_DAY', startEvent: 'penalty-decided', startExclusive: true, rollOver: false,
    effectiveFrom: '2018-07-01', effectiveTo: null, mark: 'V',
  },
});

const clockOf: Readonly<Record<DisclosureChannel, StatutoryClock>> = {
  ENTERPRISE_CREDIT_SYSTEM: publicationClocks.publishInEnterpriseCreditSystem,
  CREDIT_CHINA: publicationClocks.publishInCreditChina,
};

/**
 * The last day on which a channel shows a decision in time.
 *
 * @param decidedOn - civil day of the decision
 * @returns the day as YYYY-MM-DD; null for a decision older than the rule
 * @see O45 art. 9; 发改办财金〔2018〕424号
 */
export function publicationDueOn(channel: DisclosureChannel, decidedOn: string, calendar: HolidayCalendar): string | null {
  const clock = clockOf[channel];
  return clock.rows.some((row) => row.effectiveFrom <= decidedOn) ? clock.dueDate(startOfDay(decidedOn), calendar) : null;
}
