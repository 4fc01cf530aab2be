import type { EventEnvelope, ServiceName } from '@casebridge/contracts';
import { DomainError } from '@casebridge/kernel';
import type { DataSource } from 'typeorm';
import { backOff, type EventLogger, type Loop, pause, startLoop } from './loop';
import { logHead, oldestKept, readLog } from './outbox-log';
import { TailWindow } from './tail-window';
import { Turnstile } from './turnstile';

const readSize = 500;
const sliceSize = 256;
/** Connections that replays of all subscribers together may hold. */
const parallelReplays = 3;
const readAttempts = 6;

/** The events right after the cursor are no longer kept; a reader must load the present state and start anew. */
export class PositionExpired extends DomainError {
  readonly code = 'CURSOR_EXPIRED';
  readonly kind = 'BAD_USER_INPUT';
  constructor() {
    super('The events after this cursor are no longer kept', { field: 'after' });
  }
}

/** The cursor lies after the end of the log: it belongs to another log, or to one that was since restored. */
export class PositionUnknown extends DomainError {
  readonly code = 'CURSOR_INVALID';
  readonly kind = 'BAD_USER_INPUT';
  constructor() {
    super('This cursor belongs to no event of this log', { field: 'after' });
  }
}

export interface TailOptions {
  readonly dataSource: DataSource;
  readonly source: ServiceName;
  readonly logger: EventLogger;
  /** Events kept in memory for all subscribers together; who falls further behind reads from the database. */
  readonly windowSize?: number;
}

export interface SubscribeOptions {
  /** Exclusive position to resume from; by default what comes after the call. */
  readonly after?: number;
  /** Only these types; all by default. */
  readonly types?: readonly string[];
}

export interface EventStream extends AsyncGenerator<EventEnvelope, void, undefined> {
  /** Every wanted event up to here has been handed out; while idle it grows with the log. For heartbeats. */
  readonly position: number;
}

/** One reader's place in the log. While it waits, its place is the tail's. */
interface Subscriber {
  cursor: number;
  readonly types: ReadonlySet<string> | null;
  wake: (() => void) | null;
  closed: boolean;
  close(): void;
}

interface Waiter {
  readonly position: number;
  settle(reached: boolean): void;
}

/**
 * The service's own log as live streams: any number of subscribers on one reader of the database.
 *
 * A subscriber is no more than a position: it takes what follows from a window shared by all, or from the database where it has
 * fallen behind the window. So nothing is dropped, doubled or reordered, a slow subscriber holds no memory, and an idle one costs
 * nothing until an event of its types comes.
 */
export class EventTail {
  private readonly window: TailWindow;
  private readonly replays = new Turnstile(parallelReplays);
  private readonly subscribers = new Set<Subscriber>();
  private readonly idleOnAll = new Set<Subscriber>();
  private readonly idleByType = new Map<string, Set<Subscriber>>();
  private readonly waiters = new Set<Waiter>();
  private reached: number | null = null;
  private loop: Loop | undefined;
  private stopped = false;

  constructor(private readonly options: TailOptions) {
    this.window = new TailWindow(options.windowSize ?? 2_048);
  }

  /** The last position that subscribers of this process have been shown. */
  get position(): number {
    if (this.reached === null) throw new Error('The tail was not started');
    return this.reached;
  }

  get subscriberCount(): number {
    return this.subscribers.size;
  }

  /** Finds the end of the log and fills the window, so that readers who come back after a restart need no database. */
  async start(): Promise<void> {
    const { dataSource, source, logger } = this.options;
    const head = await logHead(dataSource.manager);
    const from = Math.max(0, head - (this.options.windowSize ?? 2_048));
    this.window.push(await readLog(dataSource.manager, source, { after: from, through: head, limit: head - from }));
    this.reached = head;
    this.loop = startLoop(`tail of ${source}`, (signal) => this.follow(signal), logger);
  }

  /** The log may have grown. */
  ring(): void {
    this.loop?.ring();
  }

  /** Ends every stream; none fails. */
  async stop(): Promise<void> {
    this.stopped = true;
    for (const subscriber of this.subscribers) subscriber.close();
    for (const waiter of this.waiters) waiter.settle(false);
    await this.loop?.stop();
  }

  /** The last position of the log in the database. */
  head(): Promise<number> {
    return logHead(this.options.dataSource.manager);
  }

  /**
   * Events after a position, in order, each once, for ever; it ends without error when the signal aborts or the tail stops.
   *
   * Without `after` it shows what is sequenced after this call, even if the first `next()` comes later.
   *
   * @throws PositionExpired, PositionUnknown from `next()`, when `after` is not a place in the log
   */
  subscribe(options: SubscribeOptions, signal: AbortSignal): EventStream {
    const { after, types } = options;
    const subscriber: Subscriber = {
      cursor: after ?? this.position,
      types: types === undefined ? null : new Set(types),
      wake: null,
      closed: this.stopped || signal.aborted,
      close: () => {
        subscriber.closed = true;
        signal.removeEventListener('abort', subscriber.close);
        this.subscribers.delete(subscriber);
        this.wake(subscriber);
      },
    };
    if (!subscriber.closed) {
      this.subscribers.add(subscriber);
      signal.addEventListener('abort', subscriber.close, { once: true });
    }
    const stream = this.follower(subscriber, after !== undefined);
    const finish = stream.return.bind(stream);
    return Object.defineProperties(stream, {
      // A generator's own return() would queue behind a next() that may wait for hours.
      return: { value: (value: void) => (subscriber.close(), finish(value)) },
      position: { get: () => (subscriber.wake === null ? subscriber.cursor : this.position) },
    }) as EventStream;
  }

  /**
   * Resolves when this process shows the position to its subscribers; for reading one's own writes.
   *
   * @throws Error when the tail stops or the signal aborts before
   */
  async waitFor(position: number, signal?: AbortSignal): Promise<void> {
    if (position <= this.position) return;
    const reached = !this.stopped && !signal?.aborted && (await this.arrival(position, signal));
    if (!reached) throw new Error(`Stopped waiting for position ${position}`);
  }

  private arrival(position: number, signal?: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const giveUp = (): void => waiter.settle(false);
      const waiter: Waiter = {
        position,
        settle: (reached) => {
          this.waiters.delete(waiter);
          signal?.removeEventListener('abort', giveUp);
          resolve(reached);
        },
      };
      this.waiters.add(waiter);
      signal?.addEventListener('abort', giveUp, { once: true });
    });
  }

  private async follow(signal: AbortSignal): Promise<void> {
    const { dataSource, source } = this.options;
    for (;;) {
      const events = await readLog(dataSource.manager, source, { after: this.position, limit: readSize });
      if (signal.aborted || events.length === 0) return;
      if (events[0]?.position !== this.position + 1) throw new Error(`The log of ${source} has a gap after ${this.position}`);
      this.show(events);
    }
  }

  private show(events: readonly EventEnvelope[]): void {
    this.window.push(events);
    this.reached = events.at(-1)?.position ?? this.position;
    for (const event of events) {
      const before = event.position - 1;
      for (const subscriber of this.idleOnAll) this.wake(subscriber, before);
      for (const subscriber of this.idleByType.get(event.type) ?? []) this.wake(subscriber, before);
    }
    for (const waiter of this.waiters) if (waiter.position <= this.position) waiter.settle(true);
  }

  private async *follower(subscriber: Subscriber, resumes: boolean): AsyncGenerator<EventEnvelope, void, undefined> {
    try {
      if (resumes) await this.placeCursor(subscriber);
      while (!subscriber.closed) {
        if (subscriber.cursor >= this.position) await this.idle(subscriber);
        else yield* this.advance(subscriber);
      }
    } finally {
      subscriber.close();
    }
  }

  /** A cursor from another process may be ahead of this one's reader, but never of the log. */
  private async placeCursor(subscriber: Subscriber): Promise<void> {
    const { cursor } = subscriber;
    if (!Number.isSafeInteger(cursor) || cursor < 0) throw new PositionUnknown();
    if (cursor <= this.position) return;
    if (cursor > (await this.head())) throw new PositionUnknown();
    while (!subscriber.closed && this.position < cursor) await this.idle(subscriber);
    subscriber.cursor = cursor;
  }

  private async *advance(subscriber: Subscriber): AsyncGenerator<EventEnvelope, void, undefined> {
    const { cursor, types } = subscriber;
    const through = this.position;
    const near = this.window.after(cursor, sliceSize);
    const events = near ?? (await this.replay(subscriber, through));
    for (const event of events) {
      if (subscriber.closed) return;
      subscriber.cursor = event.position;
      if (types === null || types.has(event.type)) yield event;
    }
    // A filtered replay that was not cut off has seen the whole range, whatever its last event was.
    if (near === null && events.length < readSize) subscriber.cursor = through;
  }

  private async replay(subscriber: Subscriber, through: number): Promise<readonly EventEnvelope[]> {
    const { dataSource, source } = this.options;
    const { cursor, types } = subscriber;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.replays.pass(async () => {
          const range = { after: cursor, through, limit: readSize, ...(types === null ? {} : { types: [...types] }) };
          const events = await readLog(dataSource.manager, source, range);
          // Asked after reading: what is kept only ever begins later.
          const oldest = await oldestKept(dataSource.manager);
          if (oldest === null || oldest > cursor + 1) throw new PositionExpired();
          return events;
        });
      } catch (error) {
        if (error instanceof PositionExpired || attempt === readAttempts) throw error;
        if (subscriber.closed) return [];
        await pause(backOff(attempt, 50, 1_000));
      }
    }
  }

  private idle(subscriber: Subscriber): Promise<void> {
    return new Promise((resolve) => {
      subscriber.wake = resolve;
      if (subscriber.types === null) this.idleOnAll.add(subscriber);
      else for (const type of subscriber.types) this.idleOf(type).add(subscriber);
    });
  }

  private idleOf(type: string): Set<Subscriber> {
    let idle = this.idleByType.get(type);
    if (!idle) this.idleByType.set(type, (idle = new Set()));
    return idle;
  }

  private wake(subscriber: Subscriber, before?: number): void {
    const { wake, types } = subscriber;
    if (wake === null) return;
    subscriber.wake = null;
    // Nothing it wants lies between: had there been, it would have been woken for that.
    if (before !== undefined) subscriber.cursor = before;
    if (types === null) this.idleOnAll.delete(subscriber);
    else for (const type of types) this.dropIdle(type, subscriber);
    wake();
  }

  private dropIdle(type: string, subscriber: Subscriber): void {
    const idle = this.idleByType.get(type);
    idle?.delete(subscriber);
    if (idle?.size === 0) this.idleByType.delete(type);
  }
}
