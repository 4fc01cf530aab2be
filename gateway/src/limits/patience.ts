import { later } from '@casebridge/platform';

/** Milliseconds from when an operation is known to its answer, at most: of waiting, planning and fetching together. */
export const operationDeadlineMs = 15_000;

/**
 * How long one operation may still take. What it waits for when the time is over is not waited for any longer: it is answered with
 * what it has. Planning is not interrupted; the limits on documents bound it.
 */
export class Patience {
  private readonly inTime: () => void;
  private readonly waiting = new Set<() => void>();
  private over = false;

  /** @param ms - from now */
  constructor(ms: number) {
    this.inTime = later(ms, () => this.end());
  }

  get isOver(): boolean {
    return this.over;
  }

  /**
   * What the work comes to, or what stands in its place when the time is over before. Work that has begun goes on; what it comes to
   * after that is nobody's.
   */
  within<T>(work: () => Promise<T>, late: () => T): Promise<T> {
    if (this.over) return Promise.resolve(late());
    return new Promise((resolve, reject) => {
      const forget = this.onOver(() => resolve(late()));
      work().then(
        (value) => {
          forget();
          resolve(value);
        },
        (cause: unknown) => {
          forget();
          reject(cause as Error);
        },
      );
    });
  }

  /** @returns what takes the listener away again */
  onOver(listener: () => void): () => void {
    if (this.over) listener();
    else this.waiting.add(listener);
    return () => void this.waiting.delete(listener);
  }

  /** The operation has been answered. */
  close(): void {
    this.inTime();
    this.waiting.clear();
  }

  private end(): void {
    this.over = true;
    for (const listener of this.waiting) listener();
    this.waiting.clear();
  }
}
