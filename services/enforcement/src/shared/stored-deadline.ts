import { type Deadline } from '@casebridge/kernel';
import { type DeadlineType, toDeadline } from '@casebridge/platform';

/** A deadline as it is stored: instants as ISO text. */
export interface StoredDeadline {
  readonly dueAt: string;
  readonly lastDay: string | null;
  readonly provisional: boolean;
  readonly rule: Deadline['rule'];
  readonly startedAt: string;
  /** When it waited. */
  readonly suspensions: readonly { readonly from: string; readonly to: string }[];
  readonly calendarVersion: string;
}

export const storedDeadline = (d: Deadline | null): StoredDeadline | null =>
  d && {
    dueAt: d.dueAt.toISOString(), lastDay: d.lastDay, provisional: d.provisional, rule: d.rule, startedAt: d.startedAt.toISOString(),
    suspensions: d.suspensions.map((s) => ({ from: s.from.toISOString(), to: s.to.toISOString() })), calendarVersion: d.calendarVersion,
  };

/** The same as the rules know it. */
export const revivedDeadline = (d: StoredDeadline | null): Deadline | null =>
  d && {
    ...d, dueAt: new Date(d.dueAt), startedAt: new Date(d.startedAt), suspensions: d.suspensions.map(({ from, to }) => ({ from: new Date(from), to: new Date(to) })),
  };

/** The same as the graph shows it. */
export const shownDeadline = (stored: StoredDeadline | null): DeadlineType | null => {
  const deadline = revivedDeadline(stored);
  return deadline && toDeadline(deadline);
};
