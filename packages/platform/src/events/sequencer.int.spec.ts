import { setTimeout as sleep } from 'node:timers/promises';
import type { EventEnvelope } from '@casebridge/contracts';
import type { DataSource } from 'typeorm';
import { query, sql } from '../sql';
import { emit, emitAll } from './outbox';
import { logHead, readLog } from './outbox-log';
import { runSequencer } from './sequencer';
import { draft, say, seededRandom, startTestDatabases, type TestDatabases } from './test-databases';

let databases: TestDatabases;
let dataSource: DataSource;

beforeAll(async () => {
  databases = await startTestDatabases();
  ({ dataSource } = await databases.service());
}, 60_000);
afterAll(() => databases?.stop());
beforeEach(() => databases.clear());

const log = () => readLog(dataSource.manager, 'enforcement', { after: 0, limit: 100_000 });
const subjects = async () => (await log()).map((e) => e.subject);
const positions = async () => (await log()).map((e) => e.position);
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

it('gives dense positions from 1, in the order of writing', async () => {
  await say(dataSource, [draft('case:a'), draft('case:b'), draft('case:c')]);
  expect(await positions()).toEqual([]);
  expect(await runSequencer(dataSource)).toBe(3);
  expect(await subjects()).toEqual(['case:a', 'case:b', 'case:c']);
  expect(await positions()).toEqual([1, 2, 3]);
  expect(await logHead(dataSource.manager)).toBe(3);
  expect(await runSequencer(dataSource)).toBe(0);
});

it('gives the transaction that wrote first and committed last the later position', async () => {
  const slow = dataSource.createQueryRunner();
  await slow.startTransaction();
  await emit(slow.manager, 'enforcement', draft('case:slow'), new Date());
  await say(dataSource, [draft('case:quick')]);
  await runSequencer(dataSource);
  expect(await subjects()).toEqual(['case:quick']);

  await slow.commitTransaction();
  await slow.release();
  await runSequencer(dataSource);
  expect(await subjects()).toEqual(['case:quick', 'case:slow']);
  expect(await positions()).toEqual([1, 2]);
});

it('leaves no gap where a transaction was rolled back', async () => {
  await say(dataSource, [draft('case:a')]);
  await expect(
    dataSource.transaction(async (em) => {
      await emit(em, 'enforcement', draft('case:never'), new Date());
      throw new Error('refused');
    }),
  ).rejects.toThrow('refused');
  await say(dataSource, [draft('case:b')]);
  await runSequencer(dataSource);
  expect(await subjects()).toEqual(['case:a', 'case:b']);
  expect(await positions()).toEqual([1, 2]);
});

it('sequences more events than fit one batch, in the order given', async () => {
  const drafts = upTo(2_500).map((n) => draft(`case:${n}`));
  await dataSource.transaction((em) => emitAll(em, 'enforcement', drafts, new Date()));
  expect(await runSequencer(dataSource)).toBe(2_500);
  expect(await subjects()).toEqual(drafts.map((d) => d.subject));
  expect(await positions()).toEqual(upTo(2_500));
});

/** Reads the log as a reader does, for as long as it is told, and keeps exactly what it was shown. */
async function observe(isOver: () => boolean): Promise<EventEnvelope[]> {
  const seen: EventEnvelope[] = [];
  for (let last = false; ; ) {
    const fresh = await readLog(dataSource.manager, 'enforcement', { after: seen.length === 0 ? 0 : seen.at(-1)!.position, limit: 50 });
    seen.push(...fresh);
    if (fresh.length === 0 && last) return seen;
    last = isOver();
  }
}

/** One writer: locks a subject, counts it up, says so, lingers, and commits or not. */
async function act(random: () => number, committed: Map<string, number>): Promise<void> {
  const subject = `case:${Math.floor(random() * 6)}`;
  const first = random() < 0.5; // an event of another subject before the lock: an early seq that commits late
  const lingering = [random(), random(), random()].map((r) => (r < 0.4 ? 0 : r * 6));
  const rollback = random() < 0.2;
  const twice = random() < 0.3;
  await dataSource
    .transaction(async (em) => {
      if (first) await emit(em, 'enforcement', draft('case:loose'), new Date());
      await sleep(lingering[0]);
      const says = async () => {
        const rows = await query<{ version: number }>(em, sql`
          insert into subject_version as s values (${subject}, 1) on conflict (subject) do update set version = s.version + 1
          returning version`);
        await sleep(lingering[1]);
        await emit(em, 'enforcement', draft(subject, { version: rows[0]!.version }), new Date());
        return rows[0]!.version;
      };
      let version = await says();
      if (twice) version = await says();
      await sleep(lingering[2]);
      if (rollback) throw new Error('rolled back');
      committed.set(subject, Math.max(committed.get(subject) ?? 0, version));
    })
    .catch((error: Error) => {
      if (error.message !== 'rolled back') throw error;
    });
}

it.each(upTo(8))('keeps the log dense, append-only and in order per subject under concurrent slow transactions (seed %i)', async (seed) => {
  await dataSource.query('create table subject_version (subject text primary key, version integer not null)');
  const random = seededRandom(seed * 7_919);
  const committed = new Map<string, number>();
  let writing = true;
  let sequencing = true;

  const sequencers = upTo(3).map(async () => {
    while (sequencing) {
      const goesOn = writing;
      await runSequencer(dataSource);
      await sleep(random() * 3);
      if (!goesOn) return;
    }
  });
  const observer = observe(() => !sequencing);
  const writers = upTo(8).map(async () => {
    for (let i = 0; i < 8; i += 1) await act(random, committed);
  });
  try {
    await Promise.all(writers);
    writing = false;
    await Promise.all(sequencers);
  } finally {
    writing = sequencing = false;
  }
  const seen = await observer;

  // What a reader was shown while it happened is what the log says in the end: nothing came in behind its back.
  expect(seen.map((e) => e.position)).toEqual(upTo(seen.length));
  expect(seen.map((e) => e.id)).toEqual((await log()).map((e) => e.id));
  expect(await logHead(dataSource.manager)).toBe(seen.length);
  for (const [subject, versions] of committed) {
    const told = seen.filter((e) => e.subject === subject).map((e) => (e.data as { version: number }).version);
    expect(told).toEqual(upTo(versions));
  }
  expect(committed.size).toBeGreaterThan(0);
});
