import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { defineEvent, type EventEnvelope } from '@casebridge/contracts';
import { FixedClock, systemClock } from '@casebridge/kernel';
import { z } from 'zod';
import { Bell } from './bell';
import { type EventService, type EventServiceOptions, startEvents } from './event-service';
import { on } from './handlers';
import { emit } from './outbox';
import { PostgresBus } from './postgres-bus';
import {
  collectingLogger, cutConnections, draft, say, startTestDatabases, type TestDatabase, type TestDatabases, until,
} from './test-databases';

const tested = defineEvent('enforcement.tested.v1', z.object({ n: z.number().int() }));
const bellName = 'casebridge-bell';

let databases: TestDatabases;
let enforcement: TestDatabase;
let credit: TestDatabase;
let busDatabase: TestDatabase;
let bus: PostgresBus;
let running: EventService[];

beforeAll(async () => {
  databases = await startTestDatabases();
  [enforcement, credit, busDatabase] = [await databases.service(), await databases.service(), await databases.bus()];
}, 60_000);
afterAll(() => databases?.stop());
beforeEach(async () => {
  await databases.clear();
  bus = new PostgresBus({ dataSource: busDatabase.dataSource, databaseUrl: busDatabase.url, logger: collectingLogger() });
  running = [];
});
afterEach(async () => {
  for (const service of running) await service.stop();
  await bus.close();
});

async function start(database: TestDatabase, options: Pick<EventServiceOptions, 'source'> & Partial<EventServiceOptions>): Promise<EventService> {
  const service = await startEvents({
    dataSource: database.dataSource, databaseUrl: database.url, bus, handlers: [], consumeFrom: [],
    logger: collectingLogger(), clock: systemClock, ...options,
  });
  running.push(service);
  return service;
}

const bells = async (database: TestDatabase): Promise<number[]> =>
  (await database.dataSource.query<{ pid: number }[]>(
    'select pid from pg_stat_activity where application_name = $1 and datname = current_database()', [bellName])).map((r) => r.pid);

it('carries an event from a transaction of one service into a transaction of another, and to live readers', async () => {
  const sender = await start(enforcement, { source: 'enforcement' });
  await credit.dataSource.query('create table heard (n integer)');
  const receiver = await start(credit, {
    source: 'credit',
    consumeFrom: ['enforcement', 'inspection'],
    handlers: [on(tested, async (em, event) => {
      await em.query('insert into heard values ($1)', [event.data.n]);
      await emit(em, 'credit', draft(event.subject, { n: event.data.n }, 'credit.heard.v1'), systemClock.now());
    })],
  });
  const live = sender.tail.subscribe({}, new AbortController().signal);
  const answers = receiver.tail.subscribe({}, new AbortController().signal);
  await say(enforcement.dataSource, [draft('case:1', { n: 1 }), draft('case:1', { n: 2 })]);
  for (const n of [1, 2]) expect((await live.next()).value).toMatchObject({ source: 'enforcement', position: n, data: { n } });
  for (const n of [1, 2]) expect((await answers.next()).value).toMatchObject({ source: 'credit', position: n, data: { n } });
  expect(await credit.dataSource.query('select n from heard')).toEqual([{ n: 1 }, { n: 2 }]);

  await until(async () => (await sender.stats()).relayLag === 0);
  expect(await sender.stats()).toEqual({
    listening: true, head: 2, unsequenced: 0, unsequencedAgeMs: 0, relayLag: 0, subscribers: 1, consumers: [],
  });
  expect(await receiver.stats()).toMatchObject({
    subscribers: 1,
    consumers: [{ source: 'enforcement', position: 2, lag: 0, handled: 2, parkedSubjects: 0 }, { source: 'inspection', position: 0, lag: 0 }],
  });
});

it('lists parked subjects of all sources and retries them on demand', async () => {
  let broken = true;
  const handlers = [on(tested, () => (broken ? Promise.reject(new Error('broken')) : Promise.resolve()))];
  await start(enforcement, { source: 'enforcement' });
  const receiver = await start(credit, { source: 'credit', consumeFrom: ['enforcement'], handlers, retry: { attempts: 1 } });
  await say(enforcement.dataSource, [draft('case:1', { n: 1 })]);
  await until(async () => (await receiver.listParked()).length === 1);
  expect(await receiver.retryParked('case:1')).toEqual({ handled: 0, released: false });
  broken = false;
  expect(await receiver.retryParked('case:1', 'enforcement')).toEqual({ handled: 1, released: true });
  expect(await receiver.listParked()).toEqual([]);
});

it('tells how far behind it is', async () => {
  const clock = new FixedClock('2026-11-21T08:00:00Z');
  const sender = await start(enforcement, { source: 'enforcement', clock });
  const receiver = await start(credit, { source: 'credit', consumeFrom: ['enforcement'] });
  await Promise.all([sender.stop(), receiver.stop()]);
  await say(enforcement.dataSource, [draft('case:1', { n: 1 })]);
  expect(await sender.stats()).toMatchObject({ listening: false, head: 0, unsequenced: 1, unsequencedAgeMs: 0, relayLag: 0 });
  clock.advance(40_000);
  expect(await sender.stats()).toMatchObject({ unsequenced: 1, unsequencedAgeMs: 40_000 });
  const again = await start(enforcement, { source: 'enforcement' });
  await until(async () => (await bus.head('enforcement')) === 1);
  expect(await again.stats()).toMatchObject({ head: 1, unsequenced: 0 });
  expect(await receiver.stats()).toMatchObject({ consumers: [{ position: 0, lag: 1 }] });
});

it('leaves no connection and no loop behind when it stops, even in the middle of work', async () => {
  const sender = await start(enforcement, { source: 'enforcement' });
  const receiver = await start(credit, { source: 'credit', consumeFrom: ['enforcement'], handlers: [on(tested, async () => undefined)] });
  await until(async () => (await bells(enforcement)).length === 1 && (await bells(busDatabase)).length === 1);
  const writing = say(enforcement.dataSource, Array.from({ length: 40 }, (_, n) => draft(`case:${n}`, { n })));
  await until(async () => (await bus.head('enforcement')) > 0);
  await Promise.all([sender.stop(), sender.stop(), receiver.stop()]);
  await writing;
  for (const database of [enforcement, credit, busDatabase]) await until(async () => (await bells(database)).length === 0);
  const before = await bus.head('enforcement');
  await say(enforcement.dataSource, [draft('case:late', { n: 0 })]);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await bus.head('enforcement')).toBe(before);

  await start(enforcement, { source: 'enforcement' });
  await until(async () => (await bus.head('enforcement')) === 41);
});

it('loses nothing when every connection is cut again and again', async () => {
  await credit.dataSource.query('create table heard (nr serial, n integer constraint heard_once unique)');
  const sender = await start(enforcement, { source: 'enforcement' });
  const receiver = await start(credit, {
    source: 'credit', consumeFrom: ['enforcement'],
    handlers: [on(tested, async (em, event) => void (await em.query('insert into heard (n) values ($1)', [event.data.n])))],
  });
  const live = sender.tail.subscribe({ after: 0 }, new AbortController().signal);
  const seen: EventEnvelope[] = [];
  const reading = (async () => {
    for await (const event of live) if (seen.push(event) === 60) return;
  })();
  for (let n = 0; n < 60; n += 1) {
    const write = () => say(enforcement.dataSource, [draft(`case:${n % 5}`, { n })]);
    // A commit whose answer was lost may have happened: the writer looks before it writes again.
    const known = async () => (await enforcement.dataSource.query("select 1 from outbox_event where data->>'n' = $1", [`${n}`])).length > 0;
    await until(() => write().then(() => true, () => known().catch(() => false)));
    if (n % 12 === 7) for (const name of ['test', bellName]) await cutConnections(busDatabase.dataSource, name).catch(() => 0);
  }
  await reading;
  expect(seen.map((e) => e.position)).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
  await until(async () => (await credit.dataSource.query('select 1 from heard').catch(() => [])).length === 60);
  expect(await receiver.listParked()).toEqual([]);
});

describe('the bell', () => {
  it('is hung up again after its connection was cut, rings at once and hears what comes then', async () => {
    let rings: (string | undefined)[] = [];
    const logger = collectingLogger();
    const bell = new Bell({ databaseUrl: enforcement.url, channels: ['test_channel'], logger, onRing: (_c, payload) => rings.push(payload) });
    bell.start();
    await until(() => bell.connected);
    const [first] = await bells(enforcement);
    await enforcement.dataSource.query("select pg_notify('test_channel', 'before')");
    await until(() => rings.includes('before'));

    rings = [];
    await enforcement.dataSource.query('select pg_terminate_backend($1)', [first]);
    await until(() => !bell.connected);
    await until(() => bell.connected);
    expect(rings).toContain(undefined); // whatever was said meanwhile is looked for
    const [second] = await bells(enforcement);
    expect(second).not.toBe(first);
    await enforcement.dataSource.query("select pg_notify('test_channel', 'after')");
    await until(() => rings.includes('after'));
    expect(logger.lines).toMatchObject([{ message: 'The listening connection was lost' }]);
    await bell.close();
    await until(async () => (await bells(enforcement)).length === 0);
  });

  it('is taken down promptly while it cannot connect, and while it is connecting', async () => {
    const silent = await new Promise<Server>((resolve) => {
      const server = createServer((s) => s.on('error', () => undefined).resume()).listen(0, '127.0.0.1', () => resolve(server));
    });
    const { port } = silent.address() as AddressInfo;
    for (const url of [`postgres://u:p@127.0.0.1:${port}/x`, 'postgres://u:p@127.0.0.1:1/x']) {
      const bell = new Bell({ databaseUrl: url, channels: ['c'], logger: collectingLogger(), onRing: () => undefined });
      bell.start();
      await new Promise((resolve) => setTimeout(resolve, 30));
      expect(bell.connected).toBe(false);
      await bell.close();
    }
    await new Promise((resolve) => silent.close(resolve));
  });

  it('still rings, by the clock, while it cannot connect', async () => {
    let rings = 0;
    const databaseUrl = 'postgres://u:p@127.0.0.1:1/x';
    const bell = new Bell({ databaseUrl, channels: ['c'], logger: collectingLogger(), onRing: () => (rings += 1) });
    bell.start();
    await until(() => rings > 0);
    await bell.close();
  });

  it('does not wait for ever for a database that has stopped answering', async () => {
    const sockets: Socket[] = [];
    const { port, hostname } = new URL(enforcement.url);
    const proxy = await new Promise<Server>((resolve) => {
      const server = createServer((near) => {
        const far = connect(Number(port), hostname);
        sockets.push(near, far);
        for (const s of [near, far]) s.on('error', () => undefined);
        near.pipe(far).pipe(near);
      }).listen(0, '127.0.0.1', () => resolve(server));
    });
    const through = Object.assign(new URL(enforcement.url), { port: String((proxy.address() as AddressInfo).port) });
    const bell = new Bell({ databaseUrl: through.href, channels: ['c'], logger: collectingLogger(), onRing: () => undefined });
    bell.start();
    await until(() => bell.connected);
    for (const s of sockets) s.unpipe().pause(); // a partition: the connection stands, nothing passes
    await bell.close();
    for (const s of sockets) s.destroy();
    await new Promise((resolve) => proxy.close(resolve));
  });
});
