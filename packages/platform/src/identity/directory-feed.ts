import type { EventEnvelope } from '@casebridge/contracts';
import type { Clock } from '@casebridge/kernel';
import type { EventBus, Subscription } from '../events/event-bus';
import type { CheckResult } from '../process/health';
import type { Logger } from '../process/logger';
import type { InMemoryDirectory } from './directory';

/** The part of the event bus that the directory needs. */
export type DirectorySource = Pick<EventBus, 'listen' | 'read'>;

export interface DirectoryFeedOptions {
  readonly bus: DirectorySource;
  readonly directory: InMemoryDirectory;
  readonly logger: Logger;
  readonly clock: Clock;
  /** Milliseconds between reads when no bell rings. Default 1000: a revocation holds everywhere within 2 s, bell or not. */
  readonly pollMs?: number;
  /** Events per read. Default 500. */
  readonly pageSize?: number;
}

export interface DirectoryFeed {
  /** Resolves after the registry has been read to its end once; waits through an outage of the bus. Never rejects. */
  readonly ready: Promise<void>;
  /** Not ok before the first full read, when the bus has not answered for 5 s, or when an event could not be read. */
  check(): CheckResult;
  /** Ends after the read under way. Idempotent. */
  stop(): Promise<void>;
}

const staleMs = 5_000;

/** Fills a directory from the bus and keeps it up to date. */
export function startDirectoryFeed(options: DirectoryFeedOptions): DirectoryFeed {
  return new Feed(options);
}

class Feed implements DirectoryFeed {
  readonly ready: Promise<void>;
  private readonly bell = new Bell();
  private readonly running: Promise<void>;
  private readonly subscription: Subscription;
  private stopping: Promise<void> | null = null;
  private stopped = false;
  private readTo = 0;
  private answeredAt: number;
  private failing = false;
  private unreadable: number[] = [];

  constructor(private readonly options: DirectoryFeedOptions) {
    this.answeredAt = options.clock.now().getTime();
    this.readTo = options.directory.position;
    let markReady: () => void = () => undefined;
    this.ready = new Promise((resolve) => (markReady = resolve));
    this.subscription = options.bus.listen((source) => {
      if (source === undefined || source === 'enforcement') this.bell.ring();
    });
    this.running = this.run(markReady);
  }

  check(): CheckResult {
    if (!this.options.directory.ready) return { ok: false, message: 'the agency registry is not loaded yet' };
    const silent = this.options.clock.now().getTime() - this.answeredAt;
    if (silent > staleMs) return { ok: false, message: `the event bus has not answered for ${Math.round(silent / 1_000)} s: revocations may be missing` };
    if (this.unreadable.length > 0) return { ok: false, message: `events of the agency registry could not be read: position ${this.unreadable.join(', ')}` };
    return { ok: true };
  }

  stop(): Promise<void> {
    this.stopping ??= this.end();
    return this.stopping;
  }

  private async end(): Promise<void> {
    this.stopped = true;
    this.bell.ring();
    await this.running;
    await this.subscription.close();
  }

  private async run(markReady: () => void): Promise<void> {
    const { clock, directory, logger, pollMs = 1_000 } = this.options;
    while (!this.stopped) {
      const rung = this.bell.next(); // taken before the read: a bell during it means that there is more to read
      try {
        await this.readAll();
        this.answeredAt = clock.now().getTime();
        if (this.failing) logger.info('the agency registry follows the event bus again');
        this.failing = false;
        if (!directory.ready && !this.stopped) {
          directory.markReady();
          markReady();
        }
      } catch (error) {
        if (!this.failing) logger.error({ err: error }, 'the event bus cannot be read: changes of the agency registry and revocations wait');
        this.failing = true;
      }
      if (!this.stopped) await rung.orAfter(pollMs);
    }
  }

  private async readAll(): Promise<void> {
    const { bus, pageSize = 500 } = this.options;
    while (!this.stopped) {
      const events = await bus.read('enforcement', this.readTo, pageSize, { typePrefix: 'directory.' });
      for (const event of events) this.take(event);
      if (events.length < pageSize) return;
    }
  }

  private take(event: EventEnvelope): void {
    this.readTo = Math.max(this.readTo, event.position);
    try {
      this.options.directory.apply(event);
    } catch (error) {
      // Stopping here would also stop the revocations behind it; going on in silence would hide one. So: on, with an alarm.
      this.unreadable.push(event.position);
      this.options.logger.error({ err: error, position: event.position, type: event.type }, 'an event of the agency registry cannot be read');
    }
  }
}

/** Wakes whoever waits; a ring while nobody waits is not lost to who took `next()` before it. */
class Bell {
  private wake: () => void = () => undefined;
  private signal = this.fresh();

  ring(): void {
    this.wake();
  }

  next(): { orAfter(ms: number): Promise<void> } {
    this.signal = this.fresh();
    const signal = this.signal;
    return {
      async orAfter(ms) {
        let timer: NodeJS.Timeout | undefined;
        await Promise.race([signal, new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)))]);
        clearTimeout(timer);
      },
    };
  }

  private fresh(): Promise<void> {
    return new Promise((resolve) => (this.wake = resolve));
  }
}
