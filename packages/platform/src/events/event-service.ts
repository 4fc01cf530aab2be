import type { ServiceName } from '@casebridge/contracts';
import type { Clock } from '@casebridge/kernel';
import type { DataSource } from 'typeorm';
import { Bell } from './bell';
import { type ConsumerStats, InboxConsumer, type RetryPolicy } from './consumer';
import type { EventBus } from './event-bus';
import type { EventReaction } from './handlers';
import type { ParkedSubject } from './inbox';
import { type EventLogger, type Loop, startLoop } from './loop';
import { channels } from './names';
import { logHead, unsequenced } from './outbox-log';
import { relayPosition, rewindRelay, runRelay } from './relay';
import { runSequencer } from './sequencer';
import { EventTail } from './tail';

export interface EventServiceOptions {
  /** The service's database; loops hold at most one connection each, so leave room for them in the pool. */
  readonly dataSource: DataSource;
  /** Of the same database, for the listening connection. */
  readonly databaseUrl: string;
  readonly source: ServiceName;
  readonly bus: EventBus;
  readonly handlers: readonly EventReaction[];
  readonly consumeFrom: readonly ServiceName[];
  readonly logger: EventLogger;
  readonly clock: Clock;
  readonly retry?: Partial<RetryPolicy>;
}

/** Counts for metrics and health; every lag is a number of events. */
export interface EventStats {
  readonly listening: boolean;
  /** The last position of the own log. */
  readonly head: number;
  /** Committed events without a position yet; more than a few for more than a second means that the sequencer stands. */
  readonly unsequenced: number;
  /**
   * For how many milliseconds the first of them has been seen waiting, over the calls of `stats`; 0 when it was not there before.
   *
   * Not the age of the event: imported and demo data bear dates of the past.
   */
  readonly unsequencedAgeMs: number;
  /** Events of the own log that the bus has not got yet. */
  readonly relayLag: number;
  readonly subscribers: number;
  readonly consumers: readonly ConsumerStats[];
}

/** Everything a service's process does about events: sequencer, relay, consumers, and the tail for live updates. */
export interface EventService {
  readonly tail: EventTail;
  stats(): Promise<EventStats>;
  listParked(): Promise<ParkedSubject[]>;
  /** Tries a parked subject of every source, or of one, now. */
  retryParked(subject: string, source?: ServiceName): Promise<{ handled: number; released: boolean }>;
  /** Ends the streams, lets transactions in progress end, closes the listening connection. Idempotent. */
  stop(): Promise<void>;
}

/** @returns when the tail knows the end of the log; the loops run from then on, until `stop` */
export async function startEvents(options: EventServiceOptions): Promise<EventService> {
  const { dataSource, databaseUrl, source, bus, handlers, clock, logger } = options;
  const tail = new EventTail({ dataSource, source, logger });
  await tail.start();

  const sequencer = startLoop(`sequencer of ${source}`, async () => void (await runSequencer(dataSource)), logger);
  const relay = startRelay(options);
  const consumers = options.consumeFrom.map(
    (from) => new InboxConsumer({ dataSource, bus, source: from, handlers, clock, logger, ...(options.retry ? { retry: options.retry } : {}) }),
  );
  const bell = new Bell({
    databaseUrl,
    logger,
    channels: [channels.emitted, channels.sequenced],
    onRing: (channel) => {
      if (channel !== channels.sequenced) sequencer.ring();
      if (channel === channels.emitted) return;
      tail.ring();
      relay.ring();
    },
  });
  bell.start();
  for (const consumer of consumers) consumer.start();

  const stop = async (): Promise<void> => {
    await bell.close();
    await Promise.all([tail.stop(), sequencer.stop(), relay.stop(), ...consumers.map((c) => c.stop())]);
  };
  const waitingFor = watch(clock);
  let stopping: Promise<void> | undefined;
  return {
    tail,
    stats: async () => {
      const em = dataSource.manager;
      // In this order: what gets its position meanwhile is in the head, and nobody takes the log for caught up without it.
      const waiting = await unsequenced(em);
      const head = await logHead(em);
      const relayed = await relayPosition(em);
      const consumerStats: ConsumerStats[] = [];
      for (const consumer of consumers) consumerStats.push(await consumer.stats());
      return {
        listening: bell.connected,
        head,
        unsequenced: waiting.count,
        unsequencedAgeMs: waitingFor(waiting.first),
        relayLag: Math.max(0, head - relayed),
        subscribers: tail.subscriberCount,
        consumers: consumerStats,
      };
    },
    listParked: async () => (await Promise.all(consumers.map((c) => c.listParked()))).flat(),
    retryParked: async (subject, from) => {
      const concerned = consumers.filter((c) => from === undefined || c.source === from);
      const results = await Promise.all(concerned.map((c) => c.retryParked(subject)));
      return { handled: results.reduce((sum, r) => sum + r.handled, 0), released: results.every((r) => r.released) };
    },
    stop: () => (stopping ??= stop()),
  };
}

/** For how long the same thing has been seen at each call. */
function watch(clock: Clock): (seen: number | null) => number {
  let last: number | null = null;
  let since = 0;
  return (seen) => {
    const now = clock.now().getTime();
    if (seen === null || seen !== last) since = now;
    last = seen;
    return Math.max(0, now - since);
  };
}

/** The first run asks where the bus really is; a bus restored from an older copy would otherwise miss events until the next one. */
function startRelay({ dataSource, source, bus, logger }: EventServiceOptions): Loop {
  let compared = false;
  return startLoop(
    `relay of ${source}`,
    async (signal) => {
      if (!compared) await rewindRelay({ dataSource, source, bus });
      compared = true;
      await runRelay({ dataSource, source, bus }, signal);
    },
    logger,
  );
}
