import type { PenaltyKind, RemedyKind, RemedyOutcome } from '@casebridge/contracts';
import { addDays, daysBetween } from '@casebridge/kernel';

export interface Payment {
  readonly on: string;
  readonly fen: number;
}

export interface Remedy {
  readonly kind: RemedyKind;
  readonly since: string;
  /** Day of the outcome; null while it is under way. */
  readonly until: string | null;
  readonly outcome: RemedyOutcome | null;
}

/** What became of a penalty decision after its service. */
export interface Execution {
  readonly payments: readonly Payment[];
  readonly demandedOn: string | null;
  readonly courtOn: string | null;
  readonly remedies: readonly Remedy[];
  /** Recorded as overturned by an outcome or by its authority; without effect until another person confirms it. */
  readonly pending: OverturningOutcome | null;
  readonly overturned: OverturningOutcome | null;
}

export const notExecuted: Execution = { payments: [], demandedOn: null, courtOn: null, remedies: [], pending: null, overturned: null };

export type OverturningOutcome = Exclude<RemedyOutcome, 'UPHELD' | 'WITHDRAWN'>;
/** The decision does not stand as it was made: what was published of it is withdrawn (APL 48(2), O45 11). */
export const isOverturning = (outcome: RemedyOutcome): outcome is OverturningOutcome => outcome !== 'UPHELD' && outcome !== 'WITHDRAWN';

/** Whether it is still fought, or what became of it is still to be confirmed. */
export const isContested = ({ remedies, pending }: Execution): boolean => pending !== null || remedies.some((r) => r.until === null);

export const paidFen = ({ payments }: Pick<Execution, 'payments'>): number => payments.reduce((sum, p) => sum + p.fen, 0);

/** What is paid in money: fines, and gains that are confiscated; only the former bear a surcharge. */
export const owedFen = (items: readonly { readonly kind: PenaltyKind; readonly amountFen: number | null }[]): number =>
  items.filter(({ kind }) => kind === 'FINE' || kind === 'CONFISCATION_OF_GAINS').reduce((sum, i) => sum + (i.amountFen ?? 0), 0);

/** Nothing more is to be had by the decision: it was overturned, performed, or is with the court. */
export const isSettled = (execution: Execution, owed: number): boolean => execution.overturned !== null || execution.courtOn !== null || paidFen(execution) >= owed;

/** 每日按罚款数额的百分之三加处罚款. */
const percentPerDay = 3;

export interface Owed {
  readonly fineFen: number;
  /** Last day on which it could be paid in time. */
  readonly lastDay: string;
  readonly execution: Pick<Execution, 'payments' | 'remedies' | 'overturned'>;
}

/**
 * The surcharge on a fine that is paid late: three per cent a day of what is unpaid, never more than the fine, and none for the days of a
 * reconsideration or litigation. Of a decision that was overturned none is owed. What is paid counts for the fine before the gains.
 *
 * @param on - civil day up to which it is counted, that day included
 * @returns fen, rounded down day by day
 * @see 行政处罚法 arts. 72(1), 73(3)
 */
export function surchargeFen({ fineFen, lastDay, execution }: Owed, on: string): number {
  if (execution.overturned !== null) return 0;
  const waits = (day: string): boolean => execution.remedies.some(({ since, until }) => since <= day && (until === null || day < until));
  let owed = 0;
  // What has grown to the fine grows no more, so that a hundred days are more than enough.
  for (let day = addDays(lastDay, 1); day <= on && owed < fineFen && daysBetween(lastDay, day) < 36_500; day = addDays(day, 1)) {
    if (waits(day)) continue;
    const unpaid = fineFen - execution.payments.filter((p) => p.on < day).reduce((sum, p) => sum + p.fen, 0);
    if (unpaid <= 0) break;
    owed += Math.floor(unpaid / 100) * percentPerDay + Math.floor(((unpaid % 100) * percentPerDay) / 100);
  }
  return Math.min(owed, fineFen);
}
