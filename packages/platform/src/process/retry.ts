import type { Logger } from './logger';
import { describeFailure } from './health';

export interface RetryOptions {
  /** What is being tried, for people: `database inspection`. */
  readonly what: string;
  /** Tries in all, the first included. Default 10. */
  readonly attempts?: number;
  /** First pause, doubled each time. Default 200 ms. */
  readonly baseMs?: number;
  /** Longest pause. Default 5000 ms. With the other defaults the last of ten tries comes after some 20 s. */
  readonly maxMs?: number;
  readonly logger?: Logger;
  /** Ends the waiting, e.g. when the process is asked to stop. */
  readonly signal?: AbortSignal;
  /** Whether trying again can help; default always. A wrong password is not worth a second try. */
  readonly retryable?: (error: unknown) => boolean;
  /** For tests. */
  readonly sleep?: (ms: number) => Promise<void>;
  /** From 0 up to 1, for tests; spreads the pauses, so that many processes do not come back as one. Default `Math.random`. */
  readonly random?: () => number;
}

/** It did not work, however often it was tried; says what and why, the last error is the cause. */
export class RetriesExhausted extends Error {
  constructor(what: string, attempts: number, cause: unknown) {
    super(`${what}: gave up after ${attempts} ${attempts === 1 ? 'try' : 'tries'} (${describeFailure(cause)})`, { cause });
    this.name = 'RetriesExhausted';
  }
}

/**
 * Tries until it works, with growing pauses and a limit.
 *
 * @throws RetriesExhausted after the last try, after an error that is not worth another, or when the signal ends it
 */
export async function retry<T>(options: RetryOptions, attempt: () => Promise<T>): Promise<T> {
  const { what, attempts = 10, logger, signal, retryable = () => true } = options;
  if (!Number.isInteger(attempts) || attempts < 1) throw new RangeError('There is at least one try');
  for (let tried = 1; ; tried += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (tried >= attempts || signal?.aborted || !retryable(error)) throw new RetriesExhausted(what, tried, error);
      const pause = pauseAfter(tried, options);
      logger?.warn({ what, tried, attempts, pauseMs: pause, reason: describeFailure(error) }, 'not there yet, trying again');
      await sleepFor(pause, options);
      if (signal?.aborted) throw new RetriesExhausted(what, tried, error);
    }
  }
}

/** Half of the step fixed, half by chance. */
function pauseAfter(tried: number, { baseMs = 200, maxMs = 5_000, random = Math.random }: RetryOptions): number {
  const step = Math.min(maxMs, baseMs * 2 ** (tried - 1));
  return Math.round(step / 2 + (step / 2) * random());
}

async function sleepFor(ms: number, { signal, sleep }: RetryOptions): Promise<void> {
  if (sleep) return sleep(ms);
  await new Promise<void>((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', done, { once: true });
  });
}
