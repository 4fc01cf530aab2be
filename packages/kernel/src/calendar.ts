import { addDays, compareDates, isWeekend, yearOf } from './civil-date';

/** Which days are worked, looked up by civil date. Versioned, because a notice may be amended after due dates were told. */
export interface HolidayCalendar {
  readonly version: string;
  /** Before this year and after `lastPublishedYear` only weekends are known, and what is counted there is provisional. */
  readonly firstPublishedYear: number;
  readonly lastPublishedYear: number;
  /** A weekday that is no holiday, or a weekend day that was swapped into a working day (调休上班). */
  isWorkingDay(date: string): boolean;
  /** A day off: a public holiday, a day off in lieu, or a weekend day that is not worked. Always the opposite of `isWorkingDay`. */
  isHoliday(date: string): boolean;
}

/** What one yearly notice of the State Council says. */
export interface CalendarYear {
  readonly year: number;
  readonly notice: string;
  /** First and last day off of each holiday, both included. */
  readonly daysOff: readonly (readonly [first: string, last: string])[];
  /** Weekend days that are worked. */
  readonly workedWeekends: readonly string[];
}

/** The yearly notices as published. National practice since 2008: each autumn, for the year that follows. */
export const stateCouncilYears: readonly CalendarYear[] = [
  {
    year: 2024,
    notice: '国务院办公厅关于2024年部分节假日安排的通知（国办发明电〔2023〕7号，2023-10-25）',
    daysOff: [
      ['2024-01-01', '2024-01-01'], // 元旦 New Year
      ['2024-02-10', '2024-02-17'], // 春节 Spring Festival
      ['2024-04-04', '2024-04-06'], // 清明节 Qingming
      ['2024-05-01', '2024-05-05'], // 劳动节 Labour Day
      ['2024-06-10', '2024-06-10'], // 端午节 Dragon Boat
      ['2024-09-15', '2024-09-17'], // 中秋节 Mid-Autumn
      ['2024-10-01', '2024-10-07'], // 国庆节 National Day
    ],
    workedWeekends: ['2024-02-04', '2024-02-18', '2024-04-07', '2024-04-28', '2024-05-11', '2024-09-14', '2024-09-29', '2024-10-12'],
  },
  {
    year: 2025,
    notice: '国务院办公厅关于2025年部分节假日安排的通知（国办发明电〔2024〕12号，2024-11-12）',
    daysOff: [
      ['2025-01-01', '2025-01-01'],
      ['2025-01-28', '2025-02-04'],
      ['2025-04-04', '2025-04-06'],
      ['2025-05-01', '2025-05-05'],
      ['2025-05-31', '2025-06-02'],
      ['2025-10-01', '2025-10-08'], // 国庆节 and 中秋节 together
    ],
    workedWeekends: ['2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11'],
  },
  {
    year: 2026,
    notice: '国务院办公厅关于2026年部分节假日安排的通知（2025-11-04）',
    daysOff: [
      ['2026-01-01', '2026-01-03'],
      ['2026-02-15', '2026-02-23'],
      ['2026-04-04', '2026-04-06'],
      ['2026-05-01', '2026-05-05'],
      ['2026-06-19', '2026-06-21'],
      ['2026-09-25', '2026-09-27'],
      ['2026-10-01', '2026-10-07'],
    ],
    workedWeekends: ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
  },
];

/**
 * A calendar from yearly notices.
 *
 * @param version - told with every due date that was counted with it
 * @param years - consecutive years, ascending
 * @throws RangeError when years are missing or out of order, a day lies outside its year, or a worked weekend is no weekend or also off
 */
export function createHolidayCalendar(version: string, years: readonly CalendarYear[]): HolidayCalendar {
  const first = years[0];
  const last = years.at(-1);
  if (!first || !last) throw new RangeError('A calendar needs at least one year');

  const off = new Set<string>();
  const worked = new Set<string>();
  for (const [index, { year, daysOff, workedWeekends }] of years.entries()) {
    if (year !== first.year + index) throw new RangeError(`Calendar years are not consecutive at ${year}`);
    const within = (date: string): string => {
      if (yearOf(date) !== year) throw new RangeError(`${date} is not in ${year}`);
      return date;
    };
    for (const [from, to] of daysOff) {
      if (compareDates(within(from), within(to)) > 0) throw new RangeError(`Holiday ends before it begins: ${from}`);
      for (let day = from; day <= to; day = addDays(day, 1)) off.add(day);
    }
    for (const date of workedWeekends) {
      if (!isWeekend(within(date)) || off.has(date)) throw new RangeError(`${date} is not a weekend day that is worked`);
      worked.add(date);
    }
  }

  const isWorkingDay = (date: string): boolean => worked.has(date) || (!off.has(date) && !isWeekend(date));
  return Object.freeze({
    version,
    firstPublishedYear: first.year,
    lastPublishedYear: last.year,
    isWorkingDay,
    isHoliday: (date: string) => !isWorkingDay(date),
  });
}

/** The national working-day calendar as far as it is published. */
export const stateCouncilCalendar: HolidayCalendar = createHolidayCalendar('CN-2024-2026.1', stateCouncilYears);
