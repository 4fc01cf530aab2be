/** What one target did with one operation in one round. Times in milliseconds. */
export interface Measurement {
  readonly requests: number;
  readonly errors: number;
  /** From the first request to the last answer. */
  readonly seconds: number;
  /** Good answers per second. */
  readonly rps: number;
  /** Null when nothing was answered. */
  readonly p50: number | null;
  readonly p99: number | null;
}

/**
 * The smallest value that at least this share of the values does not exceed (nearest rank).
 *
 * @param sorted - ascending
 * @param share - above 0, at most 1
 * @returns null of no values
 * @throws RangeError for another share
 */
export function percentile(sorted: readonly number[], share: number): number | null {
  if (!(share > 0 && share <= 1)) throw new RangeError('a share is above 0 and at most 1');
  return sorted[Math.ceil(sorted.length * share) - 1] ?? null;
}

/** The middle value, or the mean of the two in the middle; null of no values. */
export function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  if (upper === undefined) return null;
  if (sorted.length % 2 === 1) return upper;
  return ((sorted[sorted.length / 2 - 1] ?? upper) + upper) / 2;
}

/** @param latencies - of the good answers, in milliseconds, in any order */
export function measurement(latencies: readonly number[], errors: number, seconds: number): Measurement {
  const sorted = latencies.toSorted((a, b) => a - b);
  return {
    requests: sorted.length + errors, errors, seconds, rps: seconds > 0 ? sorted.length / seconds : 0,
    p50: percentile(sorted, 0.5), p99: percentile(sorted, 0.99),
  };
}

/** The rounds of one target on one operation, and how they compare with those of others in the same rounds. */
export interface Summary {
  readonly rps: number | null;
  readonly p50: number | null;
  readonly p99: number | null;
  readonly requests: number;
  readonly errors: number;
}

const present = (values: readonly (number | null)[]): number[] => values.filter((v) => v !== null);

/** Medians over rounds; requests and errors of all rounds together. */
export const summarise = (rounds: readonly Measurement[]): Summary => ({
  rps: median(rounds.map((r) => r.rps)),
  p50: median(present(rounds.map((r) => r.p50))),
  p99: median(present(rounds.map((r) => r.p99))),
  requests: rounds.reduce((sum, r) => sum + r.requests, 0),
  errors: rounds.reduce((sum, r) => sum + r.errors, 0),
});

/**
 * Median of the ratios within each round: what the machine does to a whole round falls out of it.
 *
 * @returns null when no round has both
 */
export function medianRatio<M>(rounds: readonly M[], base: readonly M[], of: (m: M) => number | null): number | null {
  const ratios = rounds.map((round, i) => {
    const own = of(round);
    const other = base[i] && of(base[i]);
    return own === null || !other ? null : own / other;
  });
  return median(present(ratios));
}
