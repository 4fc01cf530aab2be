import { createHash } from 'node:crypto';
import { inTime } from './in-time';

/** Places that a process wants for the operations of one reader. */
export interface SlotWant {
  readonly reader: string;
  /** For operations that run or wait; 0 gives everything back. */
  readonly need: number;
  /** For those to come, where there are plenty. */
  readonly spare: number;
}

/** Where all processes keep how many operations of a reader each of them may run. */
export interface SlotLedger {
  /**
   * Sets what a process holds; what it held before counts no more. All that processes hold of one reader together is never more than the limit.
   *
   * @returns places by reader, for `seconds` from now on
   */
  hold(holder: string, wants: readonly SlotWant[], terms: { readonly limit: number; readonly seconds: number }): Promise<ReadonlyMap<string, number>>;
  /** Forgets readers for whom nobody has held anything for long. */
  forgetIdle?(): Promise<void>;
}

export interface SlotLeasesOptions {
  readonly ledger: SlotLedger;
  /** Of this process, and of no other. */
  readonly holder: string;
  /** Operations of one reader at once, in all processes together. */
  readonly limit: number;
  /** The ledger failed: until it answers again, this process counts for itself. For the log. */
  readonly onLedgerFailure: (cause: unknown) => void;
  /** Some readers may run more than before. */
  readonly onGrant: () => void;
  /** Milliseconds to wait for the ledger at most. Default 500. */
  readonly patienceMs?: number;
}

interface Lease {
  readonly reader: string;
  held: number;
  /** Instant from which others may have it. */
  until: number;
  askedAt: number;
  running: number;
  waiting: number;
  lastUsed: number;
  /** An operation is on its way. */
  foreseen: boolean;
  /** Instant until which nothing is taken ahead, because there was not enough for all. */
  tightUntil: number;
  /** Instant until which only a turn asks again, because there was not even enough for what waits. */
  shortUntil: number;
  dirty: boolean;
}

/** A process that is gone without a word keeps its places no longer than this. */
const leaseSeconds = 10;
const renewMs = 4_000;
/** What is held beyond need is asked for anew so often: another process may be short of it. */
const surplusMs = 500;
const turnMs = 50;
/** What is taken ahead, so that operations that follow each other ask nobody. */
const spare = 3;
/** After so long without an operation everything is given back: others may need it. */
const idleMs = 200;
const tightMs = 1_000;
const pauseAfterFailureMs = 1_000;

/**
 * The places of this process among those that each reader has in all processes. They are leased a few at a time, so that most operations find one in hand; asked for and given back
 * in one statement for all readers; and lost to this process when it does not renew them.
 */
export class SlotLeases {
  private readonly leases = new Map<string, Lease>();
  private timer: NodeJS.Timeout | null = null;
  private asking: Promise<void> | null = null;
  /** Instant before which a ledger that has failed is not asked; null: it has not. */
  private failedUntil: number | null = null;
  private closed = false;

  constructor(private readonly options: SlotLeasesOptions) {}

  /** How many operations of the reader may run here now. */
  allowed(reader: string): number {
    if (this.failedUntil !== null || this.closed) return this.options.limit;
    const lease = this.leases.get(reader);
    return lease && performance.now() < lease.until ? lease.held : 0;
  }

  /** How many operations of a reader run and wait here: to be called at each change. */
  demand(reader: string, running: number, waiting: number): void {
    if (this.closed || (running + waiting === 0 && !this.leases.has(reader))) return;
    const lease = this.leaseOf(reader);
    const now = performance.now();
    const needed = running + waiting;
    const grew = needed > lease.running + lease.waiting;
    lease.running = running;
    lease.waiting = waiting;
    lease.lastUsed = now;
    const short = needed > lease.held ? now >= lease.shortUntil : needed === lease.held && now >= lease.tightUntil; // the latter ahead of need, so that nobody waits
    if (grew && short && lease.held < this.options.limit) this.ask(lease);
  }

  /** An operation of the reader is on its way: what has to be asked for may be asked for meanwhile. */
  foresee(reader: string): void {
    if (this.closed || this.failedUntil !== null || this.leases.has(reader)) return;
    const lease = this.leaseOf(reader);
    lease.foreseen = true;
    this.ask(lease);
  }

  /** Gives everything back. What runs afterwards is not counted any more. */
  async close(): Promise<void> {
    this.closed = true;
    if (this.timer) clearInterval(this.timer);
    await this.asking;
    const wants = [...this.leases.values()].map(({ reader }): SlotWant => ({ reader: nameOf(reader), need: 0, spare: 0 }));
    if (wants.length > 0) await inTime(this.hold(wants), this.options.patienceMs ?? 500).catch(this.options.onLedgerFailure); // they expire by themselves
  }

  private leaseOf(reader: string): Lease {
    let lease = this.leases.get(reader);
    if (!lease) {
      lease = { reader, held: 0, until: 0, askedAt: 0, running: 0, waiting: 0, lastUsed: performance.now(), foreseen: false, tightUntil: 0, shortUntil: 0, dirty: false };
      this.leases.set(reader, lease);
      this.timer ??= setInterval(() => this.turn(), turnMs).unref();
    }
    return lease;
  }

  private turn(): void {
    const now = performance.now();
    for (const lease of this.leases.values()) {
      const { held, running, waiting } = lease;
      const needed = running + waiting;
      if (needed === 0 && held === 0 && now - lease.lastUsed >= idleMs) {
        this.leases.delete(lease.reader);
        continue;
      }
      const idle = needed === 0 && held > 0 && (now - lease.lastUsed >= idleMs || now < lease.tightUntil);
      const renews = held > 0 && now - lease.askedAt >= (held > needed ? surplusMs : renewMs);
      const surplus = Math.min(2 * spare, Math.floor((this.options.limit - needed) / 4));
      lease.dirty ||= idle || renews || waiting > 0 || held - needed > Math.max(0, surplus);
    }
    if (this.leases.size === 0 && this.timer) {
      clearInterval(this.timer);
      this.timer = null;
    }
    this.flush();
  }

  private ask(lease: Lease): void {
    lease.dirty = true;
    this.flush();
  }

  private flush(): void {
    if (this.asking || this.closed) return;
    const now = performance.now();
    if (this.failedUntil !== null && now < this.failedUntil) return;
    const asked = [...this.leases.values()].filter(({ dirty }) => dirty);
    if (asked.length === 0) return;
    const wants = asked.map((lease): SlotWant => {
      lease.dirty = false;
      lease.askedAt = now;
      const need = Math.min(lease.running + lease.waiting, this.options.limit);
      const ahead = (need === 0 && !lease.foreseen) || now < lease.tightUntil ? 0 : spare;
      lease.foreseen = false;
      lease.held = Math.min(lease.held, need + ahead); // what is given back is not used from here on
      return { reader: nameOf(lease.reader), need, spare: ahead };
    });
    this.asking = inTime(this.hold(wants), this.options.patienceMs ?? 500).then(
      (granted) => this.granted(asked, wants, granted, now),
      (cause: unknown) => this.failed(asked, cause),
    ).finally(() => {
      this.asking = null;
      this.flush();
    });
  }

  private hold(wants: readonly SlotWant[]): Promise<ReadonlyMap<string, number>> {
    const { holder, ledger, limit } = this.options;
    return ledger.hold(holder, wants, { limit, seconds: leaseSeconds });
  }

  private granted(asked: readonly Lease[], wants: readonly SlotWant[], granted: ReadonlyMap<string, number>, now: number): void {
    this.failedUntil = null;
    for (const [i, lease] of asked.entries()) {
      const want = wants[i] as SlotWant;
      lease.held = granted.get(want.reader) ?? 0;
      lease.until = now + leaseSeconds * 1_000; // counted from before the question: never longer than the ledger counts
      if (lease.held < want.need + want.spare) lease.tightUntil = performance.now() + tightMs;
      if (lease.held < want.need) lease.shortUntil = performance.now() + turnMs;
      // Whoever came while the question was under way.
      else if (lease.running + lease.waiting > lease.held && lease.held < this.options.limit) lease.dirty = true;
    }
    this.options.onGrant();
  }

  private failed(asked: readonly Lease[], cause: unknown): void {
    const first = this.failedUntil === null;
    this.failedUntil = performance.now() + pauseAfterFailureMs;
    for (const lease of asked) lease.dirty = true;
    if (first) this.options.onLedgerFailure(cause);
    this.options.onGrant();
  }
}

/** What others get to see of a reader: no name of an officer. */
const nameOf = (reader: string): string => createHash('sha256').update(reader).digest('base64url');
