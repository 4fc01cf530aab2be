import type { Readable } from 'node:stream';
import type { AgencyReader, Principal } from '@casebridge/kernel';
import type { DocumentNode, ExecutionResult } from 'graphql';
import type { ServiceHealth } from '../process';
import type { RequestInfo } from './request-context';

export interface ServiceRequest extends RequestInfo {
  readonly query: string;
  /** The same, parsed, where the caller has it. */
  readonly document?: DocumentNode;
  readonly operationName?: string | null;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** The same object for all fetches of one gateway request: data loaders live as long as it. */
  readonly scope: object;
  /** Ids of other requests of the same reader, at the same operation, that share this fetch; each has its entry in the access log. */
  readonly alsoFor?: readonly string[];
}

/** Records that the gateway shows out of what it remembers: read all the same, so each has its line in the access log. */
export interface ReadsNote extends Pick<ServiceRequest, 'query' | 'document' | 'principal' | 'requestId' | 'clientOperation' | 'receivedAt' | 'scope'> {
  /** `Type:id` of every record read, at most `maxNotedRecords`. */
  readonly records: readonly string[];
}

/** Records in one note. */
export const maxNotedRecords = 10_000;

export interface StoredFile {
  readonly id: string;
  readonly sha256: string;
  readonly size: number;
  readonly mediaType: string;
}

/** A file that is made for whoever asks, and stored nowhere. */
export interface MadeFile {
  /** What to call it where it is saved. */
  readonly fileName: string;
  readonly mediaType: string;
  /** `Type:id` of what is in it, for the access log; none where it tells nothing of any record. */
  readonly records: readonly string[];
  readonly stream: Readable;
}

/** Documents as bytes; see the guide on files. */
export interface FilePort {
  store(principal: AgencyReader, body: Readable, options: { readonly limitBytes: number }): Promise<StoredFile>;
  /** Null for absent and for forbidden alike. */
  open(principal: Principal, id: string, requestId?: string): Promise<(StoredFile & { readonly stream: Readable }) | null>;
  /** By its path below `/files`. Null for absent and for forbidden alike. */
  make(principal: Principal, path: string, requestId?: string): Promise<MadeFile | null>;
}

/** What is asked of the tables that a service gives and takes as whole files. */
export interface DataRequest {
  /** Below the route, its area first: `public/penalties.csv`. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Entity tags of what the reader has already; none: nothing. */
  readonly known: readonly string[];
  readonly requestId: string;
}

/** A file that is made while it is read. */
export interface DataReply {
  readonly mediaType: string;
  /** Under which it is saved; null: read in place. */
  readonly fileName: string | null;
  /** Quoted; null for what is never the same twice. */
  readonly etag: string | null;
  readonly headers: Readonly<Record<string, string>>;
  /** What is read, for the access log: `Type:what` and `Type.field`. */
  readonly records: readonly string[];
  readonly fields: readonly string[];
  /** Null: the reader has it already. */
  readonly body: Readable | null;
}

/** Tables as whole files, made and read as streams. */
export interface DataPort {
  /** Null for absent and for forbidden alike. */
  open(principal: Principal, request: DataRequest): Promise<DataReply | null>;
  /** Takes a file in; the receipt says what becomes of it. Null where nothing is taken. */
  take(principal: AgencyReader, request: DataRequest, body: Readable): Promise<object | null>;
}

/** A service as the gateway sees it, in its process or across the network. Principals must be admitted. */
export interface ServicePort {
  readonly name: string;
  execute(request: ServiceRequest): Promise<ExecutionResult>;
  /** Results without data and with `extensions.heartbeat.cursor` keep an idle stream's place. */
  subscribe(request: ServiceRequest): Promise<AsyncGenerator<ExecutionResult, void, void> | ExecutionResult>;
  health(): Promise<ServiceHealth>;
  /**
   * Writes to the access log what `execute` would write for this reading. Resolves when it is durable, and only then may be shown
   * what was read. A service without it has its answers remembered by nobody.
   */
  noteReads?(note: ReadsNote): Promise<void>;
  readonly files?: FilePort;
  readonly data?: DataPort;
}
