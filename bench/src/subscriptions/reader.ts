import { connect, type Socket } from 'node:net';
import { clientFrame, FrameReader } from './frames';
import { sharedNow } from './control';

/** What all readers of a process were sent. */
export class Heard {
  messages = 0;
  /** Of each message, in milliseconds, from the event on. */
  latencies: number[] = [];
  broken = 0;

  clear(): void {
    this.messages = 0;
    this.latencies = [];
  }
}

const ack = '{"type":"connection_ack"}';
const mark = Buffer.from('"at":');
const handshake = (host: string): string => [
  'GET /graphql HTTP/1.1', `Host: ${host}`, 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==', 'Sec-WebSocket-Protocol: graphql-transport-ws', '', '',
].join('\r\n');

export interface ReaderOptions {
  readonly url: URL;
  readonly token: string;
  readonly query: string;
  readonly heard: Heard;
}

/** A reader of one live stream, as lean as it can be: ten thousand of them fit in a process that also measures. */
export class Reader {
  private readonly frames = new FrameReader();
  private readonly socket: Socket;
  private upgraded = false;
  /** Resolves when the subscription was sent. */
  readonly subscribed: Promise<void>;

  constructor(private readonly options: ReaderOptions) {
    const { heard, url } = options;
    const socket = connect({ host: url.hostname, port: Number(url.port), noDelay: true });
    this.socket = socket;
    this.subscribed = new Promise((resolve, reject) => {
      socket.once('connect', () => socket.write(handshake(url.host)));
      socket.on('data', (part) => this.take(part, resolve));
      socket.once('error', reject);
      socket.once('close', () => {
        heard.broken += 1;
        reject(new Error('the socket was closed'));
      });
    });
  }

  close(): void {
    this.socket.removeAllListeners('close').on('error', () => undefined).destroy();
  }

  private take(part: Buffer, subscribed: () => void): void {
    let bytes = part;
    if (!this.upgraded) {
      const end = part.indexOf('\r\n\r\n');
      if (end < 0 || !part.toString('latin1', 0, 12).startsWith('HTTP/1.1 101')) return void this.socket.destroy(new Error('no upgrade'));
      this.upgraded = true;
      this.send({ type: 'connection_init', payload: { token: this.options.token } });
      bytes = part.subarray(end + 4);
    }
    this.frames.push(bytes, ({ opcode, payload }) => {
      if (opcode === 9) return void this.socket.write(clientFrame(10, payload));
      if (opcode !== 1) return;
      const at = payload.indexOf(mark);
      if (at >= 0) return this.hear(payload, at + mark.length);
      if (payload.toString('latin1') !== ack) return;
      this.send({ id: '1', type: 'subscribe', payload: { query: this.options.query } });
      subscribed();
    });
  }

  private hear(payload: Buffer, at: number): void {
    const { heard } = this.options;
    heard.messages += 1;
    heard.latencies.push(sharedNow() - parseFloat(payload.toString('latin1', at, at + 24)));
  }

  private send(message: object): void {
    this.socket.write(clientFrame(1, Buffer.from(JSON.stringify(message))));
  }
}
