import { type EventDraft, integrationEvents } from '@casebridge/contracts';
import type { EntityManager } from 'typeorm';
import type { Clock, HolidayCalendar } from '@casebridge/kernel';
import { emit, eventRegistry } from '../events';
import type { ServiceDeps } from '../graph';

/** The only handle that writes; it exists only inside a unit of work. Everything in it happens, or nothing. */
export interface Tx {
  readonly em: EntityManager;
  readonly clock: Clock;
  readonly calendar: HolidayCalendar;
  /** Writes an event into the outbox of the same transaction. */
  emit<T>(draft: EventDraft<T>): Promise<void>;
}

const registry = eventRegistry(integrationEvents);

/** Runs work in one transaction. `now` stands still within it, so that all that one act writes bears one time. */
export function unitOfWork<R>(deps: Pick<ServiceDeps, 'name' | 'dataSource' | 'clock' | 'calendar'>, work: (tx: Tx) => Promise<R>): Promise<R> {
  return deps.dataSource.transaction((em) => {
    const now = deps.clock.now();
    const tx: Tx = {
      em,
      clock: { now: () => new Date(now) },
      calendar: deps.calendar,
      emit: async (draft) => {
        await emit(em, deps.name, draft, now, registry);
      },
    };
    return work(tx);
  });
}
