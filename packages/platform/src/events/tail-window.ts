import type { EventEnvelope } from '@casebridge/contracts';

/** The last events of a log, without gaps; every subscriber that is not far behind reads from here. */
export class TailWindow {
  private events: EventEnvelope[] = [];

  constructor(private readonly size: number) {}

  /** @param events - the ones that follow those inside */
  push(events: readonly EventEnvelope[]): void {
    this.events.push(...events);
    // Cut in large pieces: moving the whole array for every event would cost more than keeping it twice as long.
    if (this.events.length > 2 * this.size) this.events = this.events.slice(-this.size);
  }

  /** Up to `limit` events after a position, or null when the first of them is no longer (or not yet) here. */
  after(position: number, limit: number): readonly EventEnvelope[] | null {
    const first = this.events[0]?.position;
    if (first === undefined || position + 1 < first) return null;
    const from = position + 1 - first;
    return from < this.events.length ? this.events.slice(from, from + limit) : null;
  }
}
