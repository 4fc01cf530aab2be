import { civilDate, type Deadline, dueAt, type HolidayCalendar, isOverdue, type NamedClockRow, startOfDay, type StatutoryClock, type Suspension } from '@casebridge/kernel';
import { penaltyClocks } from './penalty-decision.clocks';

/** A stretch that does not count; without an end while it lasts. */
export interface Stretch {
  readonly from: Date;
  readonly to: Date | null;
}

/** What the period of a decision is counted from. */
export interface DecisionPeriod {
  readonly filedAt: Date;
  readonly excluded: readonly Stretch[];
  /** Days that were added, in order: thirty by the head, then as many as the collective decision states. */
  readonly extensions: readonly number[];
}

/** Null where the period began before the rule was in force: records of former years are taken without a word. */
export const lastDayOf = (clock: StatutoryClock, startedAt: Date, calendar: HolidayCalendar): string | null =>
  clock.rows.some((row) => row.effectiveFrom <= civilDate(startedAt)) ? clock.dueDate(startedAt, calendar) : null;

/** A period of as many units as an act states, counted as the row counts its own; begins with the last day of the period before. */
export const statedPeriod = (row: NamedClockRow, name: string, amount: number, lastDay: string, calendar: HolidayCalendar, waits: readonly Suspension[] = []): Deadline =>
  dueAt({ ...row, name, amount }, startOfDay(lastDay), calendar, waits);

/**
 * When the case must be decided; null where the rule was not in force when it was filed.
 *
 * @param until - where a stretch that still lasts is taken to end
 * @see 市场监督管理行政处罚程序规定 art. 64
 */
export function decisionDeadline({ filedAt, excluded, extensions }: DecisionPeriod, until: Date, calendar: HolidayCalendar): Deadline | null {
  const { penaltyDecision, decisionExtension } = penaltyClocks;
  if (!penaltyDecision.rows.some((row) => row.effectiveFrom <= civilDate(filedAt))) return null;
  const waits = inOneLine(excluded, until);
  let deadline = penaltyDecision.dueAt(filedAt, calendar, waits);
  extensions.forEach((days, i) => {
    const { lastDay, dueAt: over } = deadline;
    if (lastDay === null) return;
    const row = decisionExtension.rowAt(startOfDay(lastDay));
    deadline = statedPeriod(row, i === 0 ? decisionExtension.name : 'decisionFurtherExtension', days, lastDay, calendar, waits.filter(({ from }) => from >= over));
  });
  return deadline;
}

/** The same while the case is open: null while it waits, unless it was late before. */
export function runningDecisionDeadline(period: DecisionPeriod, now: Date, calendar: HolidayCalendar): Deadline | null {
  const since = period.excluded.filter(({ to }) => to === null).map(({ from }) => from).sort((a, b) => a.getTime() - b.getTime())[0];
  const deadline = decisionDeadline(period, since ?? now, calendar);
  return since === undefined || (deadline && isOverdue(since, deadline.dueAt)) ? deadline : null;
}

/** Stretches that overlap, such as a test during a hearing, count once; what begins after `until` not at all. */
function inOneLine(stretches: readonly Stretch[], until: Date): Suspension[] {
  const line: Suspension[] = [];
  const ended = stretches.map(({ from, to }) => ({ from, to: to === null || to > until ? until : to })).filter(({ from, to }) => from <= to);
  for (const next of ended.sort((a, b) => a.from.getTime() - b.from.getTime())) {
    const last = line.at(-1);
    if (!last || next.from > last.to) line.push(next);
    else if (next.to > last.to) line[line.length - 1] = { from: last.from, to: next.to };
  }
  return line;
}
