import type { DisclosureChannel } from '@casebridge/contracts';
import { type Deadline, defineClocks, dual2018, type HolidayCalendar, o45, startOfDay, type StatutoryClock } from '@casebridge/kernel';

/** Since when Order 45 is in force, and whether the start counts, was not read. */
const order45 = {
  unit: 'WORKING_DAY', startExclusive: true, rollOver: false, effectiveFrom: '2021-09-01', effectiveTo: null, mark: 'V', countingMark: 'P',
} as const;

/** Within how many working days a decision has to be shown, by each channel and in another province, and within how many to be withdrawn. */
export const publicationClocks = defineClocks({
  publishInEnterpriseCreditSystem: {
    ...order45, citation: o45(9), amount: 20, startEvent: 'PENALTY_DECIDED',
  },
  /** 双公示: the opening of the guidance was read; the days are told by it. */
  publishInCreditChina: {
    citation: dual2018('双公示', 'V'), amount: 7, unit: 'WORKING_DAY', startEvent: 'PENALTY_DECIDED', startExclusive: true, rollOver: false,
    effectiveFrom: '2018-07-01', effectiveTo: null, mark: 'V', countingMark: 'NV', // since when could not be checked at all
  },
  /** A party of another province: pushed there in ten working days, published there in ten more. */
  pushToProvinceOfRegistration: { ...order45, citation: o45(10), amount: 10, startEvent: 'PENALTY_DECIDED' },
  publishAfterPush: { ...order45, citation: o45(10), amount: 10, startEvent: 'RECORD_DISCLOSURE_PUSH' },
  /** From the day on which the decision was changed, revoked, confirmed illegal or found void. */
  withdrawPublication: { ...order45, citation: o45(11), amount: 3, startEvent: 'PENALTY_OVERTURNED' },
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
export const publicationDeadline = (channel: DisclosureChannel, decidedOn: string, calendar: HolidayCalendar): Deadline | null =>
  deadlineFrom(clockOf[channel], decidedOn, calendar);

/** Until when what is published has to be withdrawn; null for a cause older than the rule. */
export const withdrawalDeadline = (causeOn: string, calendar: HolidayCalendar): Deadline | null =>
  deadlineFrom(publicationClocks.withdrawPublication, causeOn, calendar);

function deadlineFrom(clock: StatutoryClock, day: string, calendar: HolidayCalendar): Deadline | null {
  return clock.rows.some((row) => row.effectiveFrom <= day) ? clock.dueAt(startOfDay(day), calendar) : null;
}

/** The push to the province in which a party is registered. */
export interface ProvincePush {
  readonly push: Deadline | null;
  /** Whether it came in time; null while it may still come. */
  readonly met: boolean | null;
  /** Until when the province has to show it; null before the push. */
  readonly publication: Deadline | null;
}

/**
 * What is owed to the province in which the party is registered, where that is another than the authority's. A credit code names the division in which it was
 * given (GB 32100, places 3 to 8), so a party that moved since may be told wrong: the clock informs, and blocks nothing.
 *
 * @returns null where both lie in one province, or the party is a person
 * @see O45 art. 10
 */
export function provincePush(
  { partyUscc, regionCode, decidedOn, pushedOn }: { readonly partyUscc: string | null; readonly regionCode: string; readonly decidedOn: string; readonly pushedOn: string | null },
  today: string, calendar: HolidayCalendar,
): ProvincePush | null {
  if (partyUscc === null || !/^\d{6}$/.test(regionCode) || partyUscc.slice(2, 4) === regionCode.slice(0, 2)) return null;
  const push = deadlineFrom(publicationClocks.pushToProvinceOfRegistration, decidedOn, calendar);
  return { push, met: metOn(push, pushedOn, today), publication: pushedOn === null ? null : deadlineFrom(publicationClocks.publishAfterPush, pushedOn, calendar) };
}

/** Whether what was due came in time: by its last day, or, where it has not come, null while that is not over. */
export function metOn(deadline: Deadline | null, doneOn: string | null, today: string): boolean | null {
  if (deadline?.lastDay == null) return null;
  if (doneOn !== null) return doneOn <= deadline.lastDay;
  return today > deadline.lastDay ? false : null;
}
