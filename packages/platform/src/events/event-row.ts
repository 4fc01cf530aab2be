import type { EventEnvelope, ServiceName } from '@casebridge/contracts';
import { raw, sql, type Sql } from '../sql';

/** An event as a row of any of the three logs; `position` may come as text, depending on the parsers of the process. */
export interface EventRow {
  readonly id: string;
  readonly position: string | number;
  readonly type: string;
  readonly subject: string;
  readonly occurred_at: Date;
  readonly data: unknown;
}

/** What has a position may be shared by every reader in the process, so nobody gets to write on it. */
export const toEnvelope = (source: ServiceName, row: EventRow): EventEnvelope =>
  Object.freeze({
    id: row.id,
    source,
    position: Number(row.position),
    type: row.type,
    subject: row.subject,
    occurredAt: row.occurred_at,
    data: row.data,
  });

interface Writable {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly occurredAt: Date;
  readonly data: unknown;
}

/**
 * Many events as one table expression with the columns `id, type, subject, occurred_at, data, n`, `n` counting from 1.
 *
 * One statement with six array parameters whatever the number of rows: the plan is shared and nothing is spliced into text.
 */
export const eventTable = (events: readonly Writable[], alias: string): Sql => sql`unnest(
  ${events.map((e) => e.id)}::uuid[],
  ${events.map((e) => e.type)}::text[],
  ${events.map((e) => e.subject)}::text[],
  ${events.map((e) => e.occurredAt.toISOString())}::timestamptz[],
  ${events.map((e) => JSON.stringify(e.data))}::jsonb[]
) with ordinality as ${raw(alias)} (id, type, subject, occurred_at, data, n)`;
