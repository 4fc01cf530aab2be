import type { EventDefinition, EventEnvelope } from '@casebridge/contracts';
import type { EntityManager } from 'typeorm';

/**
 * What a service does about an event, inside the transaction that also remembers the event.
 *
 * It runs again when that transaction fails, so it touches nothing but `em`.
 */
export type EventHandler<T = unknown> = (em: EntityManager, event: EventEnvelope<T>) => Promise<void>;

/** One reaction of a service to one type of event. */
export interface EventReaction {
  readonly type: string;
  readonly handle: EventHandler;
}

/** Binds a handler to an event of the contracts; data that does not fit the schema is an error of the event and parks its subject. */
export const on = <T>(definition: EventDefinition<T>, handle: EventHandler<T>): EventReaction => ({
  type: definition.type,
  handle: async (em, event) => handle(em, { ...event, data: definition.schema.parse(event.data) }),
});

/** Reactions by type; several to one type run in the order given, in one transaction. */
export type Reactions = ReadonlyMap<string, readonly EventReaction[]>;

export function reactionsByType(reactions: readonly EventReaction[]): Reactions {
  const byType = new Map<string, EventReaction[]>();
  for (const reaction of reactions) byType.set(reaction.type, [...(byType.get(reaction.type) ?? []), reaction]);
  return byType;
}
