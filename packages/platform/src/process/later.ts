interface Wait {
  readonly due: number;
  readonly act: () => void;
}

/** Those of one length end in the order in which they began: one timer stands for all of them. */
class Waits {
  private readonly waits = new Set<Wait>();
  private timer: NodeJS.Timeout | null = null;

  constructor(private readonly ms: number) {}

  add(act: () => void): () => void {
    const wait = { due: performance.now() + this.ms, act };
    this.waits.add(wait);
    if (this.timer === null) this.wake(this.ms);
    return () => void this.waits.delete(wait);
  }

  private wake(ms: number): void {
    this.timer = setTimeout(() => this.end(), ms);
    this.timer.unref();
  }

  private end(): void {
    for (const wait of this.waits) {
      const left = Math.ceil(wait.due - performance.now());
      if (left > 0) return this.wake(left);
      this.waits.delete(wait);
      wait.act();
    }
    this.timer = null;
    lengths.delete(this.ms);
  }
}

const lengths = new Map<number, Waits>();

/**
 * What happens after a time unless it is taken back, which it mostly is: a deadline. Begins and ends for the price of an entry in a list,
 * where a timer of its own costs many times that. Does not keep the process alive.
 *
 * @param ms - milliseconds, one of few lengths
 * @param act - must not throw
 * @returns what takes it back
 */
export function later(ms: number, act: () => void): () => void {
  let waits = lengths.get(ms);
  if (!waits) lengths.set(ms, (waits = new Waits(ms)));
  return waits.add(act);
}
