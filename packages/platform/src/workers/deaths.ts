/** When a worker is started again, and when not. */
export interface RestartPolicy {
  /** First pause, in milliseconds; it doubles with each death that is remembered. */
  readonly baseMs: number;
  readonly maxMs: number;
  /** Deaths in one place within `withinMs` after which starting it again is no help. */
  readonly mostDeaths: number;
  readonly withinMs: number;
}

/**
 * Counted for each place by itself: when the machine takes the memory of eight workers at once, that is one death for each, and they are started again; what dies as soon
 * as it starts comes to six deaths within some 15 seconds.
 */
export const restartPolicy: RestartPolicy = { baseMs: 200, maxMs: 10_000, mostDeaths: 6, withinMs: 60_000 };

/** Of the worker in one place. */
export class Deaths {
  private at: number[] = [];

  constructor(private readonly policy: RestartPolicy, private readonly random: () => number = Math.random) {}

  /**
   * @param now - milliseconds of a clock that is never set
   * @returns milliseconds until it is started again; null: not any more
   */
  next(now: number): number | null {
    const { baseMs, maxMs, mostDeaths, withinMs } = this.policy;
    this.at = [...this.at.filter((then) => now - then < withinMs), now];
    if (this.at.length >= mostDeaths) return null;
    const full = Math.min(maxMs, baseMs * 2 ** (this.at.length - 1));
    return full / 2 + (this.random() * full) / 2; // those that died together do not come back together
  }
}
