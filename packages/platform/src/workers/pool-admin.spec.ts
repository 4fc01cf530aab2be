import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { silentLogger } from '../process/logger';
import type { HealthReport } from '../process/health';
import { createMetrics } from '../process/metrics';
import type { ToWorker } from './messages';
import { reloadWorkers, startPoolAdmin } from './pool-admin';
import { Supervisor, type WorkerProcess } from './supervisor';

type Answer = (what: string, params: unknown) => unknown;

/** Workers in this process, which answer as they are told. */
function pool(answers: readonly Answer[]) {
  const ends: ((code: number | null, signal: string | null) => void)[][] = answers.map(() => []);
  const supervisor = new Supervisor({
    count: answers.length, logger: silentLogger, onGiveUp: () => undefined, policy: { baseMs: 60_000, maxMs: 60_000, mostDeaths: 5, withinMs: 1 },
    fork: (worker): WorkerProcess => {
      let hear: (message: unknown) => void = () => undefined;
      return {
        pid: worker, kill: () => ends[worker - 1]!.splice(0).forEach((end) => end(null, 'SIGKILL')),
        onMessage: (listener) => {
          hear = listener;
          setImmediate(() => hear({ hub: 'ready', value: { routes: ['GET /parked', 'POST /reload', 'POST /parked/:service/retry'] } }));
        },
        onExit: (listener) => void ends[worker - 1]!.push(listener),
        send: (message: ToWorker) => {
          if (message.hub === 'ask') void Promise.resolve(answers[worker - 1]!(message.what, message.params)).then((value) => hear({ hub: 'answer', id: message.id, value }));
          else if (message.hub === 'drain') ends[worker - 1]!.splice(0).forEach((end) => end(0, null));
        },
      };
    },
  });
  supervisor.start();
  return { supervisor, end: (worker: number) => ends[worker - 1]!.splice(0).forEach((end) => end(null, 'SIGKILL')) };
}

const get = async (url: string, path: string, method = 'GET'): Promise<{ status: number; text: string }> => {
  const response = await fetch(`${url}${path}`, { method });
  return { status: response.status, text: await response.text() };
};

describe('the admin listener of a primary', () => {
  const closers: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
  });
  const listen = async (answers: readonly Answer[]) => {
    const { end, supervisor } = pool(answers);
    await supervisor.ready;
    const admin = await startPoolAdmin({ supervisor, host: '127.0.0.1', port: 0, logger: silentLogger });
    closers.push(() => admin.close(), () => supervisor.drain(100).catch(() => undefined));
    return { supervisor, end, get: (path: string, method?: string) => get(admin.url, path, method) };
  };

  it('adds up counters and histograms, takes gauges as they say, and keeps what a worker that ended had counted', async () => {
    const workers = [1, 2].map((n) => {
      const metrics = createMetrics({ defaults: false });
      const registers = [metrics.registry as Registry];
      for (let i = 0; i < n * 10; i += 1) metrics.httpRequest({ method: 'POST', route: '/graphql', status: 200, seconds: 0.002 });
      new Gauge({ name: 'streams', help: 'x', registers }).set(n);
      new Gauge({ name: 'breaker', help: 'x', labelNames: ['state'], registers, aggregator: 'max' }).set({ state: 'open' }, n - 1);
      new Counter({ name: 'never', help: 'x', registers });
      new Histogram({ name: 'cost', help: 'x', buckets: [1, 10], registers }).observe(n * 4);
      return metrics;
    });
    const { end, get: ask } = await listen(workers.map((metrics) => () => metrics.registry.getMetricsAsJSON()));
    const lines = async (): Promise<string[]> => (await ask('/metrics')).text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    expect(await lines()).toEqual(expect.arrayContaining([
      'casebridge_http_requests_total{method="POST",route="/graphql",status="200"} 30', 'streams 3', 'breaker{state="open"} 1', 'never 0', 'cost_bucket{le="1"} 0', 'cost_bucket{le="10"} 2',
      'cost_bucket{le="+Inf"} 2', 'cost_sum 12', 'casebridge_workers{state="ready"} 2', 'casebridge_worker_deaths_total 0', 'casebridge_worker_requests_total{worker="1"} 10',
      'casebridge_worker_requests_total{worker="2"} 20',
    ]));
    workers[0]!.httpRequest({ method: 'POST', route: '/graphql', status: 200, seconds: 0.002 });
    end(2);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const after = await lines();
    expect(after).toEqual(expect.arrayContaining([
      'casebridge_http_requests_total{method="POST",route="/graphql",status="200"} 31', 'streams 1', 'breaker{state="open"} 0', 'cost_bucket{le="+Inf"} 2', 'cost_sum 12', 'casebridge_workers{state="ready"} 1',
      'casebridge_workers{state="away"} 1', 'casebridge_worker_deaths_total 1', 'casebridge_worker_requests_total{worker="1"} 11',
    ]));
    expect(after.some((line) => line.includes('worker="2"'))).toBe(false);
  });

  it('is ready when every worker is, names each check with its worker, and is well while one of them serves', async () => {
    const report = (ok: boolean): HealthReport => ({ ok, services: [{ name: 'credit', ok, checks: { database: ok ? { ok } : { ok, message: 'ECONNREFUSED' } } }] });
    let second = true;
    const { end, get: ask } = await listen([() => report(true), () => report(second)]);
    expect(await ask('/readyz')).toEqual({ status: 200, text: expect.stringContaining('"worker-2/credit"') as string });
    second = false;
    expect((await ask('/readyz')).status).toBe(503);
    expect((await ask('/healthz')).status).toBe(503);
    end(2);
    const [readiness, health] = [await ask('/readyz'), await ask('/healthz')];
    expect([readiness.status, health.status]).toEqual([503, 200]);
    expect(JSON.parse(readiness.text)).toEqual({ ok: false, services: [
      { name: 'worker-1/credit', ok: true, checks: { database: { ok: true } } }, { name: 'worker-2', ok: false, checks: { running: { ok: false, message: 'it is being started' } } },
    ] });
    end(1);
    expect([(await ask('/readyz')).status, (await ask('/healthz')).status, (await ask('/parked')).status]).toEqual([503, 503, 503]);
  });

  it('has every worker reload, and one of them do what is done in a database', async () => {
    const asked: unknown[] = [];
    const { get: ask, supervisor } = await listen([1, 2].map((worker) => (what, params) => {
      asked.push([worker, what, params]);
      const { name } = params as { name: string };
      return name === 'POST /reload' ? { status: 200, body: worker === 2 ? { reloaded: false, reason: 'broken' } : { reloaded: true } } : { status: 404, body: { worker } };
    }));
    expect(JSON.parse((await ask('/reload', 'POST')).text)).toEqual({ reloaded: false, reason: 'broken', workers: [{ worker: 1, reloaded: true }, { worker: 2, reloaded: false, reason: 'broken' }] });
    expect(await ask('/parked/credit/retry', 'POST')).toEqual({ status: 404, text: '{"worker":1}\n' });
    await reloadWorkers(supervisor);
    expect(asked).toEqual([
      [1, 'route', { name: 'POST /reload', params: {} }], [2, 'route', { name: 'POST /reload', params: {} }], [1, 'route', { name: 'POST /parked/:service/retry', params: { service: 'credit' } }],
      [1, 'route', { name: 'POST /reload', params: {} }], [2, 'route', { name: 'POST /reload', params: {} }],
    ]);
  });
});
