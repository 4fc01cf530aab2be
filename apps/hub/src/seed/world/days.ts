import { addDays, startOfDay, stateCouncilCalendar } from '@casebridge/kernel';
import type { Random } from './random';

const firstDay = '2015-01-01';
const lastDay = '2049-12-31';
const dayMs = 86_400_000;
const firstMs = startOfDay(firstDay).getTime();

/** Days as numbers from 2015-01-01 on: the world is made of millions of them, and text is slow to count with. */
const texts: string[] = [];
for (let day = firstDay; day <= lastDay; day = addDays(day, 1)) texts.push(day);
const working: readonly boolean[] = texts.map((day) => stateCouncilCalendar.isWorkingDay(day));
const numbers: ReadonlyMap<string, number> = new Map(texts.map((day, i) => [day, i]));

export function dayNumber(day: string): number {
  const found = numbers.get(day);
  if (found === undefined) throw new RangeError(`Outside the demo world: ${day}`);
  return found;
}

export function dayText(number: number): string {
  const found = texts[number];
  if (found === undefined) throw new RangeError(`Outside the demo world: day ${number}`);
  return found;
}

/** The day on which an instant falls in China. */
export const dayOf = (ms: number): number => Math.floor((ms - firstMs) / dayMs);
export const isWorking = (day: number): boolean => working[day] === true;

/** The day itself, or the first working day after it. */
export function workingFrom(day: number): number {
  let found = day;
  while (!isWorking(found)) found += 1;
  return found;
}

/** The day itself, or the last working day before it. */
export function workingBy(day: number): number {
  let found = day;
  while (!isWorking(found)) found -= 1;
  return found;
}

/** The working day `n` working days later. */
export function workingDaysLater(day: number, n: number): number {
  let found = day;
  for (let counted = 0; counted < n; ) {
    found += 1;
    if (isWorking(found)) counted += 1;
  }
  return found;
}

const openMinute = 8 * 60 + 30;
const officeMinutes = 9 * 60;

/** An instant within office hours of a day, to the millisecond. */
export const officeTime = (day: number, random: Random): number =>
  firstMs + day * dayMs + Math.floor((openMinute + random.next() * officeMinutes) * 60_000);

/** The same at a share (0 to below 1) of the office hours. */
const officeTimeAt = (day: number, share: number): number => firstMs + day * dayMs + Math.floor((openMinute + share * officeMinutes) * 60_000);

/** An instant moved into waking hours (8 to 20): forward to the next morning where it lies outside. */
export function byDaylight(ms: number, random: Random): number {
  const hour = ((ms - firstMs) % dayMs) / 3_600_000;
  if (hour >= 8 && hour < 20) return ms;
  return firstMs + (dayOf(ms) + (hour >= 20 ? 1 : 0)) * dayMs + Math.floor((9 + random.next()) * 3_600_000);
}

/** Office hours of a stretch of days as one line: equal shares of it are equal shares of working time, and later shares are later instants. */
export class WorkingLine {
  private readonly days: readonly number[];

  constructor(from: number, through: number) {
    const days: number[] = [];
    for (let day = from; day <= through; day += 1) if (isWorking(day)) days.push(day);
    this.days = days;
  }

  /** @param share - from 0, below 1 */
  at(share: number): number {
    const position = share * this.days.length;
    const index = Math.min(this.days.length - 1, Math.floor(position));
    return officeTimeAt(this.days[index]!, position - index);
  }
}
