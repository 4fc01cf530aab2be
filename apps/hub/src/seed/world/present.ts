import { civilDate, compareDates, startOfDay, yearOf } from '@casebridge/kernel';
import { dayNumber, isWorking } from './days';

/** Days on which a demo world can stand still: the law that it applies is in force, and its tables of days reach far enough around them. */
export const firstPresent = '2026-01-01';
export const lastPresent = '2045-12-31';

const hourMs = 3_600_000;
/** Nothing of the world is recorded after this hour of its last day. */
const closingHour = 18;

/** The day on which a demo world stands still; everything in it is counted from there. */
export interface Present {
  /** YYYY-MM-DD in China. */
  readonly day: string;
  /** The day as a number of the world. */
  readonly number: number;
  /** Whatever is recorded has been recorded by this instant. */
  readonly now: Date;
  /** The last year that was over, or nearly, on that day: what was founded, approved or licensed, was so by its end of October. */
  readonly year: number;
  /** How many days it takes for something to follow, a decision to be served, an investigation to begin: more where long holidays lie in them. */
  readonly leeway: number;
}

/** @throws RangeError when no demo world can stand still on that day */
export function presentOn(day: string): Present {
  if (compareDates(day, firstPresent) < 0 || compareDates(day, lastPresent) > 0) {
    throw new RangeError(`The demo data can stand on a day from ${firstPresent} to ${lastPresent}, not on ${day}`);
  }
  const number = dayNumber(day);
  const year = yearOf(day);
  return {
    day, number, now: new Date(startOfDay(day).getTime() + closingHour * hourMs), year: day.slice(5) >= '10-31' ? year : year - 1,
    leeway: leewayOn(number),
  };
}

/** Ten days have six working days in an ordinary week; where a festival lies in them, it takes more. */
function leewayOn(today: number): number {
  let days = 0;
  for (let worked = 0; days < 10 || worked < 6; days += 1) if (isWorking(today - days)) worked += 1;
  return days;
}

/** The latest day that a world may stand on at an instant without telling of the future: the day itself after office hours, else the day before. */
export function latestPresent(now: Date): string {
  const day = civilDate(new Date(now.getTime() - closingHour * hourMs));
  return compareDates(day, firstPresent) < 0 ? firstPresent : compareDates(day, lastPresent) > 0 ? lastPresent : day;
}
