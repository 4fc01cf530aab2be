import { isUtf8 } from 'node:buffer';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Clock, DomainError, type Principal, publicReader } from '@casebridge/kernel';
import { bearerToken, later, type Logger, requestId, type TokenVerifier } from '@casebridge/platform';
import { admit } from '@casebridge/platform/dist/identity/admission';
import type { OperationRecord } from '../observability/operation-record';
import { BadRequest, MethodNotAllowed, RequestTimeout, RequestTooLarge, statusOf, SubscriptionOverHttp, toGraphQLError } from '../errors';
import { clientAddress, type TrustedProxies } from './client-address';

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
  /** What is noted of a GraphQL request. */
  record: OperationRecord | null = null;
  /** Why the request failed as a whole: for the log. */
  code: string | null = null;

  constructor(
    readonly request: IncomingMessage,
    readonly response: ServerResponse,
    clock: Clock,
    private readonly proxies: TrustedProxies,
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
  async identify(tokens: TokenVerifier | null): Promise<Principal> {
    if (!tokens) return admit(publicReader);
    const token = bearerToken(this.request.headers.authorization);
    if (token === null) return admit(publicReader);
    const reader = admit(await tokens.verify(token));
    this.agencyCode = reader.agency.code;
    return reader;
  }

  /**
   * The whole body as text.
   *
   * @param faultOf - what is wrong with a body by its first part: the rest is then neither kept nor looked at
   * @throws RequestTooLarge, RequestTimeout; BadRequest for bytes that are no UTF-8, which would come out as another text
   */
  async body(limitBytes: number, limitMs: number, faultOf: (beginning: Buffer) => BadRequest | null = () => null): Promise<string> {
    const declared = Number(this.request.headers['content-length'] ?? 0);
    if (declared > limitBytes) throw new RequestTooLarge(limitBytes);
    const bytes = await this.bytes(declared, limitBytes, limitMs, faultOf);
    if (!isUtf8(bytes)) throw new BadRequest('The body is not UTF-8');
    return bytes.toString('utf8');
  }

  /** @param declared - bytes that were announced; 0 where nothing was */
  private bytes(declared: number, limitBytes: number, limitMs: number, faultOf: (beginning: Buffer) => BadRequest | null): Promise<Buffer> {
    const { request } = this;
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      let size = 0;
      const settle = (act: () => void): void => {
        inTime();
        request.off('data', take).off('end', end).off('close', broken);
        act();
      };
      const take = (chunk: Buffer): void => {
        const fault = size === 0 ? faultOf(chunk) : null;
        if (fault) return settle(() => reject(fault));
        size += chunk.length;
        if (size > limitBytes) return settle(() => reject(new RequestTooLarge(limitBytes)));
        chunks.push(chunk);
        if (size === declared) return;
        // A large body is taken piece by piece: between them others have their turn.
        request.pause();
        setImmediate(() => request.resume());
      };
      const end = (): void => settle(() => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
      const broken = (): void => settle(() => reject(new RequestTimeout(limitMs))); // nobody is there to hear it
      const inTime = later(limitMs, () => settle(() => reject(new RequestTimeout(limitMs))));
      request.on('data', take).once('end', end).once('close', broken).on('error', () => undefined);
    });
  }

  /** Of the client, as the socket or a trusted proxy says. */
  get address(): string {
    return clientAddress(this.request, this.proxies);
  }

  json(status: number, value: unknown, contentType = 'application/json'): void {
    const { response } = this;
    const text = JSON.stringify(value);
    if (this.isIncomplete()) response.shouldKeepAlive = false;
    response.writeHead(status, { 'content-type': `${contentType}; charset=utf-8`, 'content-length': Buffer.byteLength(text), 'cache-control': 'no-store' });
    response.end(text);
    this.drainRequest();
  }

  /** Answers a refusal with its status; a bug with 500 and none of its words. */
  fail(cause: unknown, logger: Logger): void {
    const { response } = this;
    this.code = cause instanceof DomainError ? cause.code : 'INTERNAL_SERVER_ERROR';
    if (this.isGone()) return;
    if (!(cause instanceof DomainError)) logger.error({ err: cause, requestId: this.requestId }, 'a request failed');
    if (response.headersSent) return void response.destroy();
    if (!(cause instanceof DomainError)) {
      return this.json(500, { errors: [{ message: 'Internal server error', extensions: { code: 'INTERNAL_SERVER_ERROR', kind: 'INTERNAL' } }] });
    }
    const status = statusOf(cause);
    if (cause instanceof MethodNotAllowed) response.setHeader('allow', cause.allowed.join(', '));
    if (cause instanceof SubscriptionOverHttp) response.setHeader('allow', 'GET, POST').setHeader('upgrade', 'websocket');
    if (status === 401) {
      const fault = cause.code === 'TOKEN_REQUIRED' ? '' : ', error="invalid_token"'; // RFC 6750: no error where no token was sent
      response.setHeader('www-authenticate', `Bearer realm="casebridge"${fault}`);
    }
    if (status === 503 || status === 429) response.setHeader('retry-after', String(retryAfterOf(cause)));
    this.json(status, { errors: [toGraphQLError(cause)] });
  }

  /** @returns what takes the listener away again */
  onGone(listener: () => void): () => void {
    if (this.isGone()) listener();
    else this.response.once('close', listener);
    return () => void this.response.off('close', listener);
  }

  /** Nobody is there to read an answer. */
  isGone(): boolean {
    return this.response.destroyed || this.request.socket.destroyed;
  }

  /** Whether a body was announced that is not here yet. */
  private isIncomplete(): boolean {
    const { complete, headers } = this.request;
    return !complete && (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0);
  }

  /**
   * Takes in, for a while, what the client still sends, or it would meet a reset connection before it has read why it was
   * refused. The connection is not used again.
   */
  private drainRequest(): void {
    const { request } = this;
    if (request.complete || request.destroyed) return;
    const timer = setTimeout(() => request.destroy(), lingerMs);
    timer.unref();
    request.on('error', () => undefined);
    request.once('close', () => clearTimeout(timer));
    request.on('data', () => {
      request.pause();
      setTimeout(() => request.resume(), betweenPiecesMs).unref();
    });
    request.resume();
  }
}

const lingerMs = 5_000;
/** Of what nobody reads a piece is taken this often: it must not take turns from what somebody waits for. */
const betweenPiecesMs = 2;

const retryAfterOf = (cause: DomainError): number =>
  'retryAfterSeconds' in cause && typeof cause.retryAfterSeconds === 'number' ? cause.retryAfterSeconds : 1;
