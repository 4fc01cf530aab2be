import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a lean server of this bench answers with: a value for each JSON body. */
export type AnswerBody = (body: unknown) => object | Promise<object>;

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

/** A bare HTTP server: JSON in, JSON out, at every path; a GET is a question after its health. Says `ready` when it listens, ends on SIGTERM. */
export function serveJson(name: string, answer: AnswerBody): void {
  const server = createServer((request, response) => {
    const answering = request.method === 'GET' ? Promise.resolve({ name, ok: true, checks: {} }) : bodyOf(request).then(answer);
    answering.then(
      (value) => {
        const text = JSON.stringify(value);
        response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(text) });
        response.end(text);
      },
      (cause: unknown) => {
        process.stderr.write(`${cause instanceof Error ? cause.stack : 'failed'}\n`);
        response.writeHead(500).end();
      },
    );
  });
  server.keepAliveTimeout = 65_000;
  endWith(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
  server.listen(0, '127.0.0.1', () => sayReady(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
}

/** What the bench waits for. */
export const sayReady = (url: string): void => void process.stdout.write(`ready ${url}\n`);

export function endWith(stop: () => Promise<unknown>): void {
  process.once('SIGTERM', () => void stop().finally(() => process.exit(0)));
}

/** Runs the main function of a process of this bench. */
export function start(main: () => Promise<void>): void {
  main().catch((cause: unknown) => {
    process.stderr.write(`${cause instanceof Error ? cause.stack : 'failed to start'}\n`);
    process.exit(1);
  });
}
