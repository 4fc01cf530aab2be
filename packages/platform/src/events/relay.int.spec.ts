import type { EventEnvelope, ServiceName } from '@casebridge/contracts';
import { envelope } from './bus-contract';
import { type EventBus, LogDiverged } from './event-bus';
import { PostgresBus } from './postgres-bus';
import { relayPosition, rewindRelay, runRelay } from './relay';
import { runSequencer } from './sequencer';
import {
  collectingLogger, cutConnections, draft, say, seededRandom, startTestDatabases, type TestDatabase, type TestDatabases,
} from './test-databases';

let databases: TestDatabases;
let service: TestDatabase;
let busDatabase: TestDatabase;
let bus: PostgresBus;

beforeAll(async () => {
  databases = await startTestDatabases();
  [service, busDatabase] = [await databases.service(), await databases.bus()];
}, 60_000);
afterAll(() => databases?.stop());
beforeEach(async () => {
  await databases.clear();
  bus = new PostgresBus({ dataSource: busDatabase.dataSource, databaseUrl: busDatabase.url, logger: collectingLogger() });
});

const source = 'enforcement';
const relay = (through: EventBus = bus) => runRelay({ dataSource: service.dataSource, source, bus: through });
const onBus = () => bus.read(source, 0, 10_000);
const subjects = async () => (await onBus()).map((e) => e.subject);
const numbered = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => `case:${from + i}`);

async function givenEvents(from: number, to: number): Promise<void> {
  await say(service.dataSource, numbered(from, to).map((s) => draft(s, { s })));
  await runSequencer(service.dataSource);
}

/** The bus with something in the way of `publish`. */
const withPublish = (publish: (events: readonly EventEnvelope[]) => Promise<void>): EventBus => ({
  publish: (_source: ServiceName, events) => publish(events),
  read: (...args) => bus.read(...args),
  head: (...args) => bus.head(...args),
  listen: (...args) => bus.listen(...args),
  close: () => bus.close(),
});

it('copies the log in order, as it is, and only what has a position', async () => {
  await givenEvents(1, 3);
  await say(service.dataSource, [draft('case:unsequenced')]);
  expect(await relay()).toBe(3);
  expect(await onBus()).toMatchObject([1, 2, 3].map((n) => ({
    source, position: n, type: 'enforcement.tested.v1', subject: `case:${n}`, data: { s: `case:${n}` }, occurredAt: expect.any(Date),
  })));
  expect(await relay()).toBe(0);
  expect(await relayPosition(service.dataSource.manager)).toBe(3);
});

it('copies more than fits one batch', async () => {
  await service.dataSource.query(`
    insert into outbox_event (id, type, subject, occurred_at, data)
    select gen_random_uuid(), 'enforcement.tested.v1', 'case:' || n, now(), '{}' from generate_series(1, 1700) n`);
  await runSequencer(service.dataSource);
  expect(await relay()).toBe(1_700);
  expect(await subjects()).toEqual(numbered(1, 1_700));
});

it('sends nothing twice and loses nothing when it dies before the bus has it', async () => {
  await givenEvents(1, 3);
  await expect(relay(withPublish(() => Promise.reject(new Error('killed'))))).rejects.toThrow('killed');
  expect(await onBus()).toEqual([]);
  await relay();
  expect(await subjects()).toEqual(numbered(1, 3));
});

it('sends nothing twice and loses nothing when it dies after the bus has it and before the checkpoint', async () => {
  await givenEvents(1, 3);
  const dying = withPublish(async (events) => {
    await bus.publish(source, events);
    throw new Error('killed');
  });
  await expect(relay(dying)).rejects.toThrow('killed');
  expect(await relayPosition(service.dataSource.manager)).toBe(0);
  await givenEvents(4, 5);
  expect(await relay()).toBe(5);
  expect(await subjects()).toEqual(numbered(1, 5));
  expect(await relayPosition(service.dataSource.manager)).toBe(5);
});

it('loses nothing when the database cuts its connection with the checkpoint unsaved', async () => {
  await givenEvents(1, 3);
  const cut = withPublish(async (events) => {
    await bus.publish(source, events);
    await cutConnections(busDatabase.dataSource, 'test');
  });
  await expect(relay(cut)).rejects.toThrow();
  await relay();
  expect(await subjects()).toEqual(numbered(1, 3));
});

it.each([1, 2, 3, 4, 5])('copies every event once whatever dies between any two steps (seed %i)', async (seed) => {
  const random = seededRandom(seed * 104_729);
  const moody = withPublish(async (events) => {
    const mood = random();
    if (mood < 0.25) throw new Error('killed before');
    await bus.publish(source, mood < 0.5 ? events.slice(0, 1 + Math.floor(random() * events.length)) : events); // a part counts as lost
    if (mood < 0.7) throw new Error('killed after');
  });
  let written = 0;
  for (let round = 0; round < 12; round += 1) {
    const next = written + Math.floor(random() * 5);
    await givenEvents(written + 1, next);
    written = next;
    await Promise.all([relay(moody), relay(moody)].map((r) => r.catch((e: Error) => expect(e.message).toMatch(/^killed/))));
    expect(await subjects()).toEqual(numbered(1, await bus.head(source)));
  }
  await relay();
  expect(await subjects()).toEqual(numbered(1, written));
  expect(written).toBeGreaterThan(5);
});

it('gives a bus that was restored from an older copy what it lacks, at the next event', async () => {
  await givenEvents(1, 5);
  await relay();
  await busDatabase.dataSource.query('delete from bus_event where position > 2');
  await givenEvents(6, 6);
  await relay();
  expect(await subjects()).toEqual(numbered(1, 6));
});

it('and at the next start even without one', async () => {
  await givenEvents(1, 5);
  await relay();
  await busDatabase.dataSource.query('delete from bus_event where position > 2');
  expect(await relay()).toBe(0);
  await rewindRelay({ dataSource: service.dataSource, source, bus });
  expect(await relay()).toBe(3);
  expect(await subjects()).toEqual(numbered(1, 5));
});

it('stops with a clear error when the bus knows another history', async () => {
  await givenEvents(1, 2);
  await bus.publish(source, [envelope(1, { subject: 'case:other' })]);
  await expect(relay()).rejects.toThrow(LogDiverged);
  expect(await subjects()).toEqual(['case:other']);
  expect(await relayPosition(service.dataSource.manager)).toBe(0);
});
