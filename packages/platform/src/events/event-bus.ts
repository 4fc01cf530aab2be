import type { EventEnvelope, ServiceName } from '@casebridge/contracts';

export interface ReadOptions {
  /** Only events whose type starts so, e.g. `directory.`; lower-case words, hyphens and dots. */
  readonly typePrefix?: string;
}

/** A standing wish to be told. */
export interface Subscription {
  /** Resolves when the listener will not be called again. Idempotent. */
  close(): Promise<void>;
}

/**
 * Between services: per source an append-only log with dense positions from 1, and a bell.
 *
 * Whoever reads a source sees a prefix of its log, always: never position n + 1 without n. `bus-contract.ts` holds every
 * implementation to this.
 */
export interface EventBus {
  /**
   * Appends events that continue the log; those that are there already are passed over, so a batch may be sent again.
   *
   * All or nothing, and durable when it resolves.
   *
   * @param events - of this source, with consecutive positions
   * @throws LogGap when positions between the head and the first event are missing
   * @throws LogDiverged when another event stands at one of the positions
   */
  publish(source: ServiceName, events: readonly EventEnvelope[]): Promise<void>;
  /** Events of a source with a position greater than `after`, ascending, at most `limit`. */
  read(source: ServiceName, after: number, limit: number, options?: ReadOptions): Promise<EventEnvelope[]>;
  /** The last position of a source; 0 when it has said nothing. */
  head(source: ServiceName): Promise<number>;
  /**
   * Rings when a source may have news, and now and then without any: read to find out. Rings without a source when it cannot tell,
   * for instance after a lost connection.
   */
  listen(onNews: (source?: ServiceName) => void): Subscription;
  /** Ends every subscription and lets go of connections that the bus itself opened. */
  close(): Promise<void>;
}

/** Somebody tried to publish an event without its predecessor: the bus has lost some, or the sender skipped some. */
export class LogGap extends Error {
  override readonly name = 'LogGap';
  constructor(
    readonly source: ServiceName,
    readonly head: number,
    readonly first: number,
  ) {
    super(`The log of ${source} ends at ${head} and cannot go on at ${first}`);
  }
}

/** Sender and bus disagree about what happened: one of them was restored from an older copy. Nothing repairs this but a person. */
export class LogDiverged extends Error {
  override readonly name = 'LogDiverged';
  constructor(
    readonly source: ServiceName,
    readonly position: number,
  ) {
    super(`The bus has another event of ${source} at position ${position}`);
  }
}
