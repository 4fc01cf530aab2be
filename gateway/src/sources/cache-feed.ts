import type { EventEnvelope, ServiceName } from '@casebridge/contracts';
import type { EventBus, Logger, Subscription } from '@casebridge/platform';
import type { EntityCache } from './entity-cache';

export interface CacheFeedOptions {
  readonly bus: Pick<EventBus, 'head' | 'listen' | 'read'>;
  readonly cache: EntityCache;
  readonly logger: Logger;
  /** Milliseconds between reads when no bell rings. Default 1000. */
  readonly pollMs?: number;
  /** Events per read. Default 500. */
  readonly pageSize?: number;
}

export interface CacheFeed {
  /** Ends after the read under way; the cache is off from then on. Idempotent. */
  stop(): Promise<void>;
}

/** Tells the cache of changes, and switches it off as long as the bus cannot be read. */
export function startCacheFeed(options: CacheFeedOptions): CacheFeed {
  return new Feed(options);
}

class Feed implements CacheFeed {
  private readonly subscription: Subscription;
  private readonly running: Promise<void>;
  /** Places in the logs up to which changes were told; null: nothing is remembered, and so nothing need be told. */
  private places: Map<ServiceName, number> | null = null;
  /** By service the beginning that all its events of change have in common. */
  private readonly prefixes: ReadonlyMap<ServiceName, string>;
  private readonly kinds: ReadonlyMap<string, { readonly type: string; readonly keyOf: (data: unknown) => string }>;
  private stopping: Promise<void> | null = null;
  private stopped = false;
  private rung = false;
  private wake: () => void = () => undefined;
  private failing = false;

  constructor(private readonly options: CacheFeedOptions) {
    const listed = Object.entries(options.cache.list);
    this.kinds = new Map(listed.map(([type, { changed, keyOf }]) =>
      [changed.type, { type, keyOf: (data) => keyOf(changed.schema.parse(data) as never) }]));
    this.prefixes = new Map(listed.map(([, { changed, service }]) => [service, `${changed.type.split('.')[0]}.`]));
    this.subscription = options.bus.listen((source) => {
      if (source === undefined || this.prefixes.has(source)) this.ring();
    });
    this.running = this.run();
  }

  stop(): Promise<void> {
    return (this.stopping ??= this.end());
  }

  private async end(): Promise<void> {
    this.stopped = true;
    this.ring();
    await this.running;
    this.options.cache.switchOff();
    await this.subscription.close();
  }

  private ring(): void {
    this.rung = true;
    this.wake();
  }

  private async run(): Promise<void> {
    const { cache, logger, pollMs = 1_000 } = this.options;
    while (!this.stopped) {
      this.rung = false;
      try {
        await this.readAll();
        if (this.failing) logger.info('the entity cache follows the event bus again');
        this.failing = false;
      } catch (err) {
        cache.switchOff();
        this.places = null;
        if (!this.failing) logger.warn({ err }, 'the event bus cannot be read: the entity cache is off');
        this.failing = true;
      }
      if (!this.stopped && !this.rung) await this.wait(pollMs);
    }
  }

  private async wait(ms: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.wake = resolve;
      timer = setTimeout(resolve, ms);
    });
    clearTimeout(timer);
  }

  private async readAll(): Promise<void> {
    const { bus, cache } = this.options;
    const places = this.places ?? new Map<ServiceName, number>();
    for (const [source, prefix] of this.prefixes) {
      const head = await bus.head(source);
      const place = places.get(source) ?? head;
      // The log is shorter than it was: it was restored from an older copy, and what it will tell is not what it told.
      if (head < place) {
        cache.switchOff();
        places.set(source, head);
      } else places.set(source, await this.tell(source, prefix, place, head));
    }
    this.places = places;
    if (!this.stopped) cache.confirm();
  }

  /** @returns up to where changes were told: whatever the log had when `head` was asked is before that */
  private async tell(source: ServiceName, prefix: string, after: number, head: number): Promise<number> {
    const { bus, pageSize = 500 } = this.options;
    for (let place = after; ;) {
      if (place >= head) return place;
      const events = await bus.read(source, place, pageSize, { typePrefix: prefix });
      for (const event of events) this.take(event);
      const last = events.at(-1)?.position ?? place;
      if (events.length < pageSize) return Math.max(last, head);
      place = last;
    }
  }

  private take(event: EventEnvelope): void {
    const { cache, logger } = this.options;
    const kind = this.kinds.get(event.type);
    if (!kind) return;
    try {
      cache.invalidate(kind.type, kind.keyOf(event.data));
    } catch (err) {
      // Somebody's record changed, and it cannot be told whose.
      logger.error({ err, position: event.position, type: event.type }, 'a change cannot be read: the entity cache begins anew');
      cache.switchOff();
    }
  }
}
