import type { ExecutionResult } from 'graphql';
import { type Client, createClient, type SubscribePayload } from 'graphql-ws';
import { type ClientOptions, WebSocket } from 'ws';
import { SubscriptionBufferOverflow, toGraphQLError } from '../errors';
import { unavailable } from './unavailable';
import { isForeignSchema, readerFault, readErrors, readResult } from './wire';

export interface UpstreamOptions {
  readonly service: string;
  /** ws: or wss: */
  readonly url: string;
  /** Of the upgrade request; carry the internal token. */
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: SubscribePayload;
  /** Events that may wait here. */
  readonly capacity: number;
  /** Milliseconds until the service has taken the connection. */
  readonly deadlineMs: number;
  /** A service of somebody else: what it refuses with is for its clients. */
  readonly isForeign?: boolean;
  readonly onLoss: (reason: string) => void;
}

const maxMessageBytes = 16 * 1024 * 1024;
const pingMs = 10_000;
const pongMs = 5_000;
/** Close code of a socket whose token was refused; the reason is the code of the refusal. */
const refusedAtTheDoor = 4403;

/**
 * A live stream of a service, over a socket of its own: the internal token speaks for one reader.
 *
 * Lost connections, overflow and refusals end it with a last result that says so.
 *
 * @returns the stream once the service has taken the connection, or the error
 */
export async function openUpstream(options: UpstreamOptions): Promise<AsyncGenerator<ExecutionResult, void, void> | ExecutionResult> {
  const stream = new Upstream(options);
  return (await stream.refused) ?? stream;
}

class Upstream implements AsyncGenerator<ExecutionResult, void, void> {
  /** Null once the service has taken the connection. */
  readonly refused: Promise<ExecutionResult | null>;
  private readonly queue: ExecutionResult[] = [];
  private readonly client: Client;
  private readonly unsubscribe: () => void;
  private waiting: ((result: IteratorResult<ExecutionResult, void>) => void) | null = null;
  private ended = false;

  constructor(private readonly options: UpstreamOptions) {
    let settle: (refused: ExecutionResult | null) => void = () => undefined;
    this.refused = new Promise((resolve) => (settle = resolve));
    this.client = connect(options);
    this.client.on('connected', () => settle(null));
    this.unsubscribe = this.client.subscribe(options.payload, {
      next: (value) => this.take(value),
      error: (cause) => {
        if (!this.ended) settle(this.fail(cause));
      },
      complete: () => {
        settle(null);
        this.end();
      },
    });
  }

  next(): Promise<IteratorResult<ExecutionResult, void>> {
    const value = this.queue.shift();
    if (value) return Promise.resolve({ value, done: false });
    if (this.ended) return Promise.resolve({ value: undefined, done: true });
    return new Promise((resolve) => (this.waiting = resolve));
  }

  return(): Promise<IteratorResult<ExecutionResult, void>> {
    this.queue.length = 0;
    this.end();
    return Promise.resolve({ value: undefined, done: true });
  }

  throw(): Promise<IteratorResult<ExecutionResult, void>> {
    return this.return();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  private take(value: unknown): void {
    if (this.ended) return;
    const result = readResult(value, this.options.service);
    if (!result) return void this.fail(new Error('not an event'));
    if (this.queue.length < this.options.capacity) return this.push(result);
    // Dropping in silence would be a loss nobody knows of: what waits still goes out, and then the reader is told to come again.
    this.push({ errors: [toGraphQLError(new SubscriptionBufferOverflow())] });
    this.end();
  }

  private fail(cause: unknown): ExecutionResult {
    const last = this.refusalOf(cause) ?? this.lost(cause);
    this.push(last);
    this.end();
    return last;
  }

  /** What the service itself says, of the operation or of the reader's token; null where it said nothing that a reader may know. */
  private refusalOf(cause: unknown): ExecutionResult | null {
    if (Array.isArray(cause)) {
      const errors = readErrors(cause, this.options.service);
      return errors.length > 0 && (this.options.isForeign || !isForeignSchema(errors)) ? { errors } : null;
    }
    const { code, reason } = closeOf(cause);
    const fault = code === refusedAtTheDoor ? readerFault(reason) : null;
    return fault && { errors: [toGraphQLError(fault)] };
  }

  private lost(cause: unknown): ExecutionResult {
    this.options.onLoss(reasonOf(cause));
    return { ...unavailable(this.options.service), ...(Array.isArray(cause) ? { extensions: { final: true } } : {}) };
  }

  private push(result: ExecutionResult): void {
    const { waiting } = this;
    this.waiting = null;
    if (waiting) waiting({ value: result, done: false });
    else this.queue.push(result);
  }

  private end(): void {
    if (this.ended) return;
    this.ended = true;
    this.waiting?.({ value: undefined, done: true });
    this.waiting = null;
    this.unsubscribe();
    void this.client.dispose();
  }
}

function connect(options: UpstreamOptions): Client {
  const socketOptions: ClientOptions = {
    headers: { ...options.headers }, handshakeTimeout: options.deadlineMs, perMessageDeflate: false, maxPayload: maxMessageBytes,
  };
  class InternalSocket extends WebSocket {
    constructor(url: string, protocols: string | string[]) {
      super(url, protocols, socketOptions);
    }
  }
  let silent: NodeJS.Timeout | undefined;
  const client = createClient({
    url: options.url,
    webSocketImpl: InternalSocket,
    retryAttempts: 0,
    connectionAckWaitTimeout: options.deadlineMs,
    keepAlive: pingMs,
    on: {
      // A connection that died without a word would look like a quiet day.
      ping: (received) => {
        if (!received) silent = setTimeout(() => client.terminate(), pongMs);
      },
      pong: () => clearTimeout(silent),
      closed: () => clearTimeout(silent),
    },
  });
  return client;
}

/** A close event is an object of the socket library and no Error. */
const closeOf = (cause: unknown): { readonly code?: unknown; readonly reason?: unknown } => (typeof cause === 'object' && cause !== null ? cause : {});

/** Why a stream was lost, in words for the log. */
function reasonOf(cause: unknown): string {
  if (cause instanceof Error) return cause.message;
  if (Array.isArray(cause)) return 'the service finds the operation invalid';
  const { code, reason } = closeOf(cause);
  const word = typeof reason === 'string' && /^[A-Z_]{1,60}$/.test(reason) ? ` ${reason}` : '';
  return typeof code === 'number' ? `the stream was closed (${code}${word})` : 'the stream was lost';
}
