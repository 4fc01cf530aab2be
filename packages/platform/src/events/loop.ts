import { setTimeout as delay } from 'node:timers/promises';

/** What this room needs of a logger; pino's has it. Details carry no values of events: those may be personal data. */
export interface EventLogger {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

/** Resolves after the time, or early when aborted; never rejects. */
export async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, signal ? { signal } : {}).catch(() => undefined);
}

/** Doubling waits with half of each at random, so that processes which failed together do not come back together. */
export function backOff(failures: number, baseMs: number, maxMs: number): number {
  const full = Math.min(maxMs, baseMs * 2 ** Math.min(failures - 1, 30));
  return full / 2 + (Math.random() * full) / 2;
}

/** Name, code and constraint of an error for the log; its words only where it is about a connection and quotes nobody's data. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: typeof error };
  const { code, constraint, syscall } = error as Error & { code?: unknown; constraint?: unknown; syscall?: unknown };
  return {
    error: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof constraint === 'string' ? { constraint } : {}),
    ...(syscall === undefined ? {} : { cause: error.message }),
  };
}

export interface Loop {
  /** There may be work. A ring while the work runs makes it run once more. */
  ring(): void;
  /** Resolves when the run in progress has ended; no other begins. Idempotent. */
  stop(): Promise<void>;
}

/**
 * Runs `work` once at the start and then after every ring; failures are logged and tried again with growing waits.
 *
 * @param work - takes all that there is to take; looks at the signal between steps
 */
export function startLoop(name: string, work: (signal: AbortSignal) => Promise<void>, logger: EventLogger): Loop {
  const stopping = new AbortController();
  const { signal } = stopping;
  let rung = true;
  let wake: () => void = () => undefined;

  const turn = async (): Promise<void> => {
    let failures = 0;
    while (!signal.aborted) {
      if (!rung) await new Promise<void>((resolve) => (wake = resolve));
      if (signal.aborted) return;
      rung = false;
      try {
        await work(signal);
        failures = 0;
      } catch (error) {
        failures += 1;
        rung = true;
        if (signal.aborted) return;
        logger.warn({ loop: name, failures, ...describeError(error) }, 'An event loop failed and will try again');
        await pause(backOff(failures, 50, 5_000), signal);
      }
    }
  };
  const ended = turn();

  return {
    ring() {
      rung = true;
      wake();
    },
    async stop() {
      stopping.abort();
      wake();
      await ended;
    },
  };
}
