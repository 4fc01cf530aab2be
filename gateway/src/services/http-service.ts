import {
  type DataPort, describeFailure, type FilePort, type InternalTokenSigner, type Logger, type ReadsNote, type ServiceHealth, type ServicePort, type ServiceRequest,
} from '@casebridge/platform';
import { type ExecutionResult, getOperationAST, Kind } from 'graphql';
import { Pool } from 'undici';
import { z } from 'zod';
import { HttpData } from './http-data';
import { HttpFiles } from './http-files';
import { Breaker, type BreakerOptions, type BreakerState } from '../sources/breaker';
import { Bulkhead } from '../sources/bulkhead';
import { openUpstream } from './upstream';
import { overloaded, unavailable, unreachable } from './unavailable';
import { codeOf, internalHeaders, readerFault, readResult } from './wire';

export interface HttpServiceOptions {
  readonly name: string;
  /** Base URL without a slash at its end; `/graphql`, `/readyz` and `/files` are below it. */
  readonly url: string;
  /** Null: a service of somebody else, which knows no readers of ours; `url` is that of its GraphQL itself. */
  readonly signer: InternalTokenSigner | null;
  readonly logger: Logger;
  /** Milliseconds from the start of a fetch to the end of its answer. Default 5000. */
  readonly deadlineMs?: number;
  /** Connections kept to the service; also how many fetches run on it at once. Default 32. */
  readonly connections?: number;
  /** Fetches that may wait for a connection; the next is not asked. Default 512. */
  readonly queue?: number;
  readonly breaker?: BreakerOptions;
  /** Whether the service keeps documents. */
  readonly files?: boolean;
  /** Whether it gives and takes tables as files. */
  readonly data?: boolean;
  /** Events of one live stream that may wait for a slow reader. Default 1000. */
  readonly streamBuffer?: number;
}

const healthMs = 2_000;
const maxAnswerBytes = 64 * 1024 * 1024;
const resetCodes: ReadonlySet<unknown> = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

const healthSchema = z.object({
  name: z.string(),
  ok: z.boolean(),
  checks: z.record(z.string(), z.object({ ok: z.boolean(), message: z.string().optional() })),
});

/** A service across the network: HTTP keep-alive for fetches, a WebSocket per live stream. Never throws, never hangs. */
export class HttpService implements ServicePort {
  readonly name: string;
  readonly files?: FilePort;
  readonly data?: DataPort;
  /** @throws Error when it cannot be known that the reading was noted */
  readonly noteReads?: (note: ReadsNote) => Promise<void>;
  private readonly pool: Pool;
  private readonly fileService: HttpFiles | null;
  private readonly dataService: HttpData | null;
  private readonly path: string;
  private readonly deadlineMs: number;
  private readonly breaker: Breaker;
  private readonly bulkhead: Bulkhead;

  constructor(private readonly options: HttpServiceOptions) {
    const { breaker, connections = 32, data, deadlineMs = 5_000, files, logger, name, queue = 512, signer, url } = options;
    const { origin, pathname } = new URL(url);
    this.breaker = new Breaker(breaker);
    this.bulkhead = new Bulkhead({ width: connections, queue, maxWaitMs: deadlineMs });
    this.name = name;
    this.deadlineMs = deadlineMs;
    this.path = pathname.replace(/\/+$/, '');
    this.pool = new Pool(origin, {
      connections,
      pipelining: 1, // one request per connection at a time: a slow answer holds up no other
      connect: { timeout: Math.min(deadlineMs, 2_000) },
      headersTimeout: deadlineMs,
      bodyTimeout: deadlineMs,
      maxResponseSize: maxAnswerBytes,
    });
    this.fileService = files && signer ? new HttpFiles({ name, url, signer, logger }) : null;
    if (this.fileService) this.files = this.fileService;
    this.dataService = data && signer ? new HttpData({ name, url, signer, logger }) : null;
    if (this.dataService) this.data = this.dataService;
    if (signer) this.noteReads = (note) => this.note(note);
  }

  async execute(request: ServiceRequest): Promise<ExecutionResult> {
    const signal = AbortSignal.timeout(this.deadlineMs); // over the wait for a connection and both tries
    const entered = this.bulkhead.enter();
    if (entered !== true && !(await entered)) return overloaded(this.name);
    try {
      return await this.ask(request, signal);
    } finally {
      this.bulkhead.leave();
    }
  }

  private async ask(request: ServiceRequest, signal: AbortSignal): Promise<ExecutionResult> {
    const { query, operationName, requestId, variables } = request;
    const identity = await this.headers(request).catch((error: unknown) => this.complain(requestId, describeFailure(error)));
    if (!identity) return unavailable(this.name);
    const headers = { ...identity, 'content-type': 'application/json' };
    // Asked when its turn has come: of those who waited none goes to a service that has stopped answering meanwhile.
    const permit = this.breaker.enter();
    if (!permit) return unavailable(this.name);
    try {
      const body = JSON.stringify({ query, ...(operationName ? { operationName } : {}), ...(variables ? { variables } : {}) });
      const { status, text } = await this.post({ path: this.graphqlPath, body, headers, isIdempotent: isIdempotent(request), signal });
      const result = answerOf({ status, text }, this.name, this.options.signer === null);
      permit.done(status < 500);
      if (result) return result;
      this.complain(requestId, `status ${status}, not an answer`);
    } catch (error) {
      permit.done(false);
      this.complain(requestId, describeFailure(error));
    }
    return unavailable(this.name);
  }

  private async note(note: ReadsNote): Promise<void> {
    const signal = AbortSignal.timeout(this.deadlineMs);
    const entered = this.bulkhead.enter();
    if (entered !== true && !(await entered)) throw new Error(`${this.name} is overloaded`);
    try {
      const headers = { ...(await this.headers(note)), 'content-type': 'application/json' };
      const permit = this.breaker.enter();
      if (!permit) throw new Error(`${this.name} does not answer`);
      const { status } = await this.post({ path: `${this.path}/reads`, body: JSON.stringify({ query: note.query, records: note.records }), headers, isIdempotent: true, signal })
        .catch((error: unknown) => {
          permit.done(false);
          throw error;
        });
      permit.done(status < 500);
      if (status !== 204) throw new Error(`${this.name} answered ${status} to a note of reads`);
    } finally {
      this.bulkhead.leave();
    }
  }

  async subscribe(request: ServiceRequest): Promise<AsyncGenerator<ExecutionResult, void, void> | ExecutionResult> {
    const { query, operationName, variables, requestId } = request;
    try {
      return await openUpstream({
        service: this.name,
        url: `${new URL(this.options.url).origin.replace(/^http/, 'ws')}${this.graphqlPath}`,
        headers: await this.headers(request),
        payload: { query, ...(operationName ? { operationName } : {}), ...(variables ? { variables: { ...variables } } : {}) },
        capacity: this.options.streamBuffer ?? 1_000,
        deadlineMs: this.deadlineMs,
        isForeign: this.options.signer === null,
        onLoss: (reason) => this.complain(requestId, reason),
      });
    } catch (error) {
      this.complain(requestId, describeFailure(error));
      return unavailable(this.name);
    }
  }

  async health(): Promise<ServiceHealth> {
    try {
      if (!this.options.signer) return await this.foreignHealth();
      const { body } = await this.pool.request({ method: 'GET', path: `${this.path}/readyz`, signal: AbortSignal.timeout(healthMs) });
      const read = healthSchema.safeParse(await body.json());
      return read.success ? { ...read.data, name: this.name } : unreachable(this.name, 'not a health report');
    } catch (error) {
      return unreachable(this.name, describeFailure(error));
    }
  }

  /** Somebody else's service is well when it answers GraphQL. */
  private async foreignHealth(): Promise<ServiceHealth> {
    const { status, text } = await this.post({
      path: this.graphqlPath, body: '{"query":"{ __typename }"}', headers: { 'content-type': 'application/json' }, isIdempotent: true, signal: AbortSignal.timeout(healthMs),
    });
    return answerOf({ status, text }, this.name, true) ? { name: this.name, ok: true, checks: { reachable: { ok: true } } } : unreachable(this.name, `status ${status}`);
  }

  private get graphqlPath(): string {
    return this.options.signer ? `${this.path}/graphql` : this.path || '/';
  }

  private headers(request: Parameters<typeof internalHeaders>[2]): Promise<Record<string, string>> {
    const { signer } = this.options;
    return signer ? internalHeaders(signer, this.name, request) : Promise.resolve({ 'x-request-id': request.requestId, accept: 'application/graphql-response+json, application/json' });
  }

  /** For metrics. */
  get state(): { readonly breaker: BreakerState; readonly running: number; readonly waiting: number } {
    return { breaker: this.breaker.state, running: this.bulkhead.inUse, waiting: this.bulkhead.queued };
  }

  /** Ends after the fetches under way. */
  async close(): Promise<void> {
    await Promise.all([this.pool.close(), this.fileService?.close(), this.dataService?.close()]);
  }

  private async post({ body, headers, isIdempotent: idempotent, path, signal }: Post): Promise<{ status: number; text: string }> {
    const attempt = async (): Promise<{ status: number; text: string }> => {
      const response = await this.pool.request({ method: 'POST', path, headers, body, signal });
      return { status: response.statusCode, text: await response.body.text() };
    };
    try {
      return await attempt();
    } catch (error) {
      // A kept connection may have been closed from the other side the moment it was used; the question never arrived, or
      // asking it twice does no harm.
      if (!idempotent || signal.aborted || !wasReset(error)) throw error;
      return attempt();
    }
  }

  private complain(requestId: string, reason: string): void {
    this.options.logger.warn({ service: this.name, requestId, reason }, 'a service did not answer');
  }
}

interface Post {
  readonly path: string;
  readonly body: string;
  readonly headers: Record<string, string>;
  /** Asking twice does no harm. */
  readonly isIdempotent: boolean;
  readonly signal: AbortSignal;
}

const wasReset = (error: unknown): boolean => typeof error === 'object' && error !== null && 'code' in error && resetCodes.has(error.code);

function isIdempotent({ document, query, operationName }: ServiceRequest): boolean {
  if (!document) return !/^\s*mutation\b/.test(query);
  const several = document.definitions.filter((d) => d.kind === Kind.OPERATION_DEFINITION).length > 1;
  return getOperationAST(document, several ? operationName : undefined)?.operation === 'query';
}

/** @param isForeign - of a service of somebody else: whatever it says is for its clients */
function answerOf({ status, text }: { readonly status: number; readonly text: string }, service: string, isForeign: boolean): ExecutionResult | null {
  if (status >= 500) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const result = readResult(value, service);
  if (!result || isForeign) return result;
  if (status === 401 || status === 403) return result.errors?.every((e) => readerFault(codeOf(e)) !== null) ? result : null;
  // A service that finds the gateway's own query invalid has another schema than the supergraph says.
  if (result.errors?.some((e) => String(codeOf(e)).startsWith('GRAPHQL_'))) return null;
  return result;
}
