import type { Clock } from '@casebridge/kernel';
import type { Metrics } from '@casebridge/platform';
import { LRUCache } from 'lru-cache';
import { copyOf, type Json } from '../execution/merge';
import { cacheable as wholeList, type CacheableType } from './cacheable';
import { type CacheFigures, cacheFigures } from './cache-figures';
import type { Shows } from './cache-plan';

/** An entity as a service answered it, for readers of one class. Shared by all who get it: read, never written. */
export interface CachedEntity {
  readonly entity: Json;
  /** When the service answered it. */
  readonly readAt: Date;
  readonly shows: Shows;
  /** Milliseconds of the steady clock. */
  readonly at: number;
}

/** When work began, as the cache counts: what it brings may be older than a change that was told since. */
export interface Moment {
  readonly change: number;
  readonly at: number;
}

export interface EntityCacheOptions {
  /** Of entities with their keys, roughly; the least recently used go first. */
  readonly megabytes: number;
  readonly clock: Clock;
  readonly metrics: Metrics;
  /** Default: `cacheable`. */
  readonly list?: Readonly<Record<string, CacheableType>>;
  /** Milliseconds of any steady clock. */
  readonly now?: () => number;
}

/** Nothing is shown that was read longer ago, even if the event of its change got lost. */
export const maxAgeMs = 60_000;
/** Without a word from the bus for so long, changes may have happened that nobody told. */
export const staleMs = 5_000;
/** A place in the two maps, the arrays and objects around an entity. */
const overhead = 400;
/** An entity that is larger is asked for each time. */
const maxEntityBytes = 64 * 1024;

/**
 * What services answered of a few types whose every change is told by an event: one per process, shared by all supergraphs and doors.
 *
 * It shows nothing while it does not know of all changes: before its feed has caught up, and when the bus does not answer.
 */
export class EntityCache {
  readonly list: Readonly<Record<string, CacheableType>>;
  readonly figures: CacheFigures;
  private readonly entries: LRUCache<string, CachedEntity>;
  /** Keys of the entries that depend on a record. */
  private readonly dependants = new Map<string, Set<string>>();
  private readonly operations = new WeakMap<object, { readonly moment: Moment; writes: boolean }>();
  private readonly clock: Clock;
  private readonly now: () => number;
  /** Counts the changes that were told. */
  private change = 0;
  /** By type the last change of any of its records: which one, and when. */
  private readonly changed = new Map<string, Moment>();
  /** What began before is not kept, whatever its type. */
  private since: Moment = { change: 0, at: 0 };
  private confirmedAt: number | null = null;

  constructor({ clock, list = wholeList, megabytes, metrics, now = () => performance.now() }: EntityCacheOptions) {
    this.list = list;
    this.clock = clock;
    this.now = now;
    this.entries = new LRUCache({
      maxSize: Math.max(1, Math.floor(megabytes * 1024 * 1024)),
      dispose: ({ shows }, key) => this.forget(key, shows),
    });
    this.figures = cacheFigures(metrics, Object.keys(list), () => ({ bytes: this.entries.calculatedSize, entries: this.entries.size, on: this.isOn }));
  }

  get isOn(): boolean {
    return this.confirmedAt !== null && this.now() - this.confirmedAt < staleMs;
  }

  get size(): { readonly entries: number; readonly bytes: number } {
    return { entries: this.entries.size, bytes: this.entries.calculatedSize };
  }

  /**
   * What is known of an operation, from its first fetch on. Its loaders live as long as it does: what a later fetch brings may have been
   * read by an earlier one.
   */
  operation(scope: object): { readonly moment: Moment; writes: boolean } {
    const known = this.operations.get(scope);
    if (known) return known;
    const begun = { moment: { change: this.change, at: this.now() }, writes: false };
    this.operations.set(scope, begun);
    return begun;
  }

  get(key: string): CachedEntity | undefined {
    const entry = this.entries.get(key);
    if (!entry || this.now() - entry.at < maxAgeMs) return entry;
    this.entries.delete(key);
    return undefined;
  }

  /** Keeps a copy, unless a record that it shows may have changed since `began`. */
  put(key: string, entity: Json, shows: Shows, began: Moment): void {
    if (!this.isOn) return;
    for (const record of shows.depends) {
      const type = record.slice(0, record.indexOf(':'));
      const settleMs = this.list[type]?.settleMs ?? 0;
      // Services that follow the bus themselves may be behind it also when this cache begins to listen.
      for (const last of [this.since, this.changed.get(type)]) if (last && !isAfter(began, last, settleMs)) return;
    }
    const size = 2 * (JSON.stringify(entity).length + 2 * key.length + shows.depends.join().length + shows.read.join().length) + overhead;
    if (size > maxEntityBytes) return;
    const entry: CachedEntity = { entity: frozen(copyOf(entity)), readAt: this.clock.now(), shows, at: this.now() };
    this.entries.set(key, entry, { size });
    if (!this.entries.has(key)) return; // larger than the whole cache
    for (const record of shows.depends) {
      let keys = this.dependants.get(record);
      if (!keys) this.dependants.set(record, (keys = new Set()));
      keys.add(key);
    }
  }

  /** A record changed: what shows it is dropped, and what is under way is not kept. */
  invalidate(type: string, key: string): void {
    this.change += 1;
    this.changed.set(type, { change: this.change, at: this.now() });
    this.figures.invalidated(type);
    for (const entry of [...(this.dependants.get(`${type}:${key}`) ?? [])]) this.entries.delete(entry);
  }

  /** Every change up to now was told. Switches the cache on. */
  confirm(): void {
    if (this.confirmedAt === null) this.startOver();
    this.confirmedAt = this.now();
  }

  /** Changes may have happened that nobody told: nothing is shown until the next `confirm`, and nothing of before then. */
  switchOff(): void {
    this.confirmedAt = null;
    this.startOver();
  }

  private startOver(): void {
    this.change += 1;
    this.since = { change: this.change, at: this.now() };
    this.changed.clear();
    this.entries.clear();
    this.dependants.clear();
  }

  private forget(key: string, { depends }: Shows): void {
    for (const record of depends) {
      const keys = this.dependants.get(record);
      keys?.delete(key);
      if (keys?.size === 0) this.dependants.delete(record);
    }
  }
}

const isAfter = (began: Moment, last: Moment, settleMs: number): boolean => began.change >= last.change && began.at >= last.at + settleMs;

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const below of Object.values(value)) frozen(below);
  return Object.freeze(value);
}
