import { defineEvent, type EventEnvelope } from '@casebridge/contracts';
import { FixedClock } from '@casebridge/kernel';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { envelope } from './bus-contract';
import { type ConsumerOptions, InboxConsumer } from './consumer';
import { type EventReaction, on } from './handlers';
import { PostgresBus } from './postgres-bus';
import {
  collectingLogger, cutConnections, seededRandom, startTestDatabases, type TestDatabase, type TestDatabases, until,
} from './test-databases';

const tested = defineEvent('enforcement.tested.v1', z.object({ n: z.number().int() }));
const source = 'enforcement';

let databases: TestDatabases;
let service: TestDatabase;
let busDatabase: TestDatabase;
let bus: PostgresBus;
let clock: FixedClock;
let consumers: InboxConsumer[];

beforeAll(async () => {
  databases = await startTestDatabases();
  [service, busDatabase] = [await databases.service(), await databases.bus()];
}, 60_000);
afterAll(() => databases?.stop());
beforeEach(async () => {
  await databases.clear();
  bus = new PostgresBus({ dataSource: busDatabase.dataSource, databaseUrl: busDatabase.url, logger: collectingLogger() });
  clock = new FixedClock('2026-11-21T08:00:00Z');
  consumers = [];
  await service.dataSource.query('create table heard (nr serial, subject text, n integer, constraint heard_once unique (subject, n))');
});
afterEach(async () => {
  for (const c of consumers) await c.stop();
  await bus.close();
});

/** What a projection does: writes a row; a second time would break its constraint. */
const note = async (em: EntityManager, event: EventEnvelope<{ n: number }>): Promise<void> => {
  await em.query('insert into heard (subject, n) values ($1, $2)', [event.subject, event.data.n]);
};

function consumer(handlers: readonly EventReaction[] = [on(tested, note)], options: Partial<ConsumerOptions> = {}): InboxConsumer {
  const made = new InboxConsumer({
    dataSource: service.dataSource, bus, source, handlers, clock, logger: collectingLogger(),
    retry: { attempts: 3, waitMs: 1, parkedMs: 1_000, parkedMaxMs: 60_000 }, ...options,
  });
  consumers.push(made);
  return made;
}

/** Publishes `[subject, n]` pairs after what is on the bus. */
async function publish(...said: (readonly [subject: string, n: number, type?: string])[]): Promise<EventEnvelope[]> {
  const head = await bus.head(source);
  const events = said.map(([subject, n, type], i) => envelope(head + 1 + i, { subject, data: { n }, ...(type ? { type } : {}) }));
  await bus.publish(source, events);
  return events;
}

const heard = async (): Promise<string[]> =>
  (await service.dataSource.query<{ said: string }[]>("select subject || n as said from heard order by nr")).map((r) => r.said);

it('handles each event once, in order, and remembers how far it came', async () => {
  await publish(['a', 1], ['b', 1], ['a', 2]);
  await consumer().drain();
  expect(await heard()).toEqual(['a1', 'b1', 'a2']);
  await consumer().drain();
  await publish(['b', 2]);
  await consumer().drain();
  expect(await heard()).toEqual(['a1', 'b1', 'a2', 'b2']);
  expect(await consumer().stats()).toMatchObject({ source, position: 4, lag: 0, parkedSubjects: 0, parkedEvents: 0 });
});

it('has nothing to retry before it has heard anything', async () => {
  expect(await consumer().retryParked('a')).toEqual({ handled: 0, released: true });
  expect(await consumer().listParked()).toEqual([]);
});

it('passes over types that nobody wants and counts them', async () => {
  await publish(['a', 1, 'enforcement.unknown.v1'], ['a', 2], ['a', 3, 'enforcement.unknown.v1']);
  const c = consumer();
  await c.drain();
  expect(await heard()).toEqual(['a2']);
  expect(await c.stats()).toMatchObject({ position: 3, handled: 1, skipped: 2 });
});

it('runs several reactions to one type in order, in one transaction', async () => {
  const twice = on(tested, async (em, e) => void (await em.query('insert into heard (subject, n) values ($1, $2)', [`${e.subject}+`, e.data.n])));
  await publish(['a', 1]);
  await consumer([on(tested, note), twice]).drain();
  expect(await heard()).toEqual(['a1', 'a+1']);
});

it('does not handle an event again when the log is read from the start', async () => {
  await publish(['a', 1], ['a', 2]);
  await consumer().drain();
  await service.dataSource.query('update inbox_checkpoint set position = 0');
  await publish(['a', 3]);
  const c = consumer();
  await c.drain();
  expect(await heard()).toEqual(['a1', 'a2', 'a3']);
  expect((await c.stats()).failures).toBe(0);
});

it('keeps neither the effect nor the memory of an attempt that failed', async () => {
  let attempts = 0;
  const shaky = on(tested, async (em, event) => {
    await note(em, event);
    if ((attempts += 1) < 3) throw new Error('not yet');
  });
  await publish(['a', 1]);
  const c = consumer([shaky], { retry: { attempts: 5, waitMs: 1 } });
  await c.drain();
  expect(attempts).toBe(3);
  expect(await heard()).toEqual(['a1']);
  expect(await c.listParked()).toEqual([]);
});

it('hands an event to one of several processes', async () => {
  await publish(...Array.from({ length: 200 }, (_, i) => [`s${i % 7}`, i] as const));
  const all = [consumer(), consumer(), consumer()];
  await Promise.all(all.map((c) => c.drain()));
  const perSubject = Array.from({ length: 200 }, (_, i) => `s${i % 7}${i}`);
  expect(await heard()).toEqual(perSubject);
  const stats = await Promise.all(all.map((c) => c.stats()));
  expect(stats.reduce((sum, s) => sum + s.handled, 0)).toBe(200);
  expect(stats.reduce((sum, s) => sum + s.failures, 0)).toBe(0);
});

describe('an event that keeps failing', () => {
  let broken: Set<string>;
  const fragile = () => on(tested, async (em, event) => {
    if (broken.has(`${event.subject}${event.data.n}`)) throw new TypeError(`cannot take ${event.subject}${event.data.n}`);
    await note(em, event);
  });
  beforeEach(() => (broken = new Set(['a2'])));

  it('parks its subject; the others go on', async () => {
    await publish(['a', 1], ['a', 2], ['b', 1], ['a', 3], ['b', 2], ['a', 4]);
    const c = consumer([fragile()]);
    await c.drain();
    expect(await heard()).toEqual(['a1', 'b1', 'b2']);
    expect(await c.listParked()).toEqual([{
      source, subject: 'a', position: 2, type: tested.type, waiting: 3, parkedAt: clock.now(), retries: 0,
      retryAt: expect.any(Date), code: 'TypeError', lastError: 'TypeError: cannot take a2',
    }]);
    expect(await c.stats()).toMatchObject({ position: 6, lag: 0, handled: 3, parked: 1, failures: 3, parkedSubjects: 1, parkedEvents: 3 });
  });

  it('waits for its time, then its subject catches up in order, and what comes later follows', async () => {
    await publish(['a', 1], ['a', 2], ['a', 3]);
    const c = consumer([fragile()]);
    c.start();
    await until(async () => (await c.stats()).parkedEvents === 2);
    broken.clear();
    await publish(['a', 4], ['b', 1]);
    await until(async () => (await heard()).includes('b1'));
    expect(await heard()).toEqual(['a1', 'b1']);
    clock.advance(1_000);
    await until(async () => (await c.stats()).parkedSubjects === 0);
    await publish(['a', 5]);
    await until(async () => (await heard()).includes('a5'));
    expect(await heard()).toEqual(['a1', 'b1', 'a2', 'a3', 'a4', 'a5']);
  });

  it('is tried by an operator at once, stops at the next failure, and waits longer', async () => {
    await publish(['a', 2], ['a', 3], ['a', 4]);
    const c = consumer([fragile()]);
    await c.drain();
    expect(await c.retryParked('a')).toEqual({ handled: 0, released: false });
    const [again] = await c.listParked();
    expect(again).toMatchObject({ position: 1, waiting: 3, retries: 1, lastError: 'TypeError: cannot take a2' });
    expect(again!.retryAt.getTime() - clock.now().getTime()).toBeGreaterThanOrEqual(1_000);

    broken = new Set(['a4']);
    expect(await c.retryParked('a')).toEqual({ handled: 2, released: false });
    expect(await c.listParked()).toMatchObject([{ position: 3, waiting: 1, lastError: 'TypeError: cannot take a4' }]);
    broken.clear();
    expect(await c.retryParked('a')).toEqual({ handled: 1, released: true });
    expect(await heard()).toEqual(['a2', 'a3', 'a4']);
    expect(await c.retryParked('nobody')).toEqual({ handled: 0, released: true });
  });

  it('stays parked over a restart, and its later events with it', async () => {
    await publish(['a', 1], ['a', 2]);
    await consumer([fragile()]).drain();
    broken.clear();
    await publish(['a', 3]);
    const next = consumer([fragile()]);
    await next.drain();
    expect(await heard()).toEqual(['a1']);
    await next.retryParked('a');
    expect(await heard()).toEqual(['a1', 'a2', 'a3']);
  });

  it('is parked at once for data that breaks its contract, and the log line does not quote it', async () => {
    await bus.publish(source, [envelope(1, { subject: 'a', data: { n: '张三' } })]);
    const logger = collectingLogger();
    const c = consumer([on(tested, note)], { logger });
    await c.drain();
    expect(await c.listParked()).toMatchObject([{ subject: 'a', position: 1 }]);
    expect(logger.lines.length).toBeGreaterThan(0);
    expect(JSON.stringify(logger.lines)).not.toContain('张三');
  });

  it('is not overtaken by its own subject whatever fails when, over restarts and operators (random)', async () => {
    const random = seededRandom(4_242);
    const moody = on(tested, async (em, event) => {
      await note(em, event);
      if (random() < 0.45) throw new Error('a mood');
    });
    const sent = new Map<string, number>();
    let c = consumer([moody]);
    for (let round = 0; round < 15; round += 1) {
      await publish(...Array.from({ length: 6 }, () => {
        const subject = 'abc'[Math.floor(random() * 3)] as string;
        sent.set(subject, (sent.get(subject) ?? 0) + 1);
        return [subject, sent.get(subject) as number] as const;
      }));
      await Promise.all([c.drain(), ...['a', 'b'].map((s) => c.retryParked(s))]);
      if (random() < 0.3) c = consumer([moody]);
    }
    while ((await c.listParked()).length > 0) for (const { subject } of await c.listParked()) await c.retryParked(subject);
    for (const [subject, count] of sent) {
      const told = (await heard()).filter((h) => h.startsWith(subject)).map((h) => Number(h.slice(1)));
      expect(told).toEqual(Array.from({ length: count }, (_, i) => i + 1));
    }
    expect((await c.stats()).position).toBe(90);
  });
});

it('never parks for a database that was away: it tries until it is back', async () => {
  let cuts = 0;
  const cutting = on(tested, async (em, event) => {
    await note(em, event);
    if (event.data.n === 2 && (cuts += 1) <= 4) await cutConnections(busDatabase.dataSource, 'test');
  });
  await publish(['a', 1], ['a', 2], ['a', 3]);
  const c = consumer([cutting], { retry: { attempts: 2, waitMs: 1 } });
  c.start();
  await until(async () => (await heard().catch(() => [])).length === 3);
  expect(cuts).toBeGreaterThan(4);
  expect(await heard()).toEqual(['a1', 'a2', 'a3']);
  expect(await c.listParked()).toEqual([]);
});

it('hears the bell, and ends in the middle of a long log without losing its place', async () => {
  const first = consumer();
  first.start();
  await publish(['a', 0]);
  await until(async () => (await heard()).length === 1);
  void publish(...Array.from({ length: 2_000 }, (_, i) => ['b', i] as const));
  await until(async () => (await heard()).length > 1);
  await first.stop();
  const taken = (await heard()).length;
  expect(taken).toBeLessThan(2_001);
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(await heard()).toHaveLength(taken);

  await consumer().drain();
  expect(await heard()).toEqual(['a0', ...Array.from({ length: 2_000 }, (_, i) => `b${i}`)]);
});

it('refuses to go on over a hole in the bus', async () => {
  await publish(['a', 1], ['a', 2], ['a', 3]);
  await busDatabase.dataSource.query('delete from bus_event where position = 1');
  await expect(consumer().drain()).rejects.toThrow('The bus has nothing of enforcement between 0 and 2');
  expect(await heard()).toEqual([]);
});
