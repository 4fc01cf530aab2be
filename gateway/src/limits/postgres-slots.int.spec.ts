import { busMigrations, openDatabase, query, sql } from '@casebridge/platform';
import { cloneDatabase, type TestDatabase } from '@casebridge/testkit';
import { ConcurrencyGate, type ConcurrencyLimits } from './concurrency';
import { PostgresSlots } from './postgres-slots';
import { SlotLeases } from './slots';

type Pool = Awaited<ReturnType<typeof openDatabase>>;

let database: TestDatabase;
const pools: Pool[] = [];
const opened: SlotLeases[] = [];
const terms = { limit: 8, seconds: 10 };
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** As another process, with connections of its own. */
async function slots(): Promise<PostgresSlots> {
  const pool = await openDatabase({ url: database.url, applicationName: 'gateway-test', poolSize: 3 });
  pools.push(pool);
  return new PostgresSlots(pool.manager);
}

async function processOf(holder: string, limits: ConcurrencyLimits): Promise<ConcurrencyGate> {
  const leases: SlotLeases = new SlotLeases({
    ledger: await slots(), holder, limit: limits.perReader, patienceMs: 5_000, onGrant: () => gate.admitWaiting(), onLedgerFailure: (cause) => { throw cause; },
  });
  opened.push(leases);
  const gate: ConcurrencyGate = new ConcurrencyGate(limits, leases);
  return gate;
}

beforeAll(async () => {
  database = await cloneDatabase({ name: 'bus', migrations: busMigrations, appendOnly: ['bus_event'] });
});

afterAll(async () => {
  await Promise.all(opened.map((leases) => leases.close()));
  await Promise.all(pools.map((pool) => pool.destroy()));
  await database.drop();
});

describe('places in the database', () => {
  it('are given to processes until there are no more, some ahead while there are plenty', async () => {
    const ledger = await slots();
    const ask = async (holder: string, need: number, spare: number): Promise<number | undefined> => (await ledger.hold(holder, [{ reader: 'plenty', need, spare }], terms)).get('plenty');
    expect(await ask('p', 1, 3)).toBe(2); // a quarter of the seven that are left
    expect(await ask('q', 4, 3)).toBe(4);
    expect(await ask('r', 5, 0)).toBe(2);
    expect(await ask('s', 1, 3)).toBe(0);
    expect(await ask('p', 8, 0)).toBe(2); // what it has itself is not in its way
    expect(await ask('q', 0, 0)).toBe(0);
    expect(await ask('p', 8, 0)).toBe(6);
    expect(await ask('p', 0, 3)).toBe(1);
  });

  it('are never given twice, to many who ask at once for many readers', async () => {
    const ledgers = await Promise.all([slots(), slots(), slots()]);
    const readers = ['a', 'b', 'c', 'd'];
    for (let round = 0; round < 10; round += 1) {
      const answers = await Promise.all(ledgers.flatMap((ledger, i) => [0, 1].map((j) => {
        const wants = readers.map((name) => ({ reader: `${name}${round}`, need: 1 + ((i + j + round) % 4), spare: 2 }));
        return ledger.hold(`p${i}${j}`, (i + j) % 2 ? wants : wants.reverse(), terms);
      })));
      for (const name of readers) {
        const total = answers.reduce((sum, answer) => sum + (answer.get(`${name}${round}`) ?? 0), 0);
        expect(total).toBeLessThanOrEqual(8);
        expect(total).toBeGreaterThan(5);
      }
    }
  });

  it('come back from a process that is gone without a word', async () => {
    const ledger = await slots();
    await ledger.hold('gone', [{ reader: 'crash', need: 8, spare: 0 }], { limit: 8, seconds: 1 });
    const ask = async (): Promise<number | undefined> => (await ledger.hold('next', [{ reader: 'crash', need: 3, spare: 0 }], terms)).get('crash');
    expect(await ask()).toBe(0);
    await sleep(1_100);
    expect(await ask()).toBe(3);
  });

  it('are one limit for the gates of two processes', async () => {
    const limits: ConcurrencyLimits = { perReader: 5, total: 500, waitingPerReader: 500, waitingTotal: 500, waitMs: 20_000 };
    const gates = [await processOf('p', limits), await processOf('q', limits)];
    let running = 0;
    let most = 0;
    const share = [0, 0];
    await Promise.all(gates.flatMap((gate, i) => Array.from({ length: 100 }, async () => {
      const pass = await gate.enter('A 1', 'A');
      most = Math.max(most, (running += 1));
      share[i]! += 1;
      await sleep(5);
      running -= 1;
      pass.leave();
    })));
    expect(most).toBeLessThanOrEqual(5);
    expect(most).toBeGreaterThan(2);
    expect(share).toEqual([100, 100]);
  });

  it('are forgotten when nobody has asked for long', async () => {
    const ledger = await slots();
    await ledger.hold('p', [{ reader: 'old', need: 1, spare: 0 }, { reader: 'new', need: 1, spare: 0 }], terms);
    const [pool] = pools;
    await query(pool!.manager, sql`update concurrency_slot set touched_at = now() - interval '2 hours' where reader = 'old'`);
    await ledger.forgetIdle();
    expect(await query(pool!.manager, sql`select reader from concurrency_slot where reader in ('old', 'new')`)).toEqual([{ reader: 'new' }]);
  });

  it('cannot be nonsense', async () => {
    const pool = pools[0]!;
    const put = (reader: string, need: number, holders: string): Promise<unknown> =>
      query(pool.manager, sql`insert into concurrency_slot (reader, need, spare, holders, touched_at) values (${reader}, ${need}, 0, ${holders}::jsonb, now())`);
    await expect(put('', 1, '{}')).rejects.toThrow('concurrency_slot_reader_has_a_name');
    await expect(put('x', -1, '{}')).rejects.toThrow('concurrency_slot_want_is_not_negative');
    await expect(put('x', 1, '[]')).rejects.toThrow('concurrency_slot_holders_is_an_object');
  });
});
