import type { EventEnvelope, ServiceName } from '@casebridge/contracts';
import type { EntityManager } from 'typeorm';
import { query, sql } from '../sql';
import { failureCode } from './failure';
import { type EventRow, eventTable, toEnvelope } from './event-row';

/** A subject whose next event keeps failing, for operators and for the health of the service. */
export interface ParkedSubject {
  readonly source: ServiceName;
  readonly subject: string;
  /** Position and type of the event that fails. */
  readonly position: number;
  readonly type: string;
  /** Events of the subject that wait, the failing one included. */
  readonly waiting: number;
  readonly parkedAt: Date;
  /** Attempts since it was parked. */
  readonly retries: number;
  readonly retryAt: Date;
  /** Code or name of the error that it fails with. */
  readonly code: string;
  /** May quote data of the event: for operators of this service, not for logs. */
  readonly lastError: string;
}

export async function ensureCheckpoint(em: EntityManager, source: ServiceName): Promise<void> {
  await query(em, sql`insert into inbox_checkpoint (source, position) values (${source}, 0) on conflict (source) do nothing`);
}

/** How far the log of a source has been taken: handled, parked or of no interest. */
export async function checkpointOf(em: EntityManager, source: ServiceName): Promise<number> {
  const rows = await query<{ position: string }>(em, sql`select position from inbox_checkpoint where source = ${source}`);
  return Number(rows[0]?.position ?? 0);
}

/** The same, held until the end of the transaction: whoever holds it is the only one who handles events of the source. */
export async function lockCheckpoint(em: EntityManager, source: ServiceName): Promise<number> {
  const rows = await query<{ position: string }>(em, sql`select position from inbox_checkpoint where source = ${source} for update`);
  if (!rows[0]) throw new Error(`No inbox checkpoint for ${source}`);
  return Number(rows[0].position);
}

export async function moveCheckpoint(em: EntityManager, source: ServiceName, position: number): Promise<void> {
  await query(em, sql`update inbox_checkpoint set position = ${position}::bigint where source = ${source}`);
}

/** @returns false when the event was handled before */
export async function remember(em: EntityManager, event: EventEnvelope, at: Date): Promise<boolean> {
  const rows = await query(em, sql`
    insert into inbox_event (source, event_id, handled_at) values (${event.source}, ${event.id}, ${at})
    on conflict (source, event_id) do nothing returning event_id`);
  return rows.length > 0;
}

export async function parkedAmong(em: EntityManager, source: ServiceName, subjects: readonly string[]): Promise<Set<string>> {
  const rows = await query<{ subject: string }>(em, sql`
    select subject from inbox_parked where source = ${source} and subject = any(${subjects}::text[])`);
  return new Set(rows.map((r) => r.subject));
}

export interface Failure {
  readonly at: Date;
  readonly retryAt: Date;
  readonly lastError: string;
}

export async function parkSubject(em: EntityManager, event: EventEnvelope, { at, retryAt, lastError }: Failure): Promise<void> {
  await query(em, sql`
    insert into inbox_parked (source, subject, parked_at, retry_at, last_error)
    values (${event.source}, ${event.subject}, ${at}, ${retryAt}, ${lastError})`);
  await parkEvent(em, event);
}

/** Puts an event behind the others of its parked subject. */
export async function parkEvent(em: EntityManager, event: EventEnvelope): Promise<void> {
  await query(em, sql`
    insert into inbox_parked_event (source, position, event_id, type, subject, occurred_at, data)
    select ${event.source}, ${event.position}::bigint, id, type, subject, occurred_at, data from ${eventTable([event], 'e')}
    on conflict (source, event_id) do nothing`);
}

export async function firstParked(em: EntityManager, source: ServiceName, subject: string): Promise<EventEnvelope | null> {
  const rows = await query<EventRow>(em, sql`
    select event_id as id, position, type, subject, occurred_at, data from inbox_parked_event
    where source = ${source} and subject = ${subject} order by position limit 1`);
  return rows[0] ? toEnvelope(source, rows[0]) : null;
}

export async function unparkEvent(em: EntityManager, event: EventEnvelope): Promise<void> {
  await query(em, sql`delete from inbox_parked_event where source = ${event.source} and position = ${event.position}::bigint`);
}

/** A subject without waiting events is an ordinary one again. */
export async function releaseSubject(em: EntityManager, source: ServiceName, subject: string): Promise<void> {
  await query(em, sql`delete from inbox_parked where source = ${source} and subject = ${subject}`);
}

/** Attempts since the subject was parked; null when it is not. */
export async function retriesOf(em: EntityManager, source: ServiceName, subject: string): Promise<number | null> {
  const rows = await query<{ retries: number }>(em, sql`select retries from inbox_parked where source = ${source} and subject = ${subject}`);
  return rows[0]?.retries ?? null;
}

export async function recordRetry(em: EntityManager, source: ServiceName, subject: string, failure: Failure): Promise<void> {
  await query(em, sql`
    update inbox_parked set retries = retries + 1, retry_at = ${failure.retryAt}, last_error = ${failure.lastError}
    where source = ${source} and subject = ${subject}`);
}

interface ParkedRow {
  readonly subject: string;
  readonly parked_at: Date;
  readonly retries: number;
  readonly retry_at: Date;
  readonly last_error: string;
  readonly waiting: number;
  readonly position: string;
  readonly type: string;
}

/** Parked subjects of a source, the longest parked first. */
export async function parkedSubjects(em: EntityManager, source: ServiceName, due?: Date): Promise<ParkedSubject[]> {
  const rows = await query<ParkedRow>(em, sql`
    select p.subject, p.parked_at, p.retries, p.retry_at, p.last_error, e.waiting, e.position, e.type
    from inbox_parked p, lateral (
      select count(*)::int as waiting, min(position) as position, (array_agg(type order by position))[1] as type
      from inbox_parked_event where source = p.source and subject = p.subject
    ) e
    where p.source = ${source} ${due === undefined ? sql`` : sql`and p.retry_at <= ${due}`}
    order by p.parked_at, p.subject`);
  return rows.map((row) => ({
    source,
    subject: row.subject,
    position: Number(row.position),
    type: row.type,
    waiting: row.waiting,
    parkedAt: row.parked_at,
    retries: row.retries,
    retryAt: row.retry_at,
    code: failureCode(row.last_error),
    lastError: row.last_error,
  }));
}

export async function countParked(em: EntityManager, source: ServiceName): Promise<{ subjects: number; events: number }> {
  const rows = await query<{ subjects: number; events: number }>(em, sql`
    select (select count(*)::int from inbox_parked where source = ${source}) as subjects,
           (select count(*)::int from inbox_parked_event where source = ${source}) as events`);
  return rows[0] ?? { subjects: 0, events: 0 };
}
