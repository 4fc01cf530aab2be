import type { EventEnvelope, ServiceName } from '@casebridge/contracts';
import type { EntityManager } from 'typeorm';
import { query, sql } from '../sql';
import { type EventRow, toEnvelope } from './event-row';

export interface LogRange {
  /** Exclusive. */
  readonly after: number;
  /** Inclusive; open when absent. */
  readonly through?: number;
  readonly types?: readonly string[];
  readonly limit: number;
}

/** Events of the service's own log by position, ascending. */
export async function readLog(em: EntityManager, source: ServiceName, range: LogRange): Promise<EventEnvelope[]> {
  const rows = await query<EventRow>(em, sql`
    select id, position, type, subject, occurred_at, data from outbox_event
    where position > ${range.after}::bigint
      ${range.through === undefined ? sql`` : sql`and position <= ${range.through}::bigint`}
      ${range.types === undefined ? sql`` : sql`and type = any(${range.types}::text[])`}
    order by position limit ${range.limit}`);
  return rows.map((row) => toEnvelope(source, row));
}

/** The position of the last event of the log; 0 when it is empty. */
export async function logHead(em: EntityManager): Promise<number> {
  const rows = await query<{ position: string }>(em, sql`select position from outbox_head`);
  return Number(rows[0]?.position ?? 0);
}

/** The first position that is still kept, or null for an empty log. */
export async function oldestKept(em: EntityManager): Promise<number | null> {
  const rows = await query<{ oldest: string | null }>(em, sql`select min(position) as oldest from outbox_event`);
  const oldest = rows[0]?.oldest;
  return oldest == null ? null : Number(oldest);
}

/** Committed events without a position: how many, and the `seq` of the first; null when there is none. */
export async function unsequenced(em: EntityManager): Promise<{ count: number; first: number | null }> {
  const rows = await query<{ count: number; first: string | null }>(em, sql`
    select count(*)::int as count, min(seq) as first from outbox_event where position is null`);
  const first = rows[0]?.first;
  return { count: rows[0]?.count ?? 0, first: first == null ? null : Number(first) };
}
