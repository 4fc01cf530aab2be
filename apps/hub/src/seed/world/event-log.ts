import { accessApplied, caseAccessChanged, penaltyDecided, penaltyOverturned, regionChanged, type ServiceName } from '@casebridge/contracts';
import { uuidv7 } from '@casebridge/kernel';
import type { Random } from './random';
import { busTable, inboxTables, type LoggedEvent, outboxTables, type Rows } from './tables';

/** Which services do something about an event of which source, by type; a test compares it with their handlers. */
export const reactions: Readonly<Record<ServiceName, Readonly<Record<string, readonly ServiceName[]>>>> = {
  inspection: { [accessApplied.type]: ['enforcement'], [regionChanged.type]: ['enforcement', 'credit', 'adr'] },
  enforcement: { [caseAccessChanged.type]: ['inspection', 'credit', 'adr'], [penaltyDecided.type]: ['credit'], [penaltyOverturned.type]: ['credit'] },
  credit: { [accessApplied.type]: ['enforcement'] },
  adr: { [accessApplied.type]: ['enforcement'] },
};

/** From a service's log to the projections of the others; they are quick. */
const handledAfterMs = 400;

interface Waiting extends Omit<LoggedEvent, 'position' | 'occurredAt'> {
  readonly at: number;
  /** Order of writing, for events of one instant. */
  readonly nth: number;
}

/**
 * The logs of the services: events come story by story and leave in order of time, with dense positions, into the outbox, onto the bus and
 * into the inboxes of whoever reacts to them. Only what is not yet due is held.
 */
export class EventLog {
  private readonly heap: Waiting[] = [];
  private written = 0;
  readonly heads: Record<ServiceName, number> = { inspection: 0, enforcement: 0, credit: 0, adr: 0 };

  constructor(private readonly rows: Rows) {}

  emit(source: ServiceName, at: number, random: Random, draft: { readonly type: string; readonly subject: string; readonly data: object }): void {
    this.push({
      id: uuidv7(at, random.bytes), source, at, nth: (this.written += 1), type: draft.type, subject: draft.subject, data: JSON.stringify(draft.data),
    });
  }

  /** Writes what happened before an instant: no later story may tell of anything earlier. */
  release(before: number): void {
    for (let first = this.heap[0]; first !== undefined && first.at < before; first = this.heap[0]) {
      this.pop();
      this.write(first);
    }
  }

  releaseAll(): void {
    this.release(Number.POSITIVE_INFINITY);
  }

  private write({ at, id, source, type, subject, data }: Waiting): void {
    this.heads[source] += 1;
    const logged: LoggedEvent = { id, source, position: this.heads[source], type, subject, occurredAt: new Date(at), data };
    this.rows.put(outboxTables[source], logged);
    this.rows.put(busTable, logged);
    for (const reader of reactions[source][type] ?? []) {
      this.rows.put(inboxTables[reader], { source, eventId: id, handledAt: new Date(at + handledAfterMs) });
    }
  }

  private push(event: Waiting): void {
    const { heap } = this;
    let i = heap.length;
    heap.push(event);
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!earlier(event, heap[parent]!)) break;
      heap[i] = heap[parent]!;
      i = parent;
    }
    heap[i] = event;
  }

  private pop(): void {
    const { heap } = this;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && earlier(heap[child + 1]!, heap[child]!)) child += 1;
      if (!earlier(heap[child]!, last)) break;
      heap[i] = heap[child]!;
      i = child;
    }
    heap[i] = last;
  }
}

const earlier = (a: Waiting, b: Waiting): boolean => a.at < b.at || (a.at === b.at && a.nth < b.nth);
