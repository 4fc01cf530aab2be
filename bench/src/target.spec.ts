import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { Target } from './target';

/** A target that opened a connection for each question would be measured by its handshakes. */
describe('the client of the bench', () => {
  const sockets = new Set<Socket>();
  let server: Server;
  let target: Target;
  beforeAll(async () => {
    server = createServer((request, response) => {
      sockets.add(request.socket);
      request.resume().on('end', () => response.end('{"data":{}}'));
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    target = new Target('hub', `http://127.0.0.1:${(server.address() as AddressInfo).port}`, { agencies: '/graphql', everybody: '/public/graphql' }, 'token', 3);
  });
  afterAll(async () => {
    await target.close();
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });

  const ask = (open: boolean): Promise<unknown> => target.data({ name: 'Q', query: 'query Q { a }', public: open }, {});

  it('asks over the connections it has, one question after the other over one', async () => {
    for (let n = 0; n < 20; n += 1) {
      await ask(n % 2 === 0);
      await setImmediate(); // the pool takes a connection back a moment after it gave the last of the answer
    }
    expect(sockets.size).toBe(1);
    await Promise.all(Array.from({ length: 30 }, () => ask(false)));
    expect(sockets.size).toBeLessThanOrEqual(3);
  });
});
