import { systemClock } from '@casebridge/kernel';
import { busMigrations, openDatabase, query, sql } from '@casebridge/platform';
import { cloneDatabase, type TestDatabase } from '@casebridge/testkit';
import { Budgets } from './budget';
import type { Account } from './budget-policy';
import { BudgetExhausted } from './limits.errors';
import { PostgresLedger } from './postgres-ledger';

type Pool = Awaited<ReturnType<typeof openDatabase>>;

let database: TestDatabase;
const pools: Pool[] = [];

/** As another process, with connections of its own. */
async function leaseholder(): Promise<{ ledger: PostgresLedger; budgets: Budgets; pool: Pool }> {
  const pool = await openDatabase({ url: database.url, applicationName: 'gateway-test', poolSize: 4, statementTimeoutMs: 2_000 });
  pools.push(pool);
  const ledger = new PostgresLedger(pool.manager);
  return { pool, ledger, budgets: new Budgets({ ledger, clock: systemClock, patienceMs: 5_000, onLedgerFailure: (cause) => { throw cause; } }) };
}

beforeAll(async () => {
  database = await cloneDatabase({ name: 'bus', migrations: busMigrations, appendOnly: ['bus_event'] });
});

afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.destroy()));
  await database.drop();
});

const still = (name: string, burst: number): Account => ({ name, policy: { perSecond: 0.000_001, burst, shared: true } });

describe('accounts in the database', () => {
  it('grant what there is and no more, to many at once', async () => {
    const [one, two] = await Promise.all([leaseholder(), leaseholder()]);
    const account = still('agency:many', 1_000);
    const grants = await Promise.all(Array.from({ length: 60 }, (_, i) => (i % 2 ? one : two).ledger.take(account, 37)));
    expect(grants.reduce((a, b) => a + b, 0)).toBe(1_000);
    expect(await one.ledger.take(account, 5)).toBe(0);
    await two.ledger.giveBack(account, 12);
    expect(await one.ledger.take(account, 50)).toBe(12);
    await two.ledger.giveBack(account, 5_000);
    expect(await one.ledger.take(account, 5_000)).toBe(1_000);
  });

  it('fill with time, a debt first', async () => {
    const { ledger } = await leaseholder();
    const account: Account = { name: 'agency:time', policy: { perSecond: 1_000, burst: 2_000, shared: true } };
    expect(await ledger.take(account, 3_000)).toBe(2_000);
    await ledger.giveBack(account, -100);
    const began = performance.now();
    await new Promise((resolve) => setTimeout(resolve, 300));
    const granted = await ledger.take(account, 2_000);
    const elapsed = performance.now() - began;
    expect(granted).toBeGreaterThan(150);
    expect(granted).toBeLessThanOrEqual(elapsed + 50 - 100);
  });

  it('are one budget for two processes: together never more than it', async () => {
    const holders = await Promise.all([leaseholder(), leaseholder()]);
    const account: Account = { name: 'agency:two', policy: { perSecond: 2_000, burst: 3_000, shared: true } };
    let spent = 0;
    let refused = 0;
    let waited = 0;
    let charges = 0;
    const began = performance.now();
    const client = async (budgets: Budgets, cost: number): Promise<void> => {
      while (performance.now() - began < 1_500) {
        try {
          const charge = budgets.charge([account], cost);
          if (charge instanceof Promise) waited++;
          charges++;
          (await charge).settle(cost - 1);
          spent += cost - 1;
        } catch (cause) {
          if (!(cause instanceof BudgetExhausted)) throw cause;
          refused++;
        }
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
    };
    await Promise.all(holders.flatMap(({ budgets }) => [client(budgets, 20), client(budgets, 35), client(budgets, 11)]));
    const elapsed = (performance.now() - began) / 1000;
    expect(spent).toBeLessThanOrEqual(3_000 + 2_000 * (elapsed + 0.1));
    expect(spent).toBeGreaterThan(3_000 + 2_000 * elapsed * 0.5); // and it is not wasted either
    expect(refused).toBeGreaterThan(0);
    expect(waited).toBeLessThan(charges);
    await Promise.all(holders.map(({ budgets }) => budgets.close()));
  });

  it('are given back when a process ends', async () => {
    const { budgets, ledger } = await leaseholder();
    const account: Account = { name: 'agency:end', policy: { perSecond: 1, burst: 1_000, shared: true } };
    await budgets.charge([account], 10);
    await budgets.close();
    expect(await ledger.take(account, 2_000)).toBeGreaterThanOrEqual(990);
  });

  it('are forgotten when nobody has used them for long', async () => {
    const { ledger, pool } = await leaseholder();
    await ledger.take(still('agency:old', 10), 1);
    await query(pool.manager, sql`update cost_budget set filled_at = now() - interval '2 hours' where account = 'agency:old'`);
    await ledger.take(still('agency:new', 10), 1);
    await ledger.forgetIdle(3_600);
    const left = await query<{ account: string }>(pool.manager, sql`select account from cost_budget where account in ('agency:old', 'agency:new')`);
    expect(left).toEqual([{ account: 'agency:new' }]);
  });

  it('cannot be nonsense', async () => {
    const { pool } = await leaseholder();
    const put = (account: string, level: number, granted: number) =>
      query(pool.manager, sql`insert into cost_budget (account, level, filled_at, last_granted) values (${account}, ${level}::float8, now(), ${granted}::float8)`);
    await expect(put('', 1, 0)).rejects.toThrow('cost_budget_account_has_a_name');
    await expect(put('x', Number.NaN, 0)).rejects.toThrow('cost_budget_level_is_finite');
    await expect(put('x', 1, -1)).rejects.toThrow('cost_budget_grant_is_not_negative');
  });
});
