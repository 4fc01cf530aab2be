import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Clock, DomainError, type Principal, publicReader } from '@casebridge/kernel';
import { bearerToken, type Logger, requestId, type TokenVerifier } from '@casebridge/platform';
import { admit } from '@casebridge/platform/dist/identity/admission';
import { MethodNotAllowed, RequestTooLarge, statusOf, toGraphQLError } from '../errors';

/** One HTTP request and its answer, with what the hub knows of it from its arrival on. */
export class Exchange {
  readonly requestId: string;
  readonly receivedAt: Date;
  readonly method: string;
  /** Without the query: that may hold anything. */
  readonly path: string;
  /** Including the `?`; empty without a query. */
  readonly search: string;
  /** For the log; null for the public reader. */
  agencyCode: string | null = null;
  /** Pattern of the route, for metrics. */
  route = 'none';

  constructor(
    readonly request: IncomingMessage,
    readonly response: ServerResponse,
    clock: Clock,
  ) {
    this.requestId = requestId(request.headers['x-request-id'], clock);
    this.receivedAt = clock.now();
    this.method = request.method ?? 'GET';
    const url = request.url ?? '/';
    const mark = url.indexOf('?');
    this.path = mark < 0 ? url : url.slice(0, mark);
    this.search = mark < 0 ? '' : url.slice(mark);
    response.setHeader('x-request-id', this.requestId);
    response.setHeader('x-content-type-options', 'nosniff');
  }

  /** @throws MethodNotAllowed */
  allow(...methods: string[]): void {
    if (!methods.includes(this.method)) throw new MethodNotAllowed(methods);
  }

  /**
   * Who asks, admitted. No `Authorization` header is the public reader; a bad one is refused and not let in as nobody.
   *
   * @throws TokenMalformed, TokenInvalid, TokenExpired, TokenRevoked, AgencyUnknown, IssuerUnavailable, DirectoryUnavailable
   */
  async identify(tokens: TokenVerifier): Promise<Principal> {
    const token = bearerToken(this.request.headers.authorization);
    if (token === null) return admit(publicReader);
    const reader = admit(await tokens.verify(token));
    this.agencyCode = reader.agency.code;
    return reader;
  }

  /**
   * The whole body as text.
   *
   * @throws RequestTooLarge
   */
  async body(limitBytes: number): Promise<string> {
    const declared = Number(this.request.headers['content-length'] ?? 0);
    if (declared > limitBytes) throw new RequestTooLarge(limitBytes);
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of this.request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limitBytes) throw new RequestTooLarge(limitBytes);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
  }

  json(status: number, value: unknown): void {
    const { response } = this;
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
    response.end(JSON.stringify(value));
    this.drainRequest();
  }

  /** Answers a refusal with its status; a bug with 500 and none of its words. */
  fail(cause: unknown, logger: Logger): void {
    const { response } = this;
    if (this.isGone()) return;
    if (!(cause instanceof DomainError)) logger.error({ err: cause, requestId: this.requestId }, 'a request failed');
    if (response.headersSent) return void response.destroy();
    if (!(cause instanceof DomainError)) {
      return this.json(500, { errors: [{ message: 'Internal server error', extensions: { code: 'INTERNAL_SERVER_ERROR', kind: 'INTERNAL' } }] });
    }
    const status = statusOf(cause);
    if (cause instanceof MethodNotAllowed) response.setHeader('allow', cause.allowed.join(', '));
    if (status === 401) {
      const fault = cause.code === 'TOKEN_REQUIRED' ? '' : ', error="invalid_token"'; // RFC 6750: no error where no token was sent
      response.setHeader('www-authenticate', `Bearer realm="casebridge"${fault}`);
    }
    if (status === 503) response.setHeader('retry-after', '1');
    this.json(status, { errors: [toGraphQLError(cause)] });
  }

  /** Nobody is there to read an answer. */
  isGone(): boolean {
    return this.response.destroyed || this.request.socket.destroyed;
  }

  /**
   * Takes in, for a while, what the client still sends, or it would meet a reset connection before it has read why it was
   * refused. The connection is not used again.
   */
  private drainRequest(): void {
    const { request, response } = this;
    if (request.complete || request.destroyed) return;
    const timer = setTimeout(() => request.destroy(), lingerMs);
    timer.unref();
    response.shouldKeepAlive = false;
    request.on('error', () => undefined);
    request.once('close', () => clearTimeout(timer));
    request.resume();
  }
}

const lingerMs = 5_000;
