import { defineEvent } from '@casebridge/contracts';
import { Conflict, FixedClock } from '@casebridge/kernel';
import { z } from 'zod';
import { type EventService, on, PostgresBus, startEvents } from '../events';
import { collectingLogger, draft, say, startTestDatabases, type TestDatabases, until } from '../events/test-databases';
import { type AdminServer, createMetrics, silentLogger, startAdminServer } from '../process';
import { parkedRoutes } from './parked-routes';

const tested = defineEvent('enforcement.tested.v1', z.object({ name: z.string() }));

/** The admin listener of a process with a service that cannot handle what it is told. */
describe('parked subjects on the admin listener', () => {
  let databases: TestDatabases;
  let bus: PostgresBus;
  let admin: AdminServer;
  let broken = true;
  const running: EventService[] = [];
  const handled: string[] = [];

  beforeAll(async () => {
    databases = await startTestDatabases();
    const [enforcement, credit, busDatabase] = [await databases.service(), await databases.service(), await databases.bus()];
    const clock = new FixedClock('2026-11-22T08:00:00Z');
    const logger = collectingLogger();
    bus = new PostgresBus({ dataSource: busDatabase.dataSource, databaseUrl: busDatabase.url, logger });
    const common = { bus, logger, clock };
    running.push(await startEvents({ ...common, dataSource: enforcement.dataSource, databaseUrl: enforcement.url, source: 'enforcement', handlers: [], consumeFrom: [] }));
    const handlers = [on(tested, async (_em, { data }) => {
      if (broken) throw new Conflict(`${data.name} is known already`);
      handled.push(data.name);
    })];
    running.push(await startEvents({
      ...common, dataSource: credit.dataSource, databaseUrl: credit.url, source: 'credit', handlers, consumeFrom: ['enforcement'], retry: { attempts: 1 },
    }));
    const services = running.map((events, i) => ({ deps: { name: (['enforcement', 'credit'] as const)[i]! }, events }));
    admin = await startAdminServer({
      port: 0, metrics: createMetrics({ defaults: false }), health: () => Promise.resolve({ ok: true, services: [] }), logger: silentLogger, routes: parkedRoutes(services),
    });
    await say(enforcement.dataSource, [draft('case:1/甲', { name: '演示某甲' }), draft('case:1/甲', { name: '演示某乙' })]);
    await until(async () => (await running[1]!.listParked())[0]?.waiting === 2);
  }, 60_000);
  afterAll(async () => {
    await admin.close();
    for (const events of running) await events.stop();
    await bus.close();
    await databases.stop();
  });

  const call = async (path: string, method = 'GET') => {
    const response = await fetch(`${admin.url}${path}`, { method });
    return { status: response.status, text: await response.text() };
  };
  const retryPath = `/parked/credit/enforcement/${encodeURIComponent('case:1/甲')}/retry`;

  it('lists them with what an operator needs, and with nothing of their contents', async () => {
    const { status, text } = await call('/parked');
    expect(status).toBe(200);
    expect(JSON.parse(text)).toEqual([{
      service: 'credit', stream: 'enforcement', subject: 'case:1/甲', type: 'enforcement.tested.v1', position: 1, waiting: 2, since: '2026-11-22T08:00:00.000Z',
      attempts: 0, nextAttempt: expect.stringMatching(/^2026-11-22T08:00:\d\d\.\d{3}Z$/), code: 'CONFLICT',
    }]);
    expect(text).not.toMatch(/演示|known already/);
  });

  it.each([
    '/parked/enforcement/enforcement/case%3A1/retry', '/parked/credit/enforcement/case%3A2/retry', '/parked/nobody/enforcement/case%3A1%2F%E7%94%B2/retry',
    '/parked/credit/adr/case%3A1%2F%E7%94%B2/retry',
  ])('knows nothing to retry at %s', async (path) => {
    expect((await call(path, 'POST')).status).toBe(404);
  });

  it('tries one again when told to, and releases it when it can be handled', async () => {
    expect((await call(retryPath)).status).toBe(405);
    const failed = await call(retryPath, 'POST');
    expect([failed.status, JSON.parse(failed.text)]).toEqual([409, { handled: 0, released: false, parked: expect.objectContaining({ attempts: 1, code: 'CONFLICT' }) }]);
    expect(failed.text).not.toMatch(/演示|known already/);
    broken = false;
    const released = await call(retryPath, 'POST');
    expect([released.status, JSON.parse(released.text)]).toEqual([200, { handled: 2, released: true }]);
    expect(handled).toEqual(['演示某甲', '演示某乙']);
    expect(JSON.parse((await call('/parked')).text)).toEqual([]);
    expect((await call(retryPath, 'POST')).status).toBe(404);
  });
});
