import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { publicReader } from '@casebridge/testkit';
import { type ServiceRequest, silentLogger } from '@casebridge/platform';
import { HttpService } from './http-service';

/** A service that answers after a while, and counts the sockets it is asked over. */
let server: Server;
let sockets: Set<Socket>;
let served: number;
let service: HttpService;
const width = 4;

beforeEach(async () => {
  sockets = new Set();
  served = 0;
  server = createServer((request, response) => {
    sockets.add(request.socket);
    request.resume().on('end', () => setTimeout(() => {
      served += 1;
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ data: { n: served, filler: 'x'.repeat(served % 2 ? 10 : 100_000) } }));
    }, 2));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  service = new HttpService({
    name: 'demo', url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, signer: null, logger: silentLogger, connections: width,
  });
});
afterEach(async () => {
  await service.close();
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

const request: ServiceRequest = {
  query: '{ n }', principal: publicReader, requestId: 'r', clientOperation: null, receivedAt: new Date('2026-11-21T02:00:00Z'), scope: {},
};

/** The pool takes a connection back a moment after it gave the last of the answer. */
async function ask(): Promise<unknown> {
  const { data, errors } = await service.execute(request);
  expect(errors).toBeUndefined();
  await setImmediate();
  return data?.['n'];
}

it('asks forty questions one after the other over one connection', async () => {
  for (let n = 1; n <= 40; n += 1) expect(await ask()).toBe(n);
  expect([served, sockets.size]).toEqual([40, 1]);
});

it('asks many at once over as many connections as it may have, and over the same ones again', async () => {
  for (let round = 0; round < 3; round += 1) {
    const answers = await Promise.all(Array.from({ length: 40 }, () => service.execute(request)));
    expect(answers.filter((answer) => answer.errors)).toEqual([]);
  }
  expect(served).toBe(120);
  expect(sockets.size).toBeLessThanOrEqual(width);
  expect(sockets.size).toBeGreaterThan(1);
});

it('takes a new connection when the service closed the kept one, and keeps that', async () => {
  await ask();
  server.closeIdleConnections();
  for (let n = 0; n < 10; n += 1) await ask();
  expect(sockets.size).toBe(2);
});
