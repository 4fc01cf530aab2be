import type { DisclosureChannel } from '@casebridge/contracts';
import { type Deadline, defineClocks, dual2018, type HolidayCalendar, o45, startOfDay, type StatutoryClock } from '@casebridge/kernel';

/** Within how many working days of the decision each channel has to show it. */
export const publicationClocks = defineClocks({
  publishInEnterpriseCreditSystem: {
    citation: o45(9), amount: 20, unit: 'WORKING_DAY', startEvent: 'PENALTY_DECIDED', startExclusive: true, rollOver: false,
    effectiveFrom: '2021-09-01', effectiveTo: null, mark: 'V', countingMark: 'P', // since when, and whether the start counts, was not read
  },
  /** 双公示: the opening of the guidance was read; the days are told by it. */
  publishInCreditChina: {
    citation: dual2018('双公示', 'V'), amount: 7, unit: 'WORKING_DAY', startEvent: 'PENALTY_DECIDED', startExclusive: true, rollOver: false,
    effectiveFrom: '2018-07-01', effectiveTo: null, mark: 'V', countingMark: 'NV', // since when could not be checked at all
  },
});

const clockOf: Readonly<Record<DisclosureChannel, StatutoryClock>> = {
  ENTERPRISE_CREDIT_SYSTEM: publicationClocks.publishInEnterpriseCreditSystem,
  CREDIT_CHINA: publicationClocks.publishInCreditChina,
};

/**
 * Until when a channel has to show a decision, and why.
 *
 * @param decidedOn - civil day of the decision
 * @returns null for a decision older than the rule
 * @see O45 art. 9; 发改办财金〔2018〕424号
 */
export function publicationDeadline(channel: DisclosureChannel, decidedOn: string, calendar: HolidayCalendar): Deadline | null {
  const clock = clockOf[channel];
  return clock.rows.some((row) => row.effectiveFrom <= decidedOn) ? clock.dueAt(startOfDay(decidedOn), calendar) : null;
}
