import { median } from '../statistics';

/** Memory at one moment of a long run. */
export interface Sample {
  /** Since the start of the run. */
  readonly seconds: number;
  readonly mebibytes: number;
}

export interface Trend {
  /** Medians of the first and of the last third after the settling time, in MiB. */
  readonly first: number;
  readonly last: number;
  /** `last / first - 1`. */
  readonly growth: number;
  /** Slope of the straight line with the least squares, in MiB per minute. */
  readonly perMinute: number;
}

/**
 * Whether memory grows. While code is compiled and caches fill it does, and says nothing: the settling time is left out.
 *
 * @returns null with fewer than six samples after settling
 */
export function trendOf(samples: readonly Sample[], settleSeconds: number): Trend | null {
  const settled = samples.filter(({ seconds }) => seconds >= settleSeconds);
  const third = Math.floor(settled.length / 3);
  const first = median(settled.slice(0, third).map(({ mebibytes }) => mebibytes));
  const last = median(settled.slice(-third).map(({ mebibytes }) => mebibytes));
  if (third < 2 || first === null || last === null) return null;
  return { first, last, growth: last / first - 1, perMinute: slopeOf(settled) * 60 };
}

function slopeOf(samples: readonly Sample[]): number {
  const mean = (of: (sample: Sample) => number): number => samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length;
  const [x, y] = [mean(({ seconds }) => seconds), mean(({ mebibytes }) => mebibytes)];
  const over = samples.reduce((sum, s) => sum + (s.seconds - x) * (s.mebibytes - y), 0);
  const under = samples.reduce((sum, s) => sum + (s.seconds - x) ** 2, 0);
  return under === 0 ? 0 : over / under;
}
