import { ConcurrencyLimit, GatewayBusy } from './limits.errors';
import type { SlotLeases } from './slots';

export interface ConcurrencyLimits {
  /** Operations of one reader at once; of an agency's reader in all processes together, where they share a ledger. */
  readonly perReader: number;
  /** Operations of all at once. */
  readonly total: number;
  /** Operations of one reader that wait. */
  readonly waitingPerReader: number;
  /** Operations of all that wait. */
  readonly waitingTotal: number;
  /** Milliseconds that an operation waits at most. */
  readonly waitMs: number;
}

/** Of one process. A portal page sends about ten operations at once; a batch job of an agency that needs more waits its turn. */
export const concurrencyLimits: ConcurrencyLimits = { perReader: 32, total: 512, waitingPerReader: 512, waitingTotal: 2_048, waitMs: 2_000 };

/** Of an operation that runs. */
export interface Pass {
  /** It has ended. A second call does nothing. */
  leave(): void;
}

interface Waiter {
  readonly reader: string;
  readonly agency: string;
  admit(): void;
}

/** Whose turn it is among readers without a token. Each process counts them for itself: there are more networks than a database has time for. */
export const publicTurn = 'public';

/**
 * Lets operations in. Places that become free go round between agencies, and within an agency between its readers, so that one
 * who has much waiting delays himself and nobody else.
 */
export class ConcurrencyGate {
  private readonly running = new Map<string, number>();
  private inside = 0;
  private waiting = 0;
  /** By agency, then by reader; the first of each is next in turn. */
  private readonly queues = new Map<string, Map<string, Waiter[]>>();

  /** @param leases - of the readers of agencies, with `limits.perReader`; without them this process counts for itself */
  constructor(private readonly limits: ConcurrencyLimits = concurrencyLimits, private readonly leases: SlotLeases | null = null) {}

  /** Operations that run, and that wait: for metrics. */
  get load(): { readonly running: number; readonly waiting: number } {
    return { running: this.inside, waiting: this.waiting };
  }

  /**
   * @param reader - who counts as one, e.g. agency and officer, or a network of the public
   * @param agency - whose turn it is
   * @param signal - what ends the wait from outside; made when there is one
   * @returns a promise only when the operation has to wait
   * @throws ConcurrencyLimit, GatewayBusy, at once or by rejecting; the reason of the signal
   */
  enter(reader: string, agency: string, signal?: () => AbortSignal): Pass | Promise<Pass> {
    const { perReader, total, waitingPerReader, waitingTotal } = this.limits;
    const ahead = this.waitingOf(reader, agency);
    if (this.inside < total && ahead === 0 && this.hasRoom(reader, agency)) return this.admit(reader, agency);
    if (ahead >= waitingPerReader) throw new ConcurrencyLimit(perReader);
    if (this.waiting >= waitingTotal) throw new GatewayBusy();
    return this.wait(reader, agency, signal?.());
  }

  /** An operation of this reader will enter in a moment: what has to be asked for may be asked for meanwhile. */
  expect(reader: string, agency: string): void {
    if (agency !== publicTurn) this.leases?.foresee(reader);
  }

  /** Lets in whoever has room by now: more places were leased. */
  admitWaiting(): void {
    while (this.next());
  }

  private waitingOf(reader: string, agency: string): number {
    return this.queues.get(agency)?.get(reader)?.length ?? 0;
  }

  private hasRoom(reader: string, agency: string): boolean {
    const most = this.leases && agency !== publicTurn ? this.leases.allowed(reader) : this.limits.perReader;
    return (this.running.get(reader) ?? 0) < most;
  }

  private tell(reader: string, agency: string): void {
    if (agency !== publicTurn) this.leases?.demand(reader, this.running.get(reader) ?? 0, this.waitingOf(reader, agency));
  }

  private admit(reader: string, agency: string): Pass {
    this.inside++;
    this.running.set(reader, (this.running.get(reader) ?? 0) + 1);
    this.tell(reader, agency);
    let here = true;
    return {
      leave: () => {
        if (!here) return;
        here = false;
        this.inside--;
        const left = (this.running.get(reader) ?? 1) - 1;
        if (left === 0) this.running.delete(reader);
        else this.running.set(reader, left);
        this.tell(reader, agency);
        this.admitWaiting();
      },
    };
  }

  private wait(reader: string, agency: string, signal?: AbortSignal): Promise<Pass> {
    return new Promise((resolve, reject) => {
      const end = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', gone);
        this.waiting--;
      };
      const waiter: Waiter = {
        reader, agency,
        admit: () => {
          end();
          resolve(this.admit(reader, agency));
        },
      };
      const giveUp = (cause: unknown): void => {
        this.remove(waiter);
        end();
        this.tell(reader, agency);
        reject(cause as Error);
      };
      const gone = (): void => giveUp(signal?.reason);
      const timer = setTimeout(() => {
        giveUp(!this.hasRoom(reader, agency) ? new ConcurrencyLimit(this.limits.perReader) : new GatewayBusy());
      }, this.limits.waitMs);
      timer.unref();
      signal?.addEventListener('abort', gone);
      this.waiting++;
      const readers = this.queues.get(agency) ?? new Map<string, Waiter[]>();
      this.queues.set(agency, readers);
      const queue = readers.get(reader) ?? [];
      readers.set(reader, queue);
      queue.push(waiter);
      this.tell(reader, agency);
      if (signal?.aborted) gone();
    });
  }

  /** Gives a free place to whoever is next; false: there is none, or nobody. */
  private next(): boolean {
    if (this.inside >= this.limits.total) return false;
    for (const [agency, readers] of this.queues) {
      for (const [reader, queue] of readers) {
        if (!this.hasRoom(reader, agency)) continue;
        const waiter = queue.shift();
        if (!waiter) continue;
        toTheEnd(readers, reader, queue.length > 0);
        toTheEnd(this.queues, agency, readers.size > 0);
        waiter.admit();
        return true;
      }
    }
    return false;
  }

  private remove(waiter: Waiter): void {
    const { agency, reader } = waiter;
    const readers = this.queues.get(agency);
    const queue = readers?.get(reader);
    if (!readers || !queue) return;
    const left = queue.filter((other) => other !== waiter);
    if (left.length > 0) readers.set(reader, left);
    else readers.delete(reader);
    if (readers.size === 0) this.queues.delete(agency);
  }
}

/** The order of a map is the order of turns. */
function toTheEnd<V>(map: Map<string, V>, key: string, stays: boolean): void {
  const value = map.get(key);
  map.delete(key);
  if (stays && value !== undefined) map.set(key, value);
}
