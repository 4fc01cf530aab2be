import type { EventEnvelope, ServiceName } from '@casebridge/contracts';
import type { Clock } from '@casebridge/kernel';
import type { DataSource, EntityManager } from 'typeorm';
import type { EventBus, Subscription } from './event-bus';
import { failureText, isPassing } from './failure';
import { type EventReaction, type Reactions, reactionsByType } from './handlers';
import * as inbox from './inbox';
import { backOff, describeError, type EventLogger, type Loop, pause, startLoop } from './loop';

const readSize = 500;
/** Events per transaction while all goes well; one per transaction as soon as something fails. */
const chunkSize = 32;

export interface RetryPolicy {
  /** Attempts at an event, the first included, before its subject is parked. */
  readonly attempts: number;
  /** First wait between attempts, in milliseconds; it doubles. The other subjects of the source wait too, so keep the sum short. */
  readonly waitMs: number;
  /** First wait before a parked subject is tried again, in milliseconds; it doubles. */
  readonly parkedMs: number;
  readonly parkedMaxMs: number;
}

const defaultRetry: RetryPolicy = { attempts: 5, waitMs: 20, parkedMs: 10_000, parkedMaxMs: 30 * 60_000 };

export interface ConsumerOptions {
  readonly dataSource: DataSource;
  readonly bus: EventBus;
  /** Whose log is read. */
  readonly source: ServiceName;
  readonly handlers: readonly EventReaction[];
  readonly clock: Clock;
  readonly logger: EventLogger;
  readonly retry?: Partial<RetryPolicy>;
}

/** Since the process began. */
export interface ConsumerCounts {
  readonly handled: number;
  readonly skipped: number;
  readonly failures: number;
  readonly parked: number;
}

export interface ConsumerStats extends ConsumerCounts {
  readonly source: ServiceName;
  readonly position: number;
  /** Events on the bus that have not been taken yet. */
  readonly lag: number;
  readonly parkedSubjects: number;
  readonly parkedEvents: number;
}

/**
 * Takes the log of one source, in order, each event once: the handler, the memory of the event and the checkpoint are one transaction.
 *
 * An event that keeps failing parks its subject: the event and the later ones of the subject wait in order, the others go on. Several
 * processes may run it; the row lock on the checkpoint lets one at a time handle.
 */
export class InboxConsumer {
  readonly source: ServiceName;
  private readonly reactions: Reactions;
  private readonly retry: RetryPolicy;
  private readonly counts = { handled: 0, skipped: 0, failures: 0, parked: 0 };
  private loops: readonly Loop[] = [];
  private subscription: Subscription | undefined;

  constructor(private readonly options: ConsumerOptions) {
    this.source = options.source;
    this.reactions = reactionsByType(options.handlers);
    this.retry = { ...defaultRetry, ...options.retry };
  }

  start(): void {
    if (this.loops.length > 0) return;
    const { source, bus, logger } = this.options;
    const taking = startLoop(`inbox of ${source}`, (signal) => this.drain(signal), logger);
    const retrying = startLoop(`parked events of ${source}`, (signal) => this.retryDue(signal), logger);
    this.loops = [taking, retrying];
    this.subscription = bus.listen((about) => {
      if (about === undefined || about === source) taking.ring();
      if (about === undefined) retrying.ring(); // the poll: parked subjects wait for time, not for news
    });
  }

  /** Lets the transaction in progress end; takes nothing more. */
  async stop(): Promise<void> {
    await this.subscription?.close();
    await Promise.all(this.loops.map((loop) => loop.stop()));
    this.loops = [];
  }

  /** Takes whatever is on the bus now. */
  async drain(signal: AbortSignal = new AbortController().signal): Promise<void> {
    const { dataSource, bus, source } = this.options;
    await inbox.ensureCheckpoint(dataSource.manager, source);
    let position = await inbox.checkpointOf(dataSource.manager, source);
    while (!signal.aborted) {
      const events = await bus.read(source, position, readSize);
      const first = events[0]?.position;
      if (first === undefined) return;
      if (first !== position + 1) throw new Error(`The bus has nothing of ${source} between ${position} and ${first}`);
      for (let i = 0; i < events.length && !signal.aborted; i += chunkSize) {
        position = await this.takeChunk(events.slice(i, i + chunkSize), signal);
      }
    }
  }

  listParked(): Promise<inbox.ParkedSubject[]> {
    return inbox.parkedSubjects(this.options.dataSource.manager, this.options.source);
  }

  /**
   * Tries the waiting events of a parked subject now, in order, until one fails.
   *
   * @returns how many were handled, and whether the subject is an ordinary one again
   */
  async retryParked(subject: string): Promise<{ handled: number; released: boolean }> {
    const { dataSource, source } = this.options;
    await inbox.ensureCheckpoint(dataSource.manager, source);
    for (let handled = 0; ; ) {
      try {
        const outcome = await dataSource.transaction((em) => this.takeFirstParked(em, subject));
        if (outcome === 'released') return { handled, released: true };
        handled += 1;
        this.counts.handled += 1;
      } catch (error) {
        this.counts.failures += 1;
        if (isPassing(error)) throw error;
        await this.postpone(subject, error);
        this.options.logger.warn({ source, subject, ...describeError(error) }, 'A parked event failed again');
        return { handled, released: false };
      }
    }
  }

  async stats(): Promise<ConsumerStats> {
    const { dataSource, bus, source } = this.options;
    const position = await inbox.checkpointOf(dataSource.manager, source);
    const [head, parked] = [await bus.head(source), await inbox.countParked(dataSource.manager, source)];
    return { source, position, lag: head - position, ...this.counts, parkedSubjects: parked.subjects, parkedEvents: parked.events };
  }

  /** @returns the checkpoint afterwards */
  private async takeChunk(events: readonly EventEnvelope[], signal: AbortSignal): Promise<number> {
    try {
      return await this.take(events);
    } catch (error) {
      if (isPassing(error)) throw error;
      let position = (events[0]?.position ?? 1) - 1;
      for (const event of events) {
        if (signal.aborted) break;
        position = await this.takeOne(event, signal);
      }
      return position;
    }
  }

  private async takeOne(event: EventEnvelope, signal: AbortSignal): Promise<number> {
    const { source, logger } = this.options;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.take([event]);
      } catch (error) {
        this.counts.failures += 1;
        if (isPassing(error)) throw error;
        const about = { source, position: event.position, type: event.type, subject: event.subject, attempt };
        logger.warn({ ...about, ...describeError(error) }, 'An event could not be handled');
        if (attempt >= this.retry.attempts) return this.park(event, error);
        await pause(backOff(attempt, this.retry.waitMs, 5_000), signal);
        if (signal.aborted) return event.position - 1;
      }
    }
  }

  /** Handles consecutive events in one transaction, all or none. */
  private async take(events: readonly EventEnvelope[]): Promise<number> {
    const { dataSource, source } = this.options;
    const done = { handled: 0, skipped: 0 };
    const reached = await dataSource.transaction(async (em) => {
      const position = await inbox.lockCheckpoint(em, source);
      const fresh = events.filter((e) => e.position > position);
      const last = fresh.at(-1);
      // Another process was faster, or somebody moved the checkpoint: go on from where it is.
      if (!last || fresh[0]?.position !== position + 1) return position;
      const wanted = fresh.filter((e) => this.reactions.has(e.type));
      const parked = wanted.length === 0 ? new Set<string>() : await inbox.parkedAmong(em, source, wanted.map((e) => e.subject));
      for (const event of wanted) {
        if (parked.has(event.subject)) await inbox.parkEvent(em, event);
        else if (await this.handle(em, event)) done.handled += 1;
      }
      done.skipped = fresh.length - wanted.length;
      await inbox.moveCheckpoint(em, source, last.position);
      return last.position;
    });
    this.counts.handled += done.handled;
    this.counts.skipped += done.skipped;
    return reached;
  }

  private async handle(em: EntityManager, event: EventEnvelope): Promise<boolean> {
    const reactions = this.reactions.get(event.type) ?? [];
    if (!(await inbox.remember(em, event, this.options.clock.now()))) return false;
    for (const reaction of reactions) await reaction.handle(em, event);
    return true;
  }

  private async park(event: EventEnvelope, error: unknown): Promise<number> {
    const { dataSource, source, logger } = this.options;
    const reached = await dataSource.transaction(async (em) => {
      const position = await inbox.lockCheckpoint(em, source);
      if (position !== event.position - 1) return position; // another process has handled it after all
      await inbox.parkSubject(em, event, this.failure(error, 1));
      await inbox.moveCheckpoint(em, source, event.position);
      return event.position;
    });
    this.counts.parked += 1;
    const about = { source, position: event.position, type: event.type, subject: event.subject };
    logger.error(about, 'An event keeps failing: its subject is parked');
    return reached;
  }

  private async takeFirstParked(em: EntityManager, subject: string): Promise<'handled' | 'released'> {
    const { source } = this.options;
    await inbox.lockCheckpoint(em, source); // no later event of the subject overtakes while it is being released
    const event = await inbox.firstParked(em, source, subject);
    if (!event) {
      await inbox.releaseSubject(em, source, subject);
      return 'released';
    }
    await this.handle(em, event);
    await inbox.unparkEvent(em, event);
    return 'handled';
  }

  private async postpone(subject: string, error: unknown): Promise<void> {
    const { dataSource, source } = this.options;
    await dataSource.transaction(async (em) => {
      await inbox.lockCheckpoint(em, source);
      const retries = await inbox.retriesOf(em, source, subject);
      if (retries !== null) await inbox.recordRetry(em, source, subject, this.failure(error, retries + 2));
    });
  }

  private async retryDue(signal: AbortSignal): Promise<void> {
    const { dataSource, source, clock } = this.options;
    for (const { subject } of await inbox.parkedSubjects(dataSource.manager, source, clock.now())) {
      if (signal.aborted) return;
      await this.retryParked(subject);
    }
  }

  private failure(error: unknown, nth: number): inbox.Failure {
    const at = this.options.clock.now();
    const wait = backOff(nth, this.retry.parkedMs, this.retry.parkedMaxMs);
    return { at, retryAt: new Date(at.getTime() + wait), lastError: failureText(error) };
  }
}
