import { FixedClock } from '@casebridge/kernel';
import fc from 'fast-check';
import { type Charge, Budgets } from './budget';
import { type Account, accountsOf, budgetPolicies, networkOf, operationCostLimits } from './budget-policy';
import { type Ledger, LocalLedger } from './ledger';
import { BudgetExhausted } from './limits.errors';
import { publicReader } from '@casebridge/kernel';

const agency: Account = { name: 'agency:A', policy: { perSecond: 1_000, burst: 5_000, shared: true } };
const other: Account = { name: 'agency:B', policy: agency.policy };
const network: Account = { name: 'public:n', policy: { perSecond: 100, burst: 500, shared: false } };

/** Counts what is asked of it, and can be made to fail. */
class WatchedLedger implements Ledger {
  takes = 0;
  granted = 0;
  failing = false;
  silent = false;
  constructor(readonly inner: LocalLedger) {}
  async take(account: Account, wanted: number): Promise<number> {
    this.takes++;
    if (this.failing) throw new Error('the ledger is away');
    if (this.silent) return new Promise(() => undefined);
    const granted = await this.inner.take(account, wanted);
    this.granted += granted;
    return granted;
  }
  giveBack(account: Account, points: number): Promise<void> {
    this.granted -= points;
    return this.inner.giveBack(account, points);
  }
}

function world() {
  const clock = new FixedClock('2026-11-22T00:00:00Z');
  const ledger = new WatchedLedger(new LocalLedger(clock));
  const failures: unknown[] = [];
  const budgets = (): Budgets => new Budgets({ ledger, clock, onLedgerFailure: (cause) => failures.push(cause), patienceMs: 20 });
  return { clock, ledger, failures, budgets };
}

/** As many charges as are granted, until one is refused. */
async function spendAll(budgets: Budgets, account: Account, cost: number): Promise<number> {
  for (let spent = 0; ; spent += cost) {
    try {
      await budgets.charge([account], cost);
    } catch (cause) {
      if (cause instanceof BudgetExhausted) return spent;
      throw cause;
    }
  }
}

describe('a budget', () => {
  it('gives its burst at once, and then what flows in', async () => {
    const { budgets, clock } = world();
    const gateway = budgets();
    expect(await spendAll(gateway, agency, 100)).toBe(5_000);
    clock.advance(1_000);
    expect(await spendAll(gateway, agency, 100)).toBe(1_000);
    clock.advance(60_000);
    expect(await spendAll(gateway, agency, 100)).toBe(5_000);
  });

  it('is each agency’s own', async () => {
    const { budgets } = world();
    const gateway = budgets();
    await spendAll(gateway, agency, 100);
    expect(await spendAll(gateway, other, 100)).toBe(5_000);
  });

  it('says when to try again', async () => {
    const { budgets, clock } = world();
    const gateway = budgets();
    await spendAll(gateway, agency, 100);
    await expect(gateway.charge([agency], 2_500)).rejects.toMatchObject({ code: 'BUDGET_EXHAUSTED', retryAfterSeconds: 3 });
    await expect(gateway.charge([agency], 1)).rejects.toMatchObject({ retryAfterSeconds: 1 });
    clock.advance(3_000);
    await expect(gateway.charge([agency], 2_500)).resolves.toBeDefined();
  });

  it('asks the ledger seldom, and nobody waits while there is something in hand', async () => {
    const { budgets, clock, ledger } = world();
    const gateway = budgets();
    const rich: Account = { name: 'agency:R', policy: { perSecond: 100_000, burst: 1_000_000, shared: true } };
    await gateway.charge([rich], 10);
    let waited = 0;
    for (let i = 0; i < 5_000; i++) {
      const charge = gateway.charge([rich], 10);
      if (charge instanceof Promise) waited++;
      await charge;
      clock.advance(1);
    }
    expect(ledger.takes).toBeLessThan(20);
    expect(waited).toBeLessThan(3);
  });

  it('asks the ledger ten times a second at most when it is empty', async () => {
    const { budgets, clock, ledger } = world();
    const gateway = budgets();
    await spendAll(gateway, agency, 100);
    ledger.takes = 0;
    for (let i = 0; i < 1_000; i++) {
      await Promise.resolve(gateway.charge([agency], 4_000)).catch(() => undefined);
      clock.advance(1);
    }
    expect(ledger.takes).toBeLessThanOrEqual(10);
  });

  it('corrects an estimate by what it really cost, both ways, once', async () => {
    const { budgets } = world();
    const gateway = budgets();
    const cheap = await gateway.charge([agency], 5_000);
    await expect(gateway.charge([agency], 1)).rejects.toThrow(BudgetExhausted);
    cheap.settle(100);
    cheap.settle(0);
    const dear = await gateway.charge([agency], 4_900);
    dear.settle(5_900);
    await expect(gateway.charge([agency], 1)).rejects.toMatchObject({ retryAfterSeconds: 2 });
  });

  it('has a debt paid off before anything else is granted', async () => {
    const { budgets, clock } = world();
    const gateway = budgets();
    (await gateway.charge([agency], 5_000)).settle(7_000);
    clock.advance(1_500);
    await expect(gateway.charge([agency], 10)).rejects.toThrow(BudgetExhausted);
    clock.advance(600);
    expect(await spendAll(gateway, agency, 10)).toBe(100);
  });

  it('keeps a debt when the process forgets the account', async () => {
    const { budgets, clock, ledger } = world();
    const gateway = budgets();
    (await gateway.charge([agency], 5_000)).settle(7_000);
    await gateway.close();
    expect(ledger.inner.levelOf(agency)).toBe(-2_000);
    clock.advance(1_000);
    await expect(gateway.charge([agency], 10)).rejects.toThrow(BudgetExhausted);
  });

  it('lets one that costs more than there can be run when the account is full', async () => {
    const { budgets } = world();
    const gateway = budgets();
    await gateway.charge([agency], 50_000);
    await expect(gateway.charge([agency], 10)).rejects.toThrow(BudgetExhausted);
  });

  it('goes back when it is not used, so that other processes have it', async () => {
    const { budgets, clock, ledger } = world();
    const one = budgets();
    await one.charge([agency], 1);
    expect(ledger.granted).toBeGreaterThan(1);
    await one.giveBackIdle();
    expect(ledger.granted).toBeGreaterThan(1);
    clock.advance(2_000);
    await one.giveBackIdle();
    expect(ledger.granted).toBe(1);
    await one.charge([agency], 1);
    await one.close();
    expect(ledger.granted).toBe(2);
  });

  it('is one for several processes: together they never get more', async () => {
    await fc.assert(fc.asyncProperty(
      fc.array(fc.record({ process: fc.nat(2), cost: fc.integer({ min: 1, max: 900 }), wait: fc.integer({ min: 0, max: 300 }), refund: fc.boolean() }), { maxLength: 120 }),
      async (steps) => {
        const { budgets, clock } = world();
        const gateways = [budgets(), budgets(), budgets()];
        let spent = 0;
        let elapsed = 0;
        for (const { cost, process, refund, wait } of steps) {
          const charge: Charge | null = await Promise.resolve((gateways[process] as Budgets).charge([agency], cost)).catch(() => null);
          if (charge) spent += refund ? Math.floor(cost / 2) : cost;
          if (refund) charge?.settle(Math.floor(cost / 2));
          clock.advance(wait);
          elapsed += wait;
          expect(spent).toBeLessThanOrEqual(5_000 + elapsed);
        }
      },
    ), { numRuns: 100 });
  });

  it('lasts for many who ask at once', async () => {
    const { budgets, ledger } = world();
    const gateway = budgets();
    const answers = await Promise.allSettled(Array.from({ length: 200 }, async () => gateway.charge([agency], 100)));
    expect(answers.filter((a) => a.status === 'fulfilled').length).toBe(50);
    expect(ledger.takes).toBeLessThan(60);
  });
});

describe('several accounts', () => {
  it('are charged all or none', async () => {
    const { budgets, ledger } = world();
    const gateway = budgets();
    expect(await spendAll(gateway, network, 100)).toBe(500);
    const before = ledger.granted;
    expect(() => gateway.charge([network, agency], 100)).toThrow(BudgetExhausted);
    expect(ledger.granted).toBe(before);
    const poor: Account = { name: 'public', policy: { perSecond: 1, burst: 50, shared: true } };
    const second: Account = { ...network, name: 'public:m' };
    await expect(gateway.charge([second, poor], 60)).resolves.toBeDefined();
    await expect(gateway.charge([second, poor], 60)).rejects.toThrow(BudgetExhausted);
    expect(await spendAll(gateway, second, 10)).toBe(440);
  });
});

describe('without the ledger', () => {
  it('goes on with an account of its own, and comes back', async () => {
    const { budgets, clock, failures, ledger } = world();
    const gateway = budgets();
    ledger.failing = true;
    expect(await spendAll(gateway, agency, 100)).toBe(5_000);
    expect(failures).toHaveLength(1);
    ledger.failing = false;
    clock.advance(2_000);
    expect(await spendAll(gateway, agency, 100)).toBe(5_000);
    expect(ledger.granted).toBe(5_000);
  });

  it('waits for it no longer than its patience', async () => {
    const { budgets, failures, ledger } = world();
    ledger.silent = true;
    await budgets().charge([agency], 100);
    expect(failures).toHaveLength(1);
  });
});

describe('accounts', () => {
  it('of the public are its network and all of it', () => {
    expect(accountsOf(publicReader, '203.0.113.77').map((a) => a.name)).toEqual(['public:203.0.113.0/24', 'public']);
    expect(accountsOf(publicReader, '10.0.0.77').map((a) => a.name)).toEqual(['public:10.0.0.0/24', 'public']);
    for (const here of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) expect(accountsOf(publicReader, here).map((a) => a.name)).toEqual(['public']);
  });

  it.each([
    ['203.0.113.77', '203.0.113.0/24'],
    ['::ffff:203.0.113.77', '203.0.113.0/24'],
    ['2001:db8:1:2::7', '2001:db8:1::/48'],
    ['2001:0DB8:0001:ffff:0:0:0:1%eth0', '2001:db8:1::/48'],
    ['::1', '0:0:0::/48'],
    ['2001:db8::', '2001:db8:0::/48'],
    ['/run/socket', 'unknown'],
    ['', 'unknown'],
  ])('of %s are those of %s', (address, expected) => {
    expect(networkOf(address)).toBe(expected);
  });

  it('can pay for the dearest operation', () => {
    expect(budgetPolicies.agency.burst).toBeGreaterThanOrEqual(operationCostLimits.hub);
    expect(Math.min(budgetPolicies.public.burst, budgetPolicies.publicNetwork.burst)).toBeGreaterThanOrEqual(operationCostLimits.public);
  });

  it('kept by one process are bounded, and the latest stay', () => {
    const clock = new FixedClock('2026-11-22T00:00:00Z');
    const ledger = new LocalLedger(clock, 100);
    for (let i = 0; i < 1_000; i++) ledger.takeNow({ ...network, name: `n${i}` }, 500);
    expect(ledger.size).toBe(100);
    expect(ledger.takeNow({ ...network, name: 'n999' }, 1)).toBe(0);
    expect(ledger.takeNow({ ...network, name: 'n1' }, 1)).toBe(1);
    clock.set('2020-01-01T00:00:00Z');
    expect(ledger.takeNow({ ...network, name: 'n999' }, 1)).toBe(0);
  });
});
