import { setTimeout as sleep } from 'node:timers/promises';
import type { EventEnvelope } from '@casebridge/contracts';
import type { DataSource } from 'typeorm';
import { runSequencer } from './sequencer';
import { type EventStream, EventTail } from './tail';
import { collectingLogger, cutConnections, draft, say, seededRandom, startTestDatabases, type TestDatabases, until } from './test-databases';

let databases: TestDatabases;
let dataSource: DataSource;
let quiet: DataSource['logger'];
let tails: EventTail[];

beforeAll(async () => {
  databases = await startTestDatabases();
  ({ dataSource } = await databases.service());
  quiet = dataSource.logger;
}, 60_000);
afterAll(() => databases?.stop());
beforeEach(async () => {
  await databases.clear();
  dataSource.logger = quiet;
  tails = [];
});
afterEach(async () => {
  for (const t of tails) await t.stop();
});

const upTo = (n: number, from = 1) => Array.from({ length: n - from + 1 }, (_, i) => from + i);
const forever = (): AbortSignal => new AbortController().signal;

async function startTail(windowSize = 64): Promise<EventTail> {
  const tail = new EventTail({ dataSource, source: 'enforcement', logger: collectingLogger(), windowSize });
  tails.push(tail);
  await tail.start();
  return tail;
}

/** What the database is asked from now on, until the end of the test. */
function recordStatements(): () => string[] {
  const statements: string[] = [];
  dataSource.logger = { ...quiet, logQuery: (text: string) => void statements.push(text) } as typeof quiet;
  return () => statements;
}

/** `a` and `b` in turn, unless told otherwise. */
async function grow(count: number, types: readonly string[] = ['a', 'b']): Promise<void> {
  await say(dataSource, upTo(count).map((n) => draft('case:x', { n }, `enforcement.${types[n % types.length]}.v1`)));
  await runSequencer(dataSource);
}

const numberedLog = (count: number) => dataSource
  .query(`insert into outbox_event (id, type, subject, occurred_at, data)
    select gen_random_uuid(), 'enforcement.' || (case when n % 100 = 0 then 'rare' else 'common' end) || '.v1', 'case:x', now(), '{}'
    from generate_series(1, ${count}) n`)
  .then(() => runSequencer(dataSource));

async function take(stream: EventStream, count: number): Promise<EventEnvelope[]> {
  const taken: EventEnvelope[] = [];
  while (taken.length < count) {
    const { value, done } = await stream.next();
    if (done) break;
    taken.push(value as EventEnvelope);
  }
  return taken;
}
const positions = (events: readonly EventEnvelope[]) => events.map((e) => e.position);

it('replays from a position and goes on live', async () => {
  await grow(10);
  const tail = await startTail();
  const stream = tail.subscribe({ after: 4 }, forever());
  expect(positions(await take(stream, 6))).toEqual(upTo(10, 5));
  await grow(3);
  tail.ring();
  expect(positions(await take(stream, 3))).toEqual([11, 12, 13]);
  expect(await tail.head()).toBe(13);
});

it('begins with what comes after the call, even when the first next() comes later', async () => {
  await grow(5);
  const tail = await startTail();
  const stream = tail.subscribe({}, forever());
  await grow(2);
  tail.ring();
  await tail.waitFor(7);
  expect(positions(await take(stream, 2))).toEqual([6, 7]);
});

it('replays more than memory holds from the log', async () => {
  await numberedLog(3_000);
  const tail = await startTail(16);
  expect(positions(await take(tail.subscribe({ after: 0 }, forever()), 3_000))).toEqual(upTo(3_000));
  await numberedLog(99);
  tail.ring();
  await tail.waitFor(3_099);
  const rare = tail.subscribe({ after: 0, types: ['enforcement.rare.v1'] }, forever());
  expect(positions(await take(rare, 30))).toEqual(upTo(30).map((n) => n * 100));
  void rare.next();
  await until(() => rare.position === 3_099); // it has seen that the rest is not for it, and rests
});

it('shows a subscriber only the types it asked for, and keeps its place between them', async () => {
  const tail = await startTail();
  const some = tail.subscribe({ types: ['enforcement.a.v1', 'enforcement.c.v1'] }, forever());
  const none = tail.subscribe({ types: ['enforcement.never.v1'] }, forever());
  const pending = [take(some, 3), none.next()] as const;
  await grow(6, ['a', 'b', 'c']);
  tail.ring();
  const taken = await pending[0];
  expect(taken.map((e) => e.type)).toEqual(['enforcement.c.v1', 'enforcement.a.v1', 'enforcement.c.v1']);
  expect(positions(taken)).toEqual([2, 3, 5]);
  expect(none.position).toBe(6); // its heartbeat goes on although nothing was for it
  await none.return();
});

it('does not wake an idle subscriber for what it does not want', async () => {
  const tail = await startTail(16);
  const idle = tail.subscribe({ types: ['enforcement.rare.v1'] }, forever());
  const next = idle.next();
  await numberedLog(90); // more than the window, nothing rare
  tail.ring();
  await tail.waitFor(90);
  expect(idle.position).toBe(90);
  const statements = recordStatements();
  await numberedLog(100);
  tail.ring();
  expect((await next).value).toMatchObject({ position: 190, type: 'enforcement.rare.v1' });
  expect(statements().filter((s) => s.includes('position <='))).toEqual([]); // nor does it look again at what was not for it
  await idle.return();
});

it('gives a slow subscriber everything, from the log once it has fallen behind memory', async () => {
  const tail = await startTail(8);
  const slow = tail.subscribe({}, forever());
  const first = slow.next();
  await grow(2);
  tail.ring();
  expect((await first).value).toMatchObject({ position: 1 });
  expect(slow.position).toBe(1);
  await numberedLog(200);
  tail.ring();
  await tail.waitFor(202);
  expect(slow.position).toBe(1);
  expect(positions(await take(slow, 201))).toEqual(upTo(202, 2));
});

it.each(upTo(4))('shows every position exactly once and in order whoever joins when, while writers go on (seed %i)', async (seed) => {
  const random = seededRandom(seed * 15_485_863);
  await numberedLog(150);
  const tail = await startTail(20);
  const total = 150 + 6 * 25;
  const other = await startTail(20); // another process, whose reader hears the bell at other times
  let writing = true;
  const bells = [tail, other].map(async (t) => {
    while (writing) {
      t.ring();
      await sleep(random() * 8);
    }
  });
  const sequencer = (async () => {
    while (writing) {
      await runSequencer(dataSource);
      await sleep(random() * 4);
    }
  })();
  const writers = Promise.all(upTo(6).map(async () => {
    for (let i = 0; i < 25; i += 1) {
      await say(dataSource, [draft('case:x')]);
      await sleep(random() * 4);
    }
  }));
  const reader = async (): Promise<void> => {
    let after = Math.floor(random() * 150);
    const seen: number[] = [];
    const begin = after + 1;
    const pace = random() * 4;
    while (seen.length < total - begin + 1) {
      // Goes away now and then and comes back with its cursor, to either process.
      const stay = 1 + Math.floor(random() * 80);
      const stream = (random() < 0.5 ? tail : other).subscribe({ after }, forever());
      for (const event of await takePaced(stream, Math.min(stay, total - after), pace)) seen.push(event.position);
      after = seen.at(-1) ?? after;
      await stream.return();
    }
    expect(seen).toEqual(upTo(total, begin));
  };
  const readers = Promise.all(upTo(12).map(reader));
  await writers;
  await readers;
  writing = false;
  await Promise.all([...bells, sequencer]);
  expect(tail.subscriberCount).toBe(0);
});

async function takePaced(stream: EventStream, count: number, pace: number): Promise<EventEnvelope[]> {
  const taken: EventEnvelope[] = [];
  while (taken.length < count) {
    taken.push(...(await take(stream, 1)));
    if (taken.length % 10 === 0) await sleep(pace);
  }
  return taken;
}

it('waits with a cursor that another process gave out before this one has read so far', async () => {
  await grow(2);
  const tail = await startTail();
  await grow(3); // this tail has not been told
  const stream = tail.subscribe({ after: 4 }, forever());
  const next = stream.next();
  await sleep(20);
  expect(stream.position).toBeLessThanOrEqual(4);
  tail.ring();
  expect((await next).value).toMatchObject({ position: 5 });
});

it('refuses cursors that are not places in the log', async () => {
  await grow(3);
  const tail = await startTail();
  for (const after of [4, -1, 1.5, Number.NaN]) {
    await expect(tail.subscribe({ after }, forever()).next()).rejects.toMatchObject({ code: 'CURSOR_INVALID', field: 'after' });
  }
  expect(tail.subscriberCount).toBe(0);
});

it('refuses cursors whose events are no longer kept, with and without a filter', async () => {
  await grow(10);
  await dataSource.query('delete from outbox_event where position <= 6');
  const tail = await startTail();
  await expect(tail.subscribe({ after: 3 }, forever()).next()).rejects.toMatchObject({ code: 'CURSOR_EXPIRED' });
  await expect(tail.subscribe({ after: 3, types: ['enforcement.a.v1'] }, forever()).next()).rejects.toMatchObject({ code: 'CURSOR_EXPIRED' });
  expect(positions(await take(tail.subscribe({ after: 6 }, forever()), 4))).toEqual([7, 8, 9, 10]);
});

it('ends a stream by its signal, by return() while next() waits, and by stop(), without an error', async () => {
  const tail = await startTail();
  const abort = new AbortController();
  const aborted = tail.subscribe({}, abort.signal);
  const returned = tail.subscribe({}, forever());
  const stopped = tail.subscribe({ types: ['x.v1'] }, forever());
  const pending = [aborted.next(), returned.next(), stopped.next()];
  expect(tail.subscriberCount).toBe(3);
  abort.abort();
  expect(await pending[0]).toEqual({ value: undefined, done: true });
  await returned.return();
  expect(await pending[1]).toEqual({ value: undefined, done: true });
  const waiting = tail.waitFor(1);
  await Promise.all([tail.stop(), expect(waiting).rejects.toThrow('Stopped waiting for position 1')]);
  expect(await pending[2]).toEqual({ value: undefined, done: true });
  expect(tail.subscriberCount).toBe(0);
  expect(await tail.subscribe({}, forever()).next()).toEqual({ value: undefined, done: true });
  expect(await tail.subscribe({}, abort.signal).next()).toEqual({ value: undefined, done: true });
});

it('forgets a stream that was never read once its signal aborts', async () => {
  const tail = await startTail();
  const abort = new AbortController();
  tail.subscribe({}, abort.signal);
  expect(tail.subscriberCount).toBe(1);
  abort.abort();
  expect(tail.subscriberCount).toBe(0);
});

it('stops waiting for a position when told', async () => {
  await grow(1);
  const tail = await startTail();
  await tail.waitFor(1);
  const abort = new AbortController();
  const waiting = tail.waitFor(2, abort.signal);
  abort.abort();
  await expect(waiting).rejects.toThrow('position 2');
  await expect(tail.waitFor(2, abort.signal)).rejects.toThrow('position 2');
});

it('goes on after its database connections were cut, in replay and live', async () => {
  await numberedLog(2_000);
  const tail = await startTail(16);
  const stream = tail.subscribe({ after: 0 }, forever());
  const taken = await take(stream, 400);
  await cutConnections(dataSource, 'test');
  taken.push(...(await take(stream, 1_600)));
  const next = stream.next();
  await until(() => numberedLog(1).then(() => true, () => false));
  tail.ring();
  taken.push((await next).value as EventEnvelope);
  expect(positions(taken)).toEqual(upTo(2_001));
});

it('asks the database once per ring however many are subscribed', async () => {
  await grow(5);
  const tail = await startTail();
  const abort = new AbortController();
  const streams = upTo(10_000).map((n) => {
    const wanted = n % 2 === 0 ? {} : { types: ['enforcement.a.v1'] };
    return tail.subscribe(wanted, AbortSignal.any([abort.signal]));
  });
  const pending = streams.map((s) => s.next());
  await tail.waitFor(5);
  await sleep(50); // the reader looks once at its start
  const statements = recordStatements();
  for (const ring of upTo(5)) {
    tail.ring();
    await until(() => statements().length >= ring);
    await sleep(5);
  }
  expect(statements()).toHaveLength(5);
  await say(dataSource, [draft('case:x', {}, 'enforcement.a.v1')]);
  await runSequencer(dataSource);
  tail.ring();
  expect(new Set((await Promise.all(pending)).map((r) => (r.value as EventEnvelope).position))).toEqual(new Set([6]));
  abort.abort();
  expect(tail.subscriberCount).toBe(0);
});
