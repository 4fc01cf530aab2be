/**
 * Civil dates: days as `YYYY-MM-DD` text in China Standard Time (+08:00, no summer time).
 *
 * Text of this shape orders as the days do, so `<` and `===` on two civil dates mean what they say.
 */

const offsetMs = 8 * 60 * 60 * 1000;
const dayMs = 24 * 60 * 60 * 1000;
const pattern = /^\d{4}-\d{2}-\d{2}$/;

/** Whether a text is a day that exists, in the form `YYYY-MM-DD`, from 0001-01-01 to 9999-12-31. */
export function isCivilDate(value: unknown): value is string {
  if (typeof value !== 'string' || !pattern.test(value) || value < '0001') return false;
  const month = Number(value.slice(5, 7));
  const day = Number(value.slice(8));
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(Number(value.slice(0, 4)), month);
}

/**
 * The day on which an instant falls in China.
 *
 * @throws RangeError when the instant is invalid or outside the years 0001 to 9999
 */
export function civilDate(instant: Date): string {
  const shifted = instant.getTime() + offsetMs;
  if (Number.isNaN(shifted)) throw new RangeError('Invalid instant');
  return fromEpochDay(Math.floor(shifted / dayMs));
}

/** The first instant of a day: 00:00 +08:00. The first instant that is late for a period is that of the day after its last. */
export const startOfDay = (date: string): Date => new Date(epochDay(date) * dayMs - offsetMs);

/** The day `days` after (before, when negative) a day. */
export const addDays = (date: string, days: number): string => fromEpochDay(epochDay(date) + integer(days));

/**
 * The corresponding day `months` months on (back, when negative); the last day of that month where it has no such day.
 *
 * @see 民法典 art. 202: 到期月的对应日为期间的最后一日；没有对应日的，月末日为期间的最后一日
 */
export function addMonths(date: string, months: number): string {
  assertCivilDate(date);
  const total = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + integer(months);
  const year = Math.floor(total / 12);
  const month = total - year * 12 + 1;
  return format(year, month, Math.min(Number(date.slice(8)), daysInMonth(year, month)));
}

/** The corresponding day `years` years on; 29 February gives 28 February where the year has none. */
export const addYears = (date: string, years: number): string => addMonths(date, integer(years) * 12);

/** How many days after `from` the day `to` is; negative when it is before. */
export const daysBetween = (from: string, to: string): number => epochDay(to) - epochDay(from);

/** -1, 0 or 1, for sorting. */
export function compareDates(a: string, b: string): -1 | 0 | 1 {
  assertCivilDate(a);
  assertCivilDate(b);
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The earliest of some days. */
export const earliest = (first: string, ...rest: readonly string[]): string => rest.reduce((a, b) => (compareDates(a, b) <= 0 ? a : b), first);

/** The latest of some days. */
export const latest = (first: string, ...rest: readonly string[]): string => rest.reduce((a, b) => (compareDates(a, b) >= 0 ? a : b), first);

/** Day of the week as ISO 8601 counts it: 1 is Monday, 7 is Sunday. */
export const dayOfWeek = (date: string): number => ((((epochDay(date) + 3) % 7) + 7) % 7) + 1;

/** Whether a day is a Saturday or a Sunday, which says nothing about swapped working days. */
export const isWeekend = (date: string): boolean => dayOfWeek(date) > 5;

/** The calendar year of a day. */
export function yearOf(date: string): number {
  assertCivilDate(date);
  return Number(date.slice(0, 4));
}

function epochDay(date: string): number {
  assertCivilDate(date);
  return Date.parse(`${date}T00:00:00Z`) / dayMs;
}

function fromEpochDay(day: number): string {
  const instant = new Date(day * dayMs);
  if (Number.isNaN(instant.getTime())) throw new RangeError('Outside the years 0001 to 9999');
  return format(instant.getUTCFullYear(), instant.getUTCMonth() + 1, instant.getUTCDate());
}

function format(year: number, month: number, day: number): string {
  if (year < 1 || year > 9999) throw new RangeError('Outside the years 0001 to 9999');
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function integer(value: number): number {
  if (!Number.isSafeInteger(value)) throw new RangeError(`Not a whole number: ${value}`);
  return value;
}

function assertCivilDate(date: string): void {
  if (!isCivilDate(date)) throw new RangeError(`Not a civil date: ${date}`);
}
