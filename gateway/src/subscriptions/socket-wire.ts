import type { Duplex } from 'node:stream';
import type { Logger } from '@casebridge/platform';
import { CloseCode, type WebSocket as ProtocolSocket } from 'graphql-ws';
import type { RawData, WebSocket } from 'ws';
import { parseClientJson } from '../http/json';
import { OperationNames, withId } from './operation-names';

/**
 * Bytes that may wait for one client beyond what the kernel takes. Whoever writes waits while there are more, and as long nothing is
 * read from this client: each of his messages may have an answer.
 */
const fullBytes = 256 * 1024;

/** To the library a fault of ours. */
const saidByServers: ReadonlySet<unknown> = new Set(['connection_ack', 'next', 'error']);

/** In a second. Clients send one in several. */
const mostPings = 50;

const done = Promise.resolve();

/** One client's socket, as the protocol's library sees it: what waits for a client who does not read is bounded. */
export class SocketWire implements ProtocolSocket {
  /** Whether anything shows that the client is there since this was last set to false. */
  heard = true;
  readonly operations = new OperationNames();
  private readonly listeners = new Set<() => void>();
  private second = 0;
  private pings = 0;

  constructor(
    readonly socket: WebSocket,
    private readonly stream: Duplex,
    private readonly logger: Logger,
  ) {
    socket.on('error', (error) => logger.info({ reason: error.message }, 'a socket broke the protocol')); // the library closes it
    socket.once('close', () => {
      for (const listener of this.listeners) listener();
      this.listeners.clear();
    });
    socket.on('pong', () => void (this.heard = true));
    socket.on('ping', (data: Buffer) => {
      if (this.mayPing()) socket.pong(data);
    });
  }

  get protocol(): string {
    return this.socket.protocol;
  }

  /** @returns what takes the listener away again */
  onGone(listener: () => void): () => void {
    if (this.socket.readyState === this.socket.CLOSED) listener();
    else this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  private get isOpen(): boolean {
    return this.socket.readyState === this.socket.OPEN;
  }

  /** What the library says. */
  send(message: string): Promise<void> {
    return this.write(withId(message));
  }

  /** Resolves when there is room for the next. */
  write(message: string): Promise<void> {
    const { socket } = this;
    if (!this.isOpen) return done;
    if (socket.bufferedAmount < fullBytes) {
      socket.send(message);
      return done;
    }
    return new Promise((resolve) => socket.send(message, () => resolve())); // also when the socket breaks
  }

  /** What is not worth waiting for, and not worth keeping: left out when the client is behind. */
  tell(message: object): void {
    if (this.isOpen && this.socket.bufferedAmount === 0) this.socket.send(JSON.stringify(message));
  }

  close(code?: number, reason?: string): void {
    this.socket.close(code, reason);
  }

  onMessage(take: (message: string) => Promise<void>): void {
    this.socket.on('message', (data: RawData, isBinary: boolean) => {
      if (!this.isOpen) return;
      if (isBinary) return this.close(CloseCode.BadRequest, 'Messages are text');
      let message: unknown;
      try {
        message = parseClientJson(String(data));
      } catch {
        return this.close(CloseCode.BadRequest, 'Invalid message received');
      }
      const { type } = (message ?? {}) as { type?: unknown };
      if (type === 'ping' && !this.mayPing()) return;
      if (saidByServers.has(type)) return this.close(CloseCode.BadRequest, 'Unexpected message received');
      if (!this.hasName(message)) return;
      this.holdBack();
      // Parsed here: the library would keep the text for as long as the operation lasts, whatever else the client put in it.
      take(message as string).catch((error: unknown) => {
        this.logger.error({ err: error }, 'a message on a socket failed');
        this.close(CloseCode.InternalServerError, 'Internal server error');
      });
    });
  }

  /** Asks the client for a sign of life, unless he has not answered the last time: then he is gone. */
  probe(): void {
    if (!this.isOpen) return;
    if (!this.heard) return this.socket.terminate();
    this.heard = false;
    this.socket.ping();
  }

  /** Gives the operation of a message its name; false for a message that is answered by this. */
  private hasName(message: unknown): boolean {
    const about = (message ?? {}) as { type?: unknown; id?: unknown };
    const { id, type } = about;
    if (typeof id !== 'string' || id === '') return true; // the library says what is wrong with it
    if (type === 'complete') {
      about.id = this.operations.complete(id);
      return about.id !== undefined;
    }
    if (type !== 'subscribe') return true;
    about.id = this.operations.begin(id);
    if (about.id === null) this.close(CloseCode.SubscriberAlreadyExists, 'There is an operation with this id');
    return about.id !== null;
  }

  /** A ping costs the client nothing and us an answer. */
  private mayPing(): boolean {
    const second = Math.floor(performance.now() / 1_000);
    if (second !== this.second) this.pings = 0;
    this.second = second;
    this.pings += 1;
    if (this.pings > mostPings) this.close(4429, 'Too many pings');
    return this.isOpen;
  }

  /** Reads no more from a client who does not read himself. */
  private holdBack(): void {
    const { socket, stream } = this;
    if (socket.isPaused || socket.bufferedAmount < fullBytes) return;
    socket.pause();
    stream.once('drain', () => socket.resume());
  }
}
