import type { ServiceName } from '@casebridge/contracts';
import type { ExecutionResult } from 'graphql';
import { type Client, createClient, type SubscribePayload } from 'graphql-ws';
import { type ClientOptions, WebSocket } from 'ws';
import { SubscriptionBufferOverflow, toGraphQLError } from '../errors';
import { unavailable } from './unavailable';
import { readErrors, readResult } from './wire';

export interface UpstreamOptions {
  readonly service: ServiceName;
  /** ws: or wss: */
  readonly url: string;
  /** Of the upgrade request; carry the internal token. */
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: SubscribePayload;
  /** Events that may wait here. */
  readonly capacity: number;
  /** Milliseconds until the service has taken the connection. */
  readonly deadlineMs: number;
  readonly onLoss: (reason: string) => void;
}

const maxMessageBytes = 16 * 1024 * 1024;
const pingMs = 10_000;
const pongMs = 5_000;

/**
 * A live stream of a service, over a socket of its own: the internal token speaks for one reader.
 *
 * Lost connections, overflow and refusals end it with a last result that says so.
 *
 * @returns the stream once the service has taken the connection, or the error
 */
export async function openUpstream(options: UpstreamOptions): Promise<AsyncGenerator<ExecutionResult, void, void> | ExecutionResult> {
  const stream = new Upstream(options);
  const opened = await stream.opened;
  return opened ? stream : unavailable(options.service);
}

class Upstream implements AsyncGenerator<ExecutionResult, void, void> {
  readonly opened: Promise<boolean>;
  private readonly queue: ExecutionResult[] = [];
  private readonly client: Client;
  private readonly unsubscribe: () => void;
  private waiting: ((result: IteratorResult<ExecutionResult, void>) => void) | null = null;
  private ended = false;

  constructor(private readonly options: UpstreamOptions) {
    let settle: (opened: boolean) => void = () => undefined;
    this.opened = new Promise((resolve) => (settle = resolve));
    this.client = connect(options);
    this.client.on('connected', () => settle(true));
    this.unsubscribe = this.client.subscribe(options.payload, {
      next: (value) => this.take(value),
      error: (cause) => {
        settle(false);
        this.fail(cause);
      },
      complete: () => {
        settle(true);
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
    const result = readResult(value);
    if (!result) return this.fail(new Error('not an event'));
    if (this.queue.length < this.options.capacity) return this.push(result);
    // Dropping in silence would be a loss nobody knows of: what waits still goes out, and then the reader is told to come again.
    this.push({ errors: [toGraphQLError(new SubscriptionBufferOverflow())] });
    this.end();
  }

  private fail(cause: unknown): void {
    if (this.ended) return;
    if (Array.isArray(cause)) {
      const errors = readErrors(cause); // the service refused the operation and says why
      this.push(errors.length > 0 ? { errors } : unavailable(this.options.service));
    } else {
      this.options.onLoss(reasonOf(cause));
      this.push(unavailable(this.options.service));
    }
    this.end();
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

/** A close event in words, for the log; it is an object of the socket library and no Error. */
function reasonOf(cause: unknown): string {
  if (cause instanceof Error) return cause.message;
  const { code } = (typeof cause === 'object' && cause !== null ? cause : {}) as { code?: unknown };
  return typeof code === 'number' ? `the stream was closed (${code})` : 'the stream was lost';
}
