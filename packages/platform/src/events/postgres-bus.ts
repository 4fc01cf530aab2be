import { type EventEnvelope, type ServiceName, serviceNames } from '@casebridge/contracts';
import type { DataSource, EntityManager } from 'typeorm';
import { query, raw, sql } from '../sql';
import { Bell } from './bell';
import { type EventBus, LogDiverged, LogGap, type ReadOptions, type Subscription } from './event-bus';
import { type EventRow, eventTable, toEnvelope } from './event-row';
import type { EventLogger } from './loop';
import { channels, lockSpace } from './names';

export interface PostgresBusOptions {
  /** The bus database; it stays the caller's, who closes it after the bus. */
  readonly dataSource: DataSource;
  /** Of the same database, for the listening connection. */
  readonly databaseUrl: string;
  readonly logger: EventLogger;
}

const isServiceName = (text: string | undefined): text is ServiceName => serviceNames.some((name) => name === text);

/** The bus as one table: the log is the truth, `NOTIFY` is the bell. */
export class PostgresBus implements EventBus {
  private readonly listeners = new Set<(source?: ServiceName) => void>();
  private bell: Bell | undefined;
  private closed = false;

  constructor(private readonly options: PostgresBusOptions) {}

  async publish(source: ServiceName, events: readonly EventEnvelope[]): Promise<void> {
    const first = events[0]?.position;
    if (first === undefined) return;
    if (events.some((e, i) => e.source !== source || e.position !== first + i)) {
      throw new RangeError(`Not a run of events of ${source} with consecutive positions`);
    }
    await this.options.dataSource.transaction('READ COMMITTED', async (em) => {
      // One publisher per source at a time; a statement of its own, so that the next one sees what the last publisher wrote.
      await query(em, sql`select pg_advisory_xact_lock(${lockSpace}::int, hashtext(${source}))`);
      const head = await headOf(em, source);
      if (first > head + 1) throw new LogGap(source, head, first);
      await refuseOthers(em, source, events.filter((e) => e.position <= head));
      const fresh = events.filter((e) => e.position > head);
      if (fresh.length > 0) await append(em, source, head, fresh);
    });
  }

  async read(source: ServiceName, after: number, limit: number, options: ReadOptions = {}): Promise<EventEnvelope[]> {
    const rows = await query<EventRow>(this.options.dataSource.manager, sql`
      select id, position, type, subject, occurred_at, data from bus_event
      where source = ${source} and position > ${after}::bigint ${typeStartsWith(options.typePrefix)}
      order by position limit ${limit}`);
    return rows.map((row) => toEnvelope(source, row));
  }

  head(source: ServiceName): Promise<number> {
    return headOf(this.options.dataSource.manager, source);
  }

  listen(onNews: (source?: ServiceName) => void): Subscription {
    if (this.closed) throw new Error('The bus is closed');
    const listener = (source?: ServiceName): void => onNews(source); // its own identity: one function may listen twice
    this.listeners.add(listener);
    this.bell ??= this.openBell();
    return {
      close: async () => {
        this.listeners.delete(listener);
        if (this.listeners.size === 0) await this.hangUp();
      },
    };
  }

  async close(): Promise<void> {
    this.closed = true;
    this.listeners.clear();
    await this.hangUp();
  }

  private openBell(): Bell {
    const { databaseUrl, logger } = this.options;
    const bell = new Bell({
      databaseUrl,
      logger,
      channels: [channels.published],
      onRing: (_channel, payload) => {
        const source = isServiceName(payload) ? payload : undefined;
        for (const listener of this.listeners) listener(source);
      },
    });
    bell.start();
    return bell;
  }

  private async hangUp(): Promise<void> {
    const bell = this.bell;
    this.bell = undefined;
    await bell?.close();
  }
}

async function headOf(em: EntityManager, source: ServiceName): Promise<number> {
  const rows = await query<{ head: string | null }>(em, sql`select max(position) as head from bus_event where source = ${source}`);
  return Number(rows[0]?.head ?? 0);
}

/** A prefix as a literal: the planner proves a partial index from a constant, never from a parameter. */
function typeStartsWith(prefix: string | undefined) {
  if (prefix === undefined) return sql``;
  if (!/^[a-z0-9.-]+$/.test(prefix)) throw new RangeError('A type prefix has lower-case words, hyphens and dots only');
  return raw(`and type like '${prefix}%'`);
}

async function refuseOthers(em: EntityManager, source: ServiceName, known: readonly EventEnvelope[]): Promise<void> {
  if (known.length === 0) return;
  const rows = await query<{ position: string }>(em, sql`
    select b.position from bus_event b
    join unnest(${known.map((e) => e.position)}::bigint[], ${known.map((e) => e.id)}::uuid[]) as k (position, id) using (position)
    where b.source = ${source} and b.id <> k.id order by b.position limit 1`);
  if (rows[0]) throw new LogDiverged(source, Number(rows[0].position));
}

async function append(em: EntityManager, source: ServiceName, head: number, events: readonly EventEnvelope[]): Promise<void> {
  await query(em, sql`
    with written as (
      insert into bus_event (source, position, id, type, subject, occurred_at, data)
      select ${source}, ${head}::bigint + n, id, type, subject, occurred_at, data from ${eventTable(events, 'e')}
    )
    select pg_notify(${channels.published}, ${source})`);
}
