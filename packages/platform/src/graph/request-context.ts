import type { ServiceName } from '@casebridge/contracts';
import type { Clock, HolidayCalendar, Principal } from '@casebridge/kernel';
import type { DataSource } from 'typeorm';
import type { EventTail } from '../events';
import type { CitizenIds, Directory, Signer } from '../identity';
import type { Reader } from '../rights';
import type { CursorCodec } from './cursor';

/** What a service is made of, built once at its start. */
export interface ServiceDeps {
  readonly name: ServiceName;
  readonly dataSource: DataSource;
  readonly clock: Clock;
  readonly calendar: HolidayCalendar;
  readonly directory: Directory;
  readonly cursors: CursorCodec;
  readonly citizenIds: CitizenIds;
  /** Signs what the service records; only where it signs at all. */
  readonly signer: Signer;
  /** The service's own log as live streams. */
  readonly tail: EventTail;
}

/** What is known of the request that a service answers. */
export interface RequestInfo {
  readonly principal: Principal;
  readonly requestId: string;
  /** Name of the client's operation at the gateway, for the access log. */
  readonly clientOperation: string | null;
  /** When the request reached the hub: a record that changed after it was changed under the caller. */
  readonly receivedAt: Date;
}

/** Collects which records were read, by type and id, never their values. */
export class ReadLog {
  readonly records = new Set<string>();
  add(type: string, ids: Iterable<string>): void {
    for (const id of ids) this.records.add(`${type}:${id}`);
  }
}

/** Context of one request in one service; data loaders live exactly as long. */
export class RequestContext {
  readonly reads = new ReadLog();
  private readonly loaders = new Map<unknown, unknown>();

  constructor(
    readonly deps: ServiceDeps,
    readonly request: RequestInfo,
    readonly reader: Reader,
  ) {}

  get principal(): Principal {
    return this.request.principal;
  }

  /** The loader (or whatever a factory makes) of this request: made at first use, never shared with another principal. */
  use<T>(factory: (ctx: this) => T): T {
    let made = this.loaders.get(factory) as T | undefined;
    if (made === undefined) {
      made = factory(this);
      this.loaders.set(factory, made);
    }
    return made;
  }

  /** After a write: what was loaded before may no longer be so. */
  forget(): void {
    this.loaders.clear();
  }
}
