import type { HolidayCalendar } from './calendar';
import type { Citation, Mark } from './citation';
import { addDays, addMonths, civilDate, compareDates, daysBetween, isCivilDate, startOfDay, yearOf } from './civil-date';

/** What a period is counted in. "日" is not one thing: APL art. 85 makes it working days, CPL art. 105 calendar days. */
export type PeriodUnit = 'HOUR' | 'CALENDAR_DAY' | 'WORKING_DAY' | 'MONTH' | 'YEAR';

/** A statutory clock, as one instrument sets it for the days on which it is in force. */
export interface ClockRow {
  readonly citation: Citation;
  readonly amount: number;
  readonly unit: PeriodUnit;
  /** The event that starts it, as it is named in the timeline. */
  readonly startEvent: string;
  /** The day of the start does not count (CPL art. 105, 民法典 art. 201). An hour clock runs from the instant either way. */
  readonly startExclusive: boolean;
  /** A last day that is a day off moves to the first working day after it. */
  readonly rollOver: boolean;
  /** The events at which it waits. */
  readonly suspendOn: readonly string[];
  /** First and last day on which it is in force; a period follows the row in force when it starts. Null: until further notice. */
  readonly effectiveFrom: string;
  readonly effectiveTo: string | null;
  /** How far it was checked that the instrument sets this period. */
  readonly mark: Mark;
  /**
   * How far the way of counting was checked: what the unit means there, whether the start counts, what moves the last day, at what it waits and
   * since when. The weakest of these; where the instrument is silent the row holds an inference, which is no V.
   */
  readonly countingMark: Mark;
}

export type NamedClockRow = ClockRow & { readonly name: string };

/** A stretch in which a clock waited; `to` is when it ran on. */
export interface Suspension {
  readonly from: Date;
  readonly to: Date;
}

/** When something is due, and why. */
export interface Deadline {
  /** The first late instant: overdue is `now >= dueAt`. */
  readonly dueAt: Date;
  /** The last day that is in time, all of it; null for a clock in hours. */
  readonly lastDay: string | null;
  /** The count used days of a year whose calendar was not published. */
  readonly provisional: boolean;
  readonly rule: {
    readonly name: string;
    readonly citation: Citation;
    readonly amount: number;
    readonly unit: PeriodUnit;
    readonly mark: Mark;
  };
  readonly startedAt: Date;
  readonly suspensions: readonly Suspension[];
  readonly calendarVersion: string;
}

/** A deadline of which some of what it was counted with may not have been kept: null is unknown, not never or none. */
export type DeadlineAsKept = Omit<Deadline, 'suspensions' | 'calendarVersion'> & {
  readonly suspensions: Deadline['suspensions'] | null;
  readonly calendarVersion: string | null;
};

/** What is left of a period while it waits. */
export interface Remaining {
  readonly unit: 'MILLISECOND' | 'CALENDAR_DAY' | 'WORKING_DAY';
  /** Not counting the day on which it waits; 0 is the rest of that last day. */
  readonly amount: number;
}

/** Where a count stands: `nominal` is the last day before roll-over, which is where a resumed count goes on from. */
interface Count {
  readonly dueAt: Date;
  readonly nominal: string | null;
  readonly lastDay: string | null;
}

/**
 * The last civil date of a statutory period.
 *
 * Months and years end on the corresponding day, or on the last day of a month that has none (民法典 art. 202).
 *
 * @param row - the clock, in days, months or years
 * @param startedAt - the instant that starts the period, e.g. receipt of the notice
 * @param calendar - the working-day calendar in force
 * @param suspensions - when it waited, in order of time
 * @returns the due date as YYYY-MM-DD in China Standard Time; the whole of that day is still in time
 * @throws RangeError when the clock is in hours, or the suspensions overlap, run backwards or begin before the start
 * @see 刑事诉讼法(2018) art. 105; 民法典 arts. 200-204
 */
export function dueDate(row: ClockRow, startedAt: Date, calendar: HolidayCalendar, suspensions: readonly Suspension[] = []): string {
  const { lastDay } = count(row, startedAt, calendar, suspensions);
  if (lastDay === null) throw new RangeError('A clock in hours has no last day');
  return lastDay;
}

/**
 * When a statutory period is over, and why.
 *
 * @param row - the clock; `name` is told in the answer
 * @param startedAt - the instant that starts the period
 * @param calendar - the working-day calendar in force
 * @param suspensions - when it waited, in order of time; one that begins after the period is over changes nothing
 * @returns for hours the instant `amount` hours on, by the clock on the wall; for days 00:00 +08:00 after the last day
 * @throws RangeError when the suspensions overlap, run backwards or begin before the start
 */
export function dueAt(row: NamedClockRow, startedAt: Date, calendar: HolidayCalendar, suspensions: readonly Suspension[] = []): Deadline {
  const end = count(row, startedAt, calendar, suspensions);
  return {
    dueAt: end.dueAt,
    lastDay: end.lastDay,
    provisional: isProvisional(row, startedAt, end, calendar),
    rule: { name: row.name, citation: row.citation, amount: row.amount, unit: row.unit, mark: row.mark },
    startedAt,
    suspensions,
    calendarVersion: calendar.version,
  };
}

/** Whether it is too late. Without a running clock (null) nothing is overdue. */
export const isOverdue = (now: Date, due: Date | null): boolean => due !== null && now.getTime() >= due.getTime();

/**
 * What is left of a period at the instant at which it begins to wait.
 *
 * @param earlier - former suspensions, in order of time
 * @returns milliseconds for hours, working days for working days, calendar days otherwise; null when the period is over
 */
export function remaining(row: ClockRow, startedAt: Date, pausedAt: Date, calendar: HolidayCalendar, earlier: readonly Suspension[] = []): Remaining | null {
  const end = count(row, startedAt, calendar, [...earlier, { from: pausedAt, to: pausedAt }]);
  return isOverdue(pausedAt, end.dueAt) ? null : left(row, end, pausedAt, calendar);
}

function count(row: ClockRow, startedAt: Date, calendar: HolidayCalendar, suspensions: readonly Suspension[]): Count {
  let end = begin(row, startedAt, calendar);
  let earliest = startedAt;
  for (const { from, to } of suspensions) {
    if (!(from.getTime() >= earliest.getTime() && to.getTime() >= from.getTime())) {
      throw new RangeError('Suspensions must follow the start and one another');
    }
    earliest = to;
    if (!isOverdue(from, end.dueAt)) end = resume(row, left(row, end, from, calendar), to, calendar);
  }
  return end;
}

function begin(row: ClockRow, startedAt: Date, calendar: HolidayCalendar): Count {
  if (row.unit === 'HOUR') return inHours(startedAt, row.amount * 3_600_000);
  const start = civilDate(startedAt);
  switch (row.unit) {
    case 'CALENDAR_DAY':
      return inDays(row, addDays(start, row.startExclusive ? row.amount : row.amount - 1), calendar);
    case 'WORKING_DAY':
      return inDays(row, workingDaysAfter(row.startExclusive ? start : addDays(start, -1), row.amount, calendar), calendar);
    case 'MONTH':
      return inDays(row, lastOfMonths(start, row.amount, row.startExclusive), calendar);
    case 'YEAR':
      return inDays(row, lastOfMonths(start, row.amount * 12, row.startExclusive), calendar);
  }
}

/** Goes on with what was left. The day of resumption stands for the day of waiting, so a wait within one day changes nothing. */
function resume(row: ClockRow, rest: Remaining, resumedAt: Date, calendar: HolidayCalendar): Count {
  if (rest.unit === 'MILLISECOND') return inHours(resumedAt, rest.amount);
  const day = civilDate(resumedAt);
  return inDays(row, rest.unit === 'WORKING_DAY' ? workingDaysAfter(day, rest.amount, calendar) : addDays(day, rest.amount), calendar);
}

function left(row: ClockRow, end: Count, pausedAt: Date, calendar: HolidayCalendar): Remaining {
  if (end.nominal === null) return { unit: 'MILLISECOND', amount: end.dueAt.getTime() - pausedAt.getTime() };
  const day = civilDate(pausedAt);
  if (row.unit !== 'WORKING_DAY') return { unit: 'CALENDAR_DAY', amount: Math.max(0, daysBetween(day, end.nominal)) };
  let amount = 0;
  for (let next = addDays(day, 1); next <= end.nominal; next = addDays(next, 1)) if (calendar.isWorkingDay(next)) amount += 1;
  return { unit: 'WORKING_DAY', amount };
}

const inHours = (from: Date, milliseconds: number): Count => ({ dueAt: new Date(from.getTime() + milliseconds), nominal: null, lastDay: null });

function inDays(row: ClockRow, nominal: string, calendar: HolidayCalendar): Count {
  const lastDay = row.rollOver ? workingDaysAfter(nominal, 0, calendar) : nominal;
  return { dueAt: startOfDay(addDays(lastDay, 1)), nominal, lastDay };
}

/** The `n`th working day after a day; for 0 the day itself, or the first working day after it when it is a day off. */
function workingDaysAfter(date: string, n: number, calendar: HolidayCalendar): string {
  let day = date;
  if (n === 0) while (!calendar.isWorkingDay(day)) day = addDays(day, 1);
  for (let counted = 0; counted < n; ) {
    day = addDays(day, 1);
    if (calendar.isWorkingDay(day)) counted += 1;
  }
  return day;
}

/** When the first day counts, the period ends the day before the corresponding day, unless the month has none and ends it anyway. */
function lastOfMonths(start: string, months: number, startExclusive: boolean): string {
  const corresponding = addMonths(start, months);
  const exists = corresponding.slice(8) === start.slice(8);
  return startExclusive || !exists ? corresponding : addDays(corresponding, -1);
}

function isProvisional(row: ClockRow, startedAt: Date, end: Count, calendar: HolidayCalendar): boolean {
  if (end.nominal === null || end.lastDay === null) return false;
  if (row.unit !== 'WORKING_DAY' && !row.rollOver) return false;
  const first = row.unit === 'WORKING_DAY' ? civilDate(startedAt) : end.nominal;
  return yearOf(first) < calendar.firstPublishedYear || yearOf(end.lastDay) > calendar.lastPublishedYear;
}

/** A clock by name, with every version of its row. */
export interface StatutoryClock {
  readonly name: string;
  readonly rows: readonly NamedClockRow[];
  /**
   * The row in force on the day of an instant.
   *
   * @throws RangeError when none is in force
   */
  rowAt(instant: Date): NamedClockRow;
  /** `dueDate` by the row in force at the start. */
  dueDate(startedAt: Date, calendar: HolidayCalendar, suspensions?: readonly Suspension[]): string;
  /** `dueAt` by the row in force at the start. */
  dueAt(startedAt: Date, calendar: HolidayCalendar, suspensions?: readonly Suspension[]): Deadline;
  /** `remaining` by the row in force at the start. */
  remaining(startedAt: Date, pausedAt: Date, calendar: HolidayCalendar, earlier?: readonly Suspension[]): Remaining | null;
}

/** A row as it is written; most clocks never wait, and the counting is as well known as the period unless something else is said. */
export type ClockRowInput = Omit<ClockRow, 'suspendOn' | 'countingMark'> & { readonly suspendOn?: readonly string[]; readonly countingMark?: Mark };

/**
 * Defines clocks as data: a name → its row, or its rows in the order in which they came into force.
 *
 * @throws RangeError when an amount is not a positive integer, a clock in hours rolls over, or rows overlap in time
 */
export function defineClocks<Name extends string>(definitions: { readonly [N in Name]: ClockRowInput | readonly ClockRowInput[] }): {
  readonly [N in Name]: StatutoryClock;
} {
  const clocks = {} as { [N in Name]: StatutoryClock };
  for (const name of Object.keys(definitions) as Name[]) {
    const written: readonly ClockRowInput[] = [definitions[name]].flat();
    clocks[name] = statutoryClock(
      name,
      written.map((row) => Object.freeze({ ...row, suspendOn: row.suspendOn ?? [], countingMark: row.countingMark ?? row.mark, name })),
    );
  }
  return Object.freeze(clocks);
}

function statutoryClock(name: string, rows: readonly NamedClockRow[]): StatutoryClock {
  if (rows.length === 0) throw new RangeError(`Clock ${name} has no row`);
  for (const [index, row] of rows.entries()) {
    if (!Number.isSafeInteger(row.amount) || row.amount < 1) throw new RangeError(`Clock ${name}: the amount must be a positive integer`);
    if (row.unit === 'HOUR' && row.rollOver) throw new RangeError(`Clock ${name}: hours do not roll over`);
    if (!isCivilDate(row.effectiveFrom)) throw new RangeError(`Clock ${name} begins on no day: ${row.effectiveFrom}`);
    if (row.effectiveTo !== null && compareDates(row.effectiveFrom, row.effectiveTo) > 0) throw new RangeError(`Clock ${name} ends before it begins`);
    const before = rows[index - 1];
    if (before && (before.effectiveTo === null || compareDates(before.effectiveTo, row.effectiveFrom) >= 0)) {
      throw new RangeError(`Clock ${name}: rows overlap on ${row.effectiveFrom}`);
    }
  }

  const rowAt = (instant: Date): NamedClockRow => {
    const day = civilDate(instant);
    const found = rows.find((row) => row.effectiveFrom <= day && (row.effectiveTo === null || day <= row.effectiveTo));
    if (!found) throw new RangeError(`Clock ${name} is not in force on ${day}`);
    return found;
  };

  return Object.freeze({
    name,
    rows,
    rowAt,
    dueDate: (startedAt: Date, calendar: HolidayCalendar, suspensions: readonly Suspension[] = []) => dueDate(rowAt(startedAt), startedAt, calendar, suspensions),
    dueAt: (startedAt: Date, calendar: HolidayCalendar, suspensions: readonly Suspension[] = []) => dueAt(rowAt(startedAt), startedAt, calendar, suspensions),
    remaining: (startedAt: Date, pausedAt: Date, calendar: HolidayCalendar, earlier: readonly Suspension[] = []) =>
      remaining(rowAt(startedAt), startedAt, pausedAt, calendar, earlier),
  });
}
