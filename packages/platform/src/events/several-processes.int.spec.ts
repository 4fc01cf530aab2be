import { defineEvent } from '@casebridge/contracts';
import { FixedClock, systemClock } from '@casebridge/kernel';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { openDatabase } from '../database';
import { type EventService, startEvents } from './event-service';
import { type EventReaction, on } from './handlers';
import { emit } from './outbox';
import { PostgresBus } from './postgres-bus';
import { collectingLogger, draft, seededRandom, startTestDatabases, type TestDatabase, type TestDatabases, until } from './test-databases';

const tested = defineEvent('enforcement.tested.v1', z.object({ version: z.number().int() }));
const subjects = Array.from({ length: 12 }, (_, i) => `case:${i}`);
const acts = 300;

/** What one process of a hub with several runs of two services: connections, bus and loops of its own. */
interface Process {
  readonly enforcement: EventService;
  readonly credit: EventService;
  readonly logger: ReturnType<typeof collectingLogger>;
  stop(): Promise<void>;
}

let databases: TestDatabases;
let enforcement: TestDatabase;
let credit: TestDatabase;
let bus: TestDatabase;
const running: Process[] = [];

beforeAll(async () => {
  databases = await startTestDatabases();
  [enforcement, credit, bus] = [await databases.service(), await databases.service(), await databases.bus()];
}, 60_000);
afterAll(() => databases?.stop());
beforeEach(async () => {
  await databases.clear();
  await enforcement.dataSource.query('create table subject_version (subject text primary key, version integer not null)');
  for (const subject of subjects) await enforcement.dataSource.query('insert into subject_version values ($1, 0)', [subject]);
  await credit.dataSource.query('create table heard (n integer generated always as identity, subject text not null, version integer not null)');
});
afterEach(async () => {
  for (const process of running.splice(0)) await process.stop();
});

async function start(handlers: readonly EventReaction[], clock: FixedClock | typeof systemClock = systemClock): Promise<Process> {
  const logger = collectingLogger();
  const pools: DataSource[] = [];
  const open = async ({ url }: TestDatabase): Promise<DataSource> => {
    const dataSource = await openDatabase({ url, applicationName: 'process', poolSize: 5 });
    pools.push(dataSource);
    return dataSource;
  };
  const own = new PostgresBus({ dataSource: await open(bus), databaseUrl: bus.url, logger });
  const common = { bus: own, logger, clock };
  const services = [
    await startEvents({ ...common, dataSource: await open(enforcement), databaseUrl: enforcement.url, source: 'enforcement', handlers: [], consumeFrom: [] }),
    await startEvents({ ...common, dataSource: await open(credit), databaseUrl: credit.url, source: 'credit', handlers, consumeFrom: ['enforcement'], retry: { attempts: 2, waitMs: 1 } }),
  ] as const;
  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    for (const service of services) await service.stop();
    await own.close();
    for (const pool of pools) await pool.destroy();
  };
  const process: Process = { enforcement: services[0], credit: services[1], logger, stop: () => (stopping ??= stop()) };
  running.push(process);
  return process;
}

/** Acts on random subjects, some slow, several at a time: the lock on the subject's row decides their order. */
async function act(count: number, seed: number): Promise<void> {
  const random = seededRandom(seed);
  const plan = Array.from({ length: count }, () => ({ subject: subjects[Math.floor(random() * subjects.length)]!, slowly: random() < 0.1 }));
  const hand = async (): Promise<void> => {
    for (let next = plan.pop(); next; next = plan.pop()) {
      const { slowly, subject } = next;
      await enforcement.dataSource.transaction(async (em) => {
        const [[row]] = await em.query<[[{ version: number }]]>('update subject_version set version = version + 1 where subject = $1 returning version', [subject]);
        await emit(em, 'enforcement', draft(subject, { version: row.version }), systemClock.now());
        if (slowly) await new Promise((resolve) => setTimeout(resolve, 10));
      });
    }
  };
  await Promise.all(Array.from({ length: 6 }, hand));
}

const hearing = on(tested, async (em, { data, subject }) => {
  await em.query('insert into heard (subject, version) values ($1, $2)', [subject, data.version]);
  await emit(em, 'credit', draft(subject, { version: data.version }, 'credit.heard.v1'), systemClock.now());
});

const handledAll = async (count: number): Promise<boolean> => (await credit.dataSource.query<{ n: number }[]>('select count(*)::int as n from heard'))[0]?.n === count;

/** Every version of every subject once, in order. */
function expectWhole(rows: readonly { subject: string; version: number }[], count: number): void {
  expect(rows).toHaveLength(count);
  const last = new Map<string, number>();
  for (const { subject, version } of rows) {
    expect([subject, version]).toEqual([subject, (last.get(subject) ?? 0) + 1]);
    last.set(subject, version);
  }
}

const expectDense = (rows: readonly { position: number }[], count: number): void => expect(rows.map(({ position }) => Number(position))).toEqual(Array.from({ length: count }, (_, i) => i + 1));

describe('two processes with the same loops on the same databases', () => {
  it('do all the work once, in order, while one of them ends and another comes', async () => {
    const [one, two] = [await start([hearing]), await start([hearing])];
    const seen = [one, two].map(({ enforcement: { tail } }) => {
      const positions: number[] = [];
      const stream = tail.subscribe({ after: 0 }, new AbortController().signal);
      void (async () => {
        for await (const event of stream) positions.push(event.position);
      })();
      return positions;
    });
    await act(acts, 1);
    await one.stop();
    await act(acts, 2);
    await start([hearing]);
    await act(acts, 3);
    await until(() => handledAll(3 * acts));

    const outbox = await enforcement.dataSource.query<{ position: number; subject: string; data: { version: number } }[]>('select position, subject, data from outbox_event order by position');
    expectDense(outbox, 3 * acts);
    expectWhole(outbox.map(({ data, subject }) => ({ subject, version: data.version })), 3 * acts);
    const onBus = await bus.dataSource.query<{ position: number }[]>("select position from bus_event where source = 'enforcement' order by position");
    expectDense(onBus, 3 * acts);
    expectWhole(await credit.dataSource.query('select subject, version from heard order by n'), 3 * acts);
    await until(async () => (await two.credit.stats()).unsequenced === 0);
    expectDense(await credit.dataSource.query('select position from outbox_event order by position'), 3 * acts);
    await until(() => seen[1]!.length === 3 * acts);
    expect(seen[1]).toEqual(Array.from({ length: 3 * acts }, (_, i) => i + 1));
    expect(seen[0]).toEqual(Array.from({ length: seen[0]!.length }, (_, i) => i + 1)); // as far as it came
    // Neither was in the other's way.
    expect(running.flatMap(({ logger }) => logger.lines.map(({ message }) => message))).toEqual([]);
  });

  it('park a subject once, whichever of them meets it, and release it once', async () => {
    let broken = true;
    const clock = new FixedClock('2026-11-22T08:00:00Z');
    const failing = on(tested, async (em, event) => {
      if (broken && event.subject === 'case:3') throw new Error('not yet');
      await hearing.handle(em, event);
    });
    const processes = [await start([failing], clock), await start([failing], clock)];
    await act(acts, 4);
    const [{ n: waiting }] = await enforcement.dataSource.query<[{ n: number }]>("select version as n from subject_version where subject = 'case:3'");
    await until(() => handledAll(acts - waiting));
    await until(async () => (await processes[0]!.credit.listParked())[0]?.waiting === waiting);
    for (const { credit: service } of processes) expect(await service.listParked()).toEqual([expect.objectContaining({ subject: 'case:3', position: expect.any(Number) as number, waiting })]);
    broken = false;
    clock.advance(60 * 60_000); // both find it due at their next turn
    await until(() => handledAll(acts));
    await until(async () => (await processes[1]!.credit.listParked()).length === 0);
    expectWhole(await credit.dataSource.query('select subject, version from heard order by subject, n'), acts);
  });
});
