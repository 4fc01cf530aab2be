import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a process of this bench can be asked to do, by path: JSON in, JSON out. */
export type Commands = Readonly<Record<string, (body: never) => object | Promise<object>>>;

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? {} : JSON.parse(text);
}

/** Takes commands of the bench on a port of its own. */
export async function takeCommands(commands: Commands): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server: Server = createServer((request, response) => {
    const command = commands[(request.url ?? '/').slice(1)];
    const answering = command ? bodyOf(request).then((body) => command(body as never)) : Promise.reject(new Error('no such command'));
    answering.then(
      (value) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value)),
      (cause: unknown) => response.writeHead(500).end(cause instanceof Error ? cause.message : 'failed'),
    );
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((closed) => {
      server.close(() => closed());
      server.closeAllConnections();
    }),
  };
}

/** @throws what the other process says went wrong */
export async function command<T>(url: string, name: string, body: object, signal: AbortSignal): Promise<T> {
  const response = await fetch(`${url}/${name}`, { method: 'POST', body: JSON.stringify(body), signal });
  if (!response.ok) throw new Error(`${name}: ${await response.text()}`);
  return (await response.json()) as T;
}

/** Milliseconds, on a clock that all processes of the machine share. */
export const sharedNow = (): number => performance.timeOrigin + performance.now();
