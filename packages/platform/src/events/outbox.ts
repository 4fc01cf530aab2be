import type { EventDefinition, EventDraft, ServiceName } from '@casebridge/contracts';
import { uuidv7 } from '@casebridge/kernel';
import type { EntityManager } from 'typeorm';
import { query, sql } from '../sql';
import { eventTable } from './event-row';
import { channels } from './names';

/** The events whose data is checked before it is written, by type. */
export type EventRegistry = ReadonlyMap<string, EventDefinition<unknown>>;

/** @throws Error when two definitions claim one type */
export function eventRegistry(definitions: readonly EventDefinition<unknown>[]): EventRegistry {
  const registry = new Map<string, EventDefinition<unknown>>();
  for (const definition of definitions) {
    if (registry.has(definition.type)) throw new Error(`Two definitions of the event ${definition.type}`);
    registry.set(definition.type, definition);
  }
  return registry;
}

/** A use case tried to say something that its contract does not allow: a bug, never the client's fault. */
export class InvalidEvent extends Error {
  override readonly name = 'InvalidEvent';
}

const nothingRegistered: EventRegistry = new Map();

/**
 * Writes one event into the outbox, inside the caller's transaction: it exists if and only if the act does.
 *
 * Take the lock on the subject's row first, as every use case does: of two acts on one subject, the one that held the lock first
 * then has the earlier position.
 *
 * @param em - the manager of the caller's transaction
 * @param source - the service whose database this is
 * @param draft - type, subject and data; data that the schema does not name is dropped
 * @param occurredAt - the instant of the act, from the clock of the use case
 * @param registry - schemas by type; a type without one is written as it is
 * @returns the id of the event
 * @throws InvalidEvent when the data does not fit the schema of its type
 */
export async function emit(
  em: EntityManager,
  source: ServiceName,
  draft: EventDraft,
  occurredAt: Date,
  registry: EventRegistry = nothingRegistered,
): Promise<string> {
  const [id] = await emitAll(em, source, [draft], occurredAt, registry);
  return id as string;
}

/** The same for many events at once, in the order given, in one statement. */
export async function emitAll(
  em: EntityManager,
  source: ServiceName,
  drafts: readonly EventDraft[],
  occurredAt: Date,
  registry: EventRegistry = nothingRegistered,
): Promise<string[]> {
  if (drafts.length === 0) return [];
  const events = drafts.map((draft) => ({
    id: uuidv7(occurredAt),
    type: draft.type,
    subject: draft.subject,
    occurredAt,
    data: checked(source, draft, registry),
  }));
  await query(em, sql`
    with written as (
      insert into outbox_event (id, type, subject, occurred_at, data)
      select id, type, subject, occurred_at, data from ${eventTable(events, 'e')} order by n
    )
    select pg_notify(${channels.emitted}, '')`);
  return events.map((e) => e.id);
}

function checked(source: ServiceName, draft: EventDraft, registry: EventRegistry): unknown {
  const definition = registry.get(draft.type);
  if (!definition) return draft.data;
  const parsed = definition.schema.safeParse(draft.data);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((i) => `${i.path.join('.')}: ${i.code}`); // paths only: values may be personal data
  throw new InvalidEvent(`${source} may not emit this ${draft.type}: ${faults.join(', ')}`);
}
