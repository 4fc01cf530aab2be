import { request } from 'node:http';
import { networkInterfaces } from 'node:os';
import { startAdminServer, type AdminRoute, type AdminServer } from './admin-server';
import type { HealthReport } from './health';
import { silentLogger } from './logger';
import { createMetrics } from './metrics';

let server: AdminServer;
let report: HealthReport;
let reloads: number;

const routes: Record<string, AdminRoute> = {
  'POST /reload': () => ({ status: 202, body: { reloads: (reloads += 1) } }),
  'POST /jobs/:name/run': ({ name }) => ({ status: 200, body: { ran: name } }),
  'GET /broken': () => Promise.reject(new Error('secret words')),
};

beforeEach(async () => {
  report = { ok: true, services: [{ name: 'credit', ok: true, checks: {} }] };
  reloads = 0;
  server = await startAdminServer({ port: 0, metrics: createMetrics({ defaults: false }), health: async () => report, routes, logger: silentLogger });
});
afterEach(() => server.close());

const call = (path: string, init?: RequestInit): Promise<Response> => fetch(`${server.url}${path}`, init);

it('listens on this machine only', () => {
  expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});

it('shows metrics and health, 503 when something is ill', async () => {
  const metrics = await call('/metrics');
  expect([metrics.status, metrics.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/plain')]);
  expect(await metrics.text()).toContain('casebridge_http_requests_total');
  expect((await call('/healthz')).status).toBe(200);
  report = { ok: false, services: [] };
  const ill = await call('/healthz');
  expect([ill.status, await ill.json()]).toEqual([503, report]);
});

it('runs what the process adds, by its method only', async () => {
  const answer = await call('/reload', { method: 'POST', body: 'ignored' });
  expect([answer.status, await answer.json()]).toEqual([202, { reloads: 1 }]);
  const wrong = await call('/reload');
  expect([wrong.status, wrong.headers.get('allow'), reloads]).toEqual([405, 'POST', 1]);
  expect((await call('/constructor')).status).toBe(404);
  expect((await call('/reload?x=1', { method: 'POST' })).status).toBe(202);
});

it('gives a route the parts of its path, decoded, and takes nothing that does not fit it', async () => {
  const run = async (path: string, method = 'POST') => {
    const answer = await call(path, { method });
    return [answer.status, await answer.json()];
  };
  expect(await run('/jobs/case%3A1%2F%E6%A1%88/run')).toEqual([200, { ran: 'case:1/案' }]);
  expect(await run('/jobs/%E6/run')).toEqual([404, { error: 'Not found' }]);
  for (const path of ['/jobs/a/b/run', '/jobs/a/run/more', '/jobs/a']) expect(await run(path)).toEqual([404, { error: 'Not found' }]);
  expect(await run('/jobs/a/run', 'GET')).toEqual([405, { error: 'Method not allowed' }]);
});

it('where it is open to other machines, tells them how it is and nothing else', async () => {
  const others = await startAdminServer({ host: '0.0.0.0', port: 0, metrics: createMetrics({ defaults: false }), health: async () => report, routes, logger: silentLogger });
  const outside = Object.values(networkInterfaces()).flat().find((address) => address?.family === 'IPv4' && !address.internal)?.address;
  const statuses = async (host: string) => {
    const [metrics, reload] = await Promise.all([fetch(`http://${host}:${others.port}/metrics`), fetch(`http://${host}:${others.port}/reload`, { method: 'POST' })]);
    await Promise.all([metrics.text(), reload.text()]);
    return [metrics.status, reload.status];
  };
  expect(await statuses('127.0.0.1')).toEqual([200, 202]);
  // A machine without a network has no other address to come from.
  expect(outside === undefined ? [200, 403] : await statuses(outside)).toEqual([200, 403]);
  await others.close();
});

it('keeps the words of a failure to itself', async () => {
  const answer = await call('/broken');
  expect([answer.status, await answer.text()]).toEqual([500, expect.not.stringContaining('secret')]);
});

it("does nothing for a web page in an operator's browser", async () => {
  expect((await call('/reload', { method: 'POST', headers: { origin: 'https://evil.example' } })).status).toBe(403);
  const rebound = await new Promise<number | undefined>((resolve, reject) => {
    request(`${server.url}/reload`, { method: 'POST', headers: { host: `evil.example:${server.port}` } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).on('error', reject).end();
  });
  expect(rebound).toBe(403);
  expect(reloads).toBe(0);
});

it('refuses to start on a taken port, or with a route that stands in for its own', async () => {
  const options = { metrics: createMetrics({ defaults: false }), health: async () => report, logger: silentLogger };
  await expect(startAdminServer({ ...options, port: server.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await expect(startAdminServer({ ...options, port: 0, routes: { 'GET /metrics': () => ({ status: 200, body: '' }) } })).rejects.toThrow(RangeError);
  const twice = { 'POST /jobs/:name/run': () => ({ status: 200, body: '' }), 'POST /jobs/:id/run': () => ({ status: 200, body: '' }) };
  await expect(startAdminServer({ ...options, port: 0, routes: twice })).rejects.toThrow(RangeError);
});
