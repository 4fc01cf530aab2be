export interface BulkheadOptions {
  /** Calls under way at once. */
  readonly width: number;
  /** Calls that may wait for a place; the next is turned away. */
  readonly queue: number;
  /** Milliseconds that one waits at most. */
  readonly maxWaitMs: number;
}

interface Waiting {
  readonly enter: (entered: boolean) => void;
  readonly timer: NodeJS.Timeout;
}

/** A bounded number of places with a bounded queue before them, first come first served. */
export class Bulkhead {
  private readonly waiting = new Set<Waiting>();
  private taken = 0;

  constructor(private readonly options: BulkheadOptions) {}

  get inUse(): number {
    return this.taken;
  }

  get queued(): number {
    return this.waiting.size;
  }

  /** False when it is too full or the wait was too long; else a place that must be given back with `leave`. */
  enter(): boolean | Promise<boolean> {
    const { maxWaitMs, queue, width } = this.options;
    if (this.taken < width) {
      this.taken += 1;
      return true;
    }
    if (this.waiting.size >= queue) return false;
    return new Promise((resolve) => {
      const waiting: Waiting = {
        enter: (entered) => {
          this.waiting.delete(waiting);
          clearTimeout(waiting.timer);
          resolve(entered);
        },
        timer: setTimeout(() => waiting.enter(false), maxWaitMs),
      };
      this.waiting.add(waiting);
    });
  }

  leave(): void {
    const [next] = this.waiting;
    // The place goes from hand to hand: `taken` stays.
    if (next) next.enter(true);
    else this.taken -= 1;
  }
}
