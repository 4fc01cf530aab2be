import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a connection gave before it ended. */
export interface Heard {
  readonly text: string;
  /** How it ended; `open` when it had to be given up on. */
  readonly end: 'closed' | 'reset' | 'open';
  /** How many of the parts could be sent before. */
  readonly sent: number;
}

export interface RawOptions {
  /** Sent one after the other, with a wait in between. */
  readonly parts?: readonly (string | Buffer)[];
  /** Milliseconds between parts. */
  readonly pauseMs?: number;
  /** Milliseconds after which the connection is given up. */
  readonly patienceMs?: number;
  readonly onOpen?: (socket: Socket) => void;
}

/** Opens a connection, sends what it is told, byte for byte, and listens until the other side ends it. */
export async function raw(port: number, { parts = [], pauseMs = 0, patienceMs = 10_000, onOpen }: RawOptions): Promise<Heard> {
  let sent = 0;
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  const ended = new Promise<Heard['end']>((resolve) => {
    const timer = setTimeout(() => resolve('open'), patienceMs);
    const end = (how: Heard['end']): void => {
      clearTimeout(timer);
      resolve(how);
    };
    socket.on('error', () => end('reset')).on('end', () => end('closed')).on('close', () => end('closed'));
  });
  socket.once('connect', () => onOpen?.(socket));
  void (async () => {
    for (const part of parts) {
      if (socket.destroyed || !socket.writable) return;
      socket.write(part);
      sent += 1;
      await sleep(pauseMs);
    }
  })();
  const end = await ended;
  socket.destroy();
  return { text: Buffer.concat(chunks).toString('utf8'), end, sent };
}

export const statusesOf = (text: string): number[] => [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));

export const post = (body: string | Buffer, headers: readonly string[] = [], path = '/graphql'): Buffer => Buffer.concat([
  Buffer.from([`POST ${path} HTTP/1.1`, 'Host: hub', 'Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`, ...headers, '', ''].join('\r\n')),
  Buffer.from(body),
]);
