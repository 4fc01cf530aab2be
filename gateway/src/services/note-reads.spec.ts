import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type InternalTokenSigner, type ReadsNote, type ServicePort, silentLogger } from '@casebridge/platform';
import { publicReader } from '@casebridge/kernel';
import { HttpService } from './http-service';
import { inProcess } from './in-process';

const note: ReadsNote = {
  query: '{ firm { name } }', records: ['Firm:U1', 'Firm:企业'], principal: publicReader, requestId: 'r1', clientOperation: 'Firms', receivedAt: new Date('2026-11-21T02:00:00Z'), scope: {},
};
const signer: InternalTokenSigner = { sign: (_, service) => Promise.resolve(`for ${service}`) };
const ends: (() => Promise<unknown>)[] = [];
afterEach(() => Promise.all(ends.splice(0).map((end) => end())));

async function served(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<{ service: HttpService; seen: { url: string | undefined; headers: IncomingMessage['headers']; body: string }[] }> {
  const seen: { url: string | undefined; headers: IncomingMessage['headers']; body: string }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => void (body += chunk)).on('end', () => {
      seen.push({ url: request.url, headers: request.headers, body });
      answer(request, response);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const service = new HttpService({
    name: 'inspection', url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/base`, signer, logger: silentLogger, deadlineMs: 150, breaker: { failures: 2 },
  });
  ends.push(async () => {
    server.closeAllConnections();
    await service.close();
    await new Promise((closed) => server.close(closed));
  });
  return { service, seen };
}

describe('a note of reads', () => {
  it('goes to a service across the network with who reads, and for which request', async () => {
    const { seen, service } = await served((_, response) => void response.writeHead(204).end());
    await service.noteReads?.(note);
    expect(seen).toEqual([{
      url: '/base/reads', body: JSON.stringify({ query: note.query, records: note.records }),
      headers: expect.objectContaining({ authorization: 'Bearer for inspection', 'x-request-id': 'r1', 'x-client-operation': 'Firms', 'content-type': 'application/json' }) as unknown,
    }]);
  });

  it.each([200, 400, 404, 500, 503])('fails on %i: what was not said to be noted was not', async (status) => {
    const { service } = await served((_, response) => void response.writeHead(status).end('{}'));
    await expect(service.noteReads?.(note)).rejects.toThrow(String(status));
  });

  it('fails within the deadline, and at once where the service is known to be away', async () => {
    const { seen, service } = await served(() => undefined);
    for (let n = 0; n < 2; n += 1) await expect(service.noteReads?.(note)).rejects.toThrow();
    expect(service.state.breaker).toBe('open');
    await expect(service.noteReads?.(note)).rejects.toThrow('does not answer');
    expect(seen).toHaveLength(2);
    expect(service.state.running).toBe(0);
  });

  it('is not sent to a service of somebody else', () => {
    const foreign = new HttpService({ name: 'foreign', url: 'http://127.0.0.1:1', signer: null, logger: silentLogger });
    ends.push(() => foreign.close());
    expect(foreign.noteReads).toBeUndefined();
  });

  it('has a deadline in this process too, and passes on what is thrown', async () => {
    const portOf = (noteReads?: ServicePort['noteReads']): ServicePort => inProcess({ name: 'inspection', ...(noteReads ? { noteReads } : {}) } as ServicePort, { logger: silentLogger, deadlineMs: 30 });
    const noted: ReadsNote[] = [];
    await portOf((given) => Promise.resolve(void noted.push(given))).noteReads?.(note);
    expect(noted).toEqual([note]);
    await expect(portOf(() => new Promise(() => undefined)).noteReads?.(note)).rejects.toThrow('in time');
    await expect(portOf(() => Promise.reject(new Error('full'))).noteReads?.(note)).rejects.toThrow('full');
    expect(portOf().noteReads).toBeUndefined();
  });
});
