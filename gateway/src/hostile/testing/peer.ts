import { type RawData, WebSocket } from 'ws';
import type { TestHub } from '../../testing/test-hub';

export interface Message {
  readonly type: string;
  readonly id?: string;
  readonly payload?: { readonly data?: Record<string, unknown> | null; readonly errors?: readonly { readonly extensions: Record<string, unknown> }[] } & Record<string, unknown>;
}

/** A client of the socket protocol that does what it is told, right or wrong. */
export class Peer {
  readonly messages: Message[] = [];
  /** Code and reason, once it was closed. */
  readonly closed: Promise<readonly [code: number, reason: string]>;
  isClosed = false;

  private constructor(readonly socket: WebSocket) {
    socket.on('error', () => undefined);
    socket.on('message', (data: RawData) => void this.messages.push(JSON.parse(String(data)) as Message));
    this.closed = new Promise((resolve) =>
      socket.once('close', (code, reason) => {
        this.isClosed = true;
        resolve([code, String(reason)]);
      }),
    );
  }

  /** @param token - undefined: it does not even begin; null: as the public */
  static async open(hub: TestHub, token?: string | null): Promise<Peer> {
    const socket = new WebSocket(`${hub.gateway.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    const peer = new Peer(socket);
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    if (token === undefined) return peer;
    peer.send({ type: 'connection_init', ...(token === null ? {} : { payload: { token } }) });
    await peer.heard((message) => message.type === 'connection_ack');
    return peer;
  }

  send(message: object | string | Buffer): void {
    this.socket.send(typeof message === 'string' || Buffer.isBuffer(message) ? message : JSON.stringify(message));
  }

  subscribe(id: string, query: string, variables?: object): void {
    this.send({ type: 'subscribe', id, payload: { query, ...(variables ? { variables } : {}) } });
  }

  of(id: string): Message[] {
    return this.messages.filter((message) => message.id === id);
  }

  async heard(what: (message: Message) => boolean, ms = 5_000): Promise<Message> {
    for (let waited = 0; waited < ms; waited += 5) {
      const found = this.messages.find(what);
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    throw new Error('the message did not come');
  }
}
