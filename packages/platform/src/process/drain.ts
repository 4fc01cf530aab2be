import type { EventEmitter } from 'node:events';
import { isError, type Logger } from './logger';

export interface DrainStep {
  readonly name: string;
  /** Takes its time within the deadline; what it throws is logged and the next step runs all the same. */
  stop(): void | Promise<void>;
}

/** The part of `process` that is needed here; any emitter fits. */
export type SignalSource = Pick<EventEmitter, 'on' | 'off'>;

export interface DrainOptions {
  /** In the order in which the house is closed: doors first, database last. Asked when the drain begins. */
  readonly steps: () => readonly DrainStep[];
  readonly logger: Logger;
  /** Milliseconds for all steps together. Default 25 000, below the 30 s after which orchestrators kill. */
  readonly deadlineMs?: number;
  /** For tests; default `process`. */
  readonly source?: SignalSource;
  /** For tests; default `process.exit`. */
  readonly exit?: (code: number) => void;
}

export interface Drain {
  /** Aborted when the drain begins; `/readyz` answers 503 from then on, so that no more work is sent here. */
  readonly signal: AbortSignal;
  /** Closes the house and ends the process with `code`, or 1 when a step failed or time ran out. Later calls wait for the first. */
  run(reason: string, code?: number): Promise<void>;
  /** Stops listening for signals, without draining. */
  uninstall(): void;
}

/** Under npm one Ctrl-C arrives twice: the terminal sends it to all, and npm passes its own on. Nobody presses again so soon. */
const echoMs = 500;
const signalNumbers = { SIGINT: 2, SIGTERM: 15 } as const;

/**
 * Ends the process in good order on SIGINT and SIGTERM, and in as good an order as possible after a crash.
 *
 * A second signal ends it at once with 128 + its number: whoever asks twice does not want to wait. The same one within half a second
 * is the echo of the first. A clean drain ends with 0.
 */
export function installDrain(options: DrainOptions): Drain {
  const { logger, deadlineMs = 25_000 } = options;
  const source: SignalSource = options.source ?? process;
  const exit = options.exit ?? ((code: number) => process.exit(code));
  const begun = new AbortController();
  let running: Promise<void> | null = null;

  const run = (reason: string, code = 0): Promise<void> => {
    running ??= close(reason, code);
    return running;
  };

  const close = async (reason: string, code: number): Promise<void> => {
    begun.abort();
    logger.info({ reason }, 'draining');
    const clean = await runSteps(options.steps(), deadlineMs, logger);
    logger.info({ reason, clean }, 'drained');
    exit(clean ? code : Math.max(code, 1));
  };

  let first: { readonly signal: string; readonly at: number } | null = null;
  const onSignal = (signal: keyof typeof signalNumbers) => (): void => {
    if (running) {
      if (first?.signal === signal && performance.now() - first.at < echoMs) return;
      logger.warn({ signal }, 'asked again: ending at once');
      exit(128 + signalNumbers[signal]);
      return;
    }
    first = { signal, at: performance.now() };
    void run(signal);
  };
  const onCrash = (what: string) => (error: unknown): void => {
    logger.error({ err: isError(error) ? error : new Error('something that is no Error was thrown') }, what);
    void run(what, 1);
  };

  const listeners = {
    SIGINT: onSignal('SIGINT'),
    SIGTERM: onSignal('SIGTERM'),
    uncaughtException: onCrash('uncaughtException'),
    unhandledRejection: onCrash('unhandledRejection'),
  };
  for (const [event, listener] of Object.entries(listeners)) source.on(event, listener);

  return {
    signal: begun.signal,
    run,
    uninstall: () => {
      for (const [event, listener] of Object.entries(listeners)) source.off(event, listener);
    },
  };
}

/** Runs the steps one after the other. Returns whether all of them ended well and in time. */
async function runSteps(steps: readonly DrainStep[], deadlineMs: number, logger: Logger): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => (timer = setTimeout(() => resolve('late'), deadlineMs)));
  let clean = true;
  for (const step of steps) {
    const outcome = await Promise.race([late, attempt(step)]);
    if (outcome === 'late') {
      logger.error({ step: step.name, deadlineMs }, 'the drain took too long; the rest is left');
      clean = false;
      break;
    }
    if (outcome !== 'done') {
      logger.error({ step: step.name, err: outcome.error }, 'a step of the drain failed');
      clean = false;
    }
  }
  clearTimeout(timer);
  return clean;
}

async function attempt(step: DrainStep): Promise<'done' | { error: unknown }> {
  try {
    await step.stop();
    return 'done';
  } catch (error) {
    return { error };
  }
}
