import type { ServiceName } from '@casebridge/contracts';
import {
  describeFailure, type FilePort, type InternalTokenSigner, type Logger, type ServiceHealth, type ServicePort, type ServiceRequest,
} from '@casebridge/platform';
import { type ExecutionResult, getOperationAST, Kind } from 'graphql';
import { Pool } from 'undici';
import { z } from 'zod';
import { HttpFiles } from './http-files';
import { openUpstream } from './upstream';
import { unavailable, unreachable } from './unavailable';
import { codeOf, internalHeaders, readResult } from './wire';

export interface HttpServiceOptions {
  readonly name: ServiceName;
  /** Base URL without a slash at its end; `/graphql`, `/readyz` and `/files` are below it. */
  readonly url: string;
  readonly signer: InternalTokenSigner;
  readonly logger: Logger;
  /** Milliseconds from the start of a fetch to the end of its answer. Default 5000. */
  readonly deadlineMs?: number;
  /** Connections kept to the service; also how many fetches run on it at once. Default 32. */
  readonly connections?: number;
  /** Whether the service keeps documents. */
  readonly files?: boolean;
  /** Events of one live stream that may wait for a slow reader. Default 1000. */
  readonly streamBuffer?: number;
}

const healthMs = 2_000;
const maxAnswerBytes = 64 * 1024 * 1024;
/** The reader's own token is at fault, not the call: he is told. Every other refusal of the gateway's token is ours to mend. */
const readerFaults: ReadonlySet<unknown> = new Set(['TOKEN_EXPIRED', 'TOKEN_REVOKED', 'AGENCY_UNKNOWN']);
const resetCodes: ReadonlySet<unknown> = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

const healthSchema = z.object({
  name: z.string(),
  ok: z.boolean(),
  checks: z.record(z.string(), z.object({ ok: z.boolean(), message: z.string().optional() })),
});

/** A service across the network: HTTP keep-alive for fetches, a WebSocket per live stream. Never throws, never hangs. */
export class HttpService implements ServicePort {
  readonly name: ServiceName;
  readonly files?: FilePort;
  private readonly pool: Pool;
  private readonly fileService: HttpFiles | null;
  private readonly path: string;
  private readonly deadlineMs: number;

  constructor(private readonly options: HttpServiceOptions) {
    const { connections = 32, deadlineMs = 5_000, url } = options;
    const { origin, pathname } = new URL(url);
    this.name = options.name;
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
    this.fileService = options.files ? new HttpFiles({ name: options.name, url, signer: options.signer, logger: options.logger }) : null;
    if (this.fileService) this.files = this.fileService;
  }

  async execute(request: ServiceRequest): Promise<ExecutionResult> {
    try {
      const { query, operationName, variables } = request;
      const body = JSON.stringify({ query, ...(operationName ? { operationName } : {}), ...(variables ? { variables } : {}) });
      const headers = { ...(await internalHeaders(this.options.signer, this.name, request)), 'content-type': 'application/json' };
      const { status, text } = await this.post(body, headers, isIdempotent(request));
      const result = answerOf(status, text);
      if (result) return result;
      this.complain(request.requestId, `status ${status}, not an answer`);
    } catch (error) {
      this.complain(request.requestId, describeFailure(error));
    }
    return unavailable(this.name);
  }

  async subscribe(request: ServiceRequest): Promise<AsyncGenerator<ExecutionResult, void, void> | ExecutionResult> {
    const { query, operationName, variables, requestId } = request;
    try {
      return await openUpstream({
        service: this.name,
        url: `${this.options.url.replace(/^http/, 'ws')}/graphql`,
        headers: await internalHeaders(this.options.signer, this.name, request),
        payload: { query, ...(operationName ? { operationName } : {}), ...(variables ? { variables: { ...variables } } : {}) },
        capacity: this.options.streamBuffer ?? 1_000,
        deadlineMs: this.deadlineMs,
        onLoss: (reason) => this.complain(requestId, reason),
      });
    } catch (error) {
      this.complain(requestId, describeFailure(error));
      return unavailable(this.name);
    }
  }

  async health(): Promise<ServiceHealth> {
    try {
      const { body } = await this.pool.request({ method: 'GET', path: `${this.path}/readyz`, signal: AbortSignal.timeout(healthMs) });
      const read = healthSchema.safeParse(await body.json());
      return read.success ? { ...read.data, name: this.name } : unreachable(this.name, 'not a health report');
    } catch (error) {
      return unreachable(this.name, describeFailure(error));
    }
  }

  /** Ends after the fetches under way. */
  async close(): Promise<void> {
    await Promise.all([this.pool.close(), this.fileService?.close()]);
  }

  private async post(body: string, headers: Record<string, string>, idempotent: boolean): Promise<{ status: number; text: string }> {
    const signal = AbortSignal.timeout(this.deadlineMs); // over both tries
    const attempt = async (): Promise<{ status: number; text: string }> => {
      const response = await this.pool.request({ method: 'POST', path: `${this.path}/graphql`, headers, body, signal });
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

const wasReset = (error: unknown): boolean => typeof error === 'object' && error !== null && 'code' in error && resetCodes.has(error.code);

function isIdempotent({ document, query, operationName }: ServiceRequest): boolean {
  if (!document) return !/^\s*mutation\b/.test(query);
  const several = document.definitions.filter((d) => d.kind === Kind.OPERATION_DEFINITION).length > 1;
  return getOperationAST(document, several ? operationName : undefined)?.operation === 'query';
}

function answerOf(status: number, text: string): ExecutionResult | null {
  if (status >= 500) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const result = readResult(value);
  if (!result) return null;
  if (status === 401 || status === 403) return result.errors?.every((e) => readerFaults.has(codeOf(e))) ? result : null;
  // A service that finds the gateway's own query invalid has another schema than the supergraph says.
  if (result.errors?.some((e) => String(codeOf(e)).startsWith('GRAPHQL_'))) return null;
  return result;
}
