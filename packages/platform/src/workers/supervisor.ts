import { describeFailure } from '../process/health';
import type { Logger } from '../process/logger';
import { Deaths, type RestartPolicy, restartPolicy } from './deaths';
import { isForPrimary, type ToWorker } from './messages';

/** A process that was started to do a part of the work. */
export interface WorkerProcess {
  readonly pid: number | undefined;
  send(message: ToWorker): void;
  kill(signal: NodeJS.Signals): void;
  onMessage(listener: (message: unknown) => void): void;
  onExit(listener: (code: number | null, signal: string | null) => void): void;
}

export interface SupervisorOptions {
  readonly count: number;
  /** @param worker - its number, from 1; whoever takes the place of another has that one's */
  readonly fork: (worker: number) => WorkerProcess;
  readonly logger: Logger;
  /** One worker has died so often that starting it again is no help; called once. */
  readonly onGiveUp: (reason: string) => void;
  readonly policy?: RestartPolicy;
  readonly random?: () => number;
}

/** How one worker is. `away`: it died and is started again in a moment. */
export interface WorkerState {
  readonly worker: number;
  readonly pid: number | undefined;
  readonly state: 'starting' | 'ready' | 'away';
  /** What it said when it was ready. */
  readonly said: unknown;
}

export type Asked =
  | { readonly worker: number; readonly ok: true; readonly value: unknown }
  | { readonly worker: number; readonly ok: false; readonly reason: string };

/** A worker ended before all were ready for the first time: what it said itself is on stderr. */
export class WorkerFailed extends Error {
  constructor(worker: number, how: string) {
    super(`worker ${worker} could not start (${how})`);
    this.name = 'WorkerFailed';
  }
}

interface Place extends WorkerState {
  state: WorkerState['state'];
  said: unknown;
  pid: number | undefined;
  process: WorkerProcess | null;
  /** It hears. */
  here: boolean;
  readonly deaths: Deaths;
  restart: NodeJS.Timeout | null;
}

interface Question {
  readonly worker: number;
  settle(asked: Asked): void;
}

const howItEnded = (code: number | null, signal: string | null): string => (signal === null ? `exit code ${code}` : `signal ${signal}`);

/** Keeps a number of workers running: starts them, starts another where one dies, asks them, and lets them end. */
export class Supervisor {
  /** All are ready for the first time. Rejects with WorkerFailed where one ends before. */
  readonly ready: Promise<void>;
  private readonly places: readonly Place[];
  private readonly questions = new Map<number, Question>();
  private readonly departures = new Set<(worker: number) => void>();
  private settleReady: { readonly resolve: () => void; readonly reject: (cause: Error) => void };
  private begun: { readonly value: unknown } | null = null;
  private asked = 0;
  private stage: 'starting' | 'serving' | 'ending' = 'starting';
  private total = 0;

  constructor(private readonly options: SupervisorOptions) {
    this.settleReady = { resolve: () => undefined, reject: () => undefined };
    this.ready = new Promise((resolve, reject) => (this.settleReady = { resolve, reject }));
    this.ready.catch(() => undefined); // told to whoever waits for it
    const { count, policy = restartPolicy, random } = options;
    this.places = Array.from({ length: count }, (_, i) => ({
      worker: i + 1, pid: undefined, state: 'starting', said: null, process: null, here: false, deaths: new Deaths(policy, random), restart: null,
    }));
  }

  get workers(): readonly WorkerState[] {
    return this.places.map(({ pid, said, state, worker }) => ({ pid, said, state, worker }));
  }

  /** Deaths that nobody asked for, since the start. */
  get deaths(): number {
    return this.total;
  }

  start(): void {
    for (const place of this.places) this.fork(place);
  }

  /** Tells the workers, and those that come later, that what they need is there. */
  begin(value: unknown): void {
    this.begun = { value };
    for (const { here, process } of this.places) if (process && here) this.send(process, { hub: 'begin', value });
  }

  /** Told of each worker that ended, whatever the reason. */
  onDeparture(listener: (worker: number) => void): void {
    this.departures.add(listener);
  }

  /** Asks one worker that is ready, whichever. Null where none is. */
  async askOne(what: string, params: unknown, timeoutMs: number): Promise<Asked | null> {
    const place = this.places.find(({ state }) => state === 'ready');
    return place ? this.ask(place, what, params, timeoutMs) : null;
  }

  /** Asks all workers that are ready. Never throws: who does not answer in time has failed. */
  askAll(what: string, params: unknown, timeoutMs: number): Promise<Asked[]> {
    return Promise.all(this.places.filter(({ state }) => state === 'ready').map((place) => this.ask(place, what, params, timeoutMs)));
  }

  /**
   * Lets all of them end in good order, and starts none any more. One that is not ready has nothing to bring to an end.
   *
   * @throws Error when one did not end well or in time; what was left is killed then
   */
  async drain(patienceMs: number): Promise<void> {
    this.stage = 'ending';
    const faults: string[] = [];
    await Promise.all(this.places.map(async (place) => {
      if (place.restart) clearTimeout(place.restart);
      const { process, worker } = place;
      if (!process) return;
      if (place.state !== 'ready') return process.kill('SIGKILL');
      const ended = new Promise<string | null>((resolve) => process.onExit((code, signal) => resolve(code === 0 ? null : howItEnded(code, signal))));
      const late = setTimeout(() => {
        faults.push(`worker ${worker} took longer than ${patienceMs} ms`);
        process.kill('SIGKILL');
      }, patienceMs);
      this.send(process, { hub: 'drain' });
      const how = await ended;
      clearTimeout(late);
      if (how !== null) faults.push(`worker ${worker} ended with ${how}`);
    }));
    if (faults.length > 0) throw new Error(faults.join('; '));
  }

  private fork(place: Place): void {
    place.restart = null;
    place.state = 'starting';
    const process = this.options.fork(place.worker);
    place.process = process;
    place.here = false;
    place.pid = process.pid;
    process.onMessage((message) => {
      if (place.process === process) this.hear(place, message);
    });
    process.onExit((code, signal) => this.ended(place, code, signal));
  }

  private hear(place: Place, message: unknown): void {
    if (!isForPrimary(message)) return;
    if (message.hub === 'here') {
      place.here = true;
      if (place.process && this.begun) this.send(place.process, { hub: 'begin', value: this.begun.value });
      return;
    }
    if (message.hub === 'ready') {
      place.state = 'ready';
      place.said = message.value;
      if (this.stage === 'serving') this.options.logger.info({ worker: place.worker, pid: place.pid }, 'a worker took the place of one that had ended');
      else if (this.stage === 'starting' && this.places.every(({ state }) => state === 'ready')) {
        this.stage = 'serving';
        this.settleReady.resolve();
      }
      return;
    }
    this.questions.get(message.id)?.settle(message.hub === 'answer'
      ? { worker: place.worker, ok: true, value: message.value }
      : { worker: place.worker, ok: false, reason: message.reason });
  }

  private ended(place: Place, code: number | null, signal: string | null): void {
    const { logger, onGiveUp } = this.options;
    const { pid, worker } = place;
    const how = howItEnded(code, signal);
    place.process = null;
    place.pid = undefined;
    place.state = 'away';
    for (const question of this.questions.values()) if (question.worker === worker) question.settle({ worker, ok: false, reason: 'it ended' });
    for (const listener of this.departures) listener(worker);
    if (this.stage === 'ending') return;
    if (this.stage === 'starting') {
      this.stage = 'ending';
      this.settleReady.reject(new WorkerFailed(worker, how));
      return;
    }
    this.total += 1;
    const pauseMs = place.deaths.next(performance.now());
    if (pauseMs === null) {
      this.stage = 'ending';
      logger.error({ worker, pid, how }, 'a worker ended again and again');
      onGiveUp(`worker ${worker} ended again and again (${how})`);
      return;
    }
    logger.error({ worker, pid, how, pauseMs: Math.round(pauseMs) }, 'a worker ended: another is started in its place');
    place.restart = setTimeout(() => this.fork(place), pauseMs);
  }

  private ask({ process, worker }: Place, what: string, params: unknown, timeoutMs: number): Promise<Asked> {
    if (!process) return Promise.resolve({ worker, ok: false, reason: 'it ended' });
    const id = (this.asked += 1);
    return new Promise((resolve) => {
      const settle = (asked: Asked): void => {
        clearTimeout(late);
        this.questions.delete(id);
        resolve(asked);
      };
      const late = setTimeout(() => settle({ worker, ok: false, reason: `no answer within ${timeoutMs} ms` }), timeoutMs);
      this.questions.set(id, { worker, settle });
      this.send(process, { hub: 'ask', id, what, params });
    });
  }

  /** Whoever is ending does not hear any more; that it has ended is told a moment later. */
  private send(process: WorkerProcess, message: ToWorker): void {
    try {
      process.send(message);
    } catch (cause) {
      this.options.logger.debug({ pid: process.pid, reason: describeFailure(cause) }, 'a worker could not be told');
    }
  }
}
