import { type AgencyReader, FixedClock, publicReader } from '@casebridge/kernel';
import { Budgets } from './budget';
import { ConcurrencyGate } from './concurrency';
import type { OperationCost } from './cost';
import { LocalLedger } from './ledger';
import { BudgetExhausted, ConcurrencyLimit, CostLimitExceeded } from './limits.errors';
import { type Asker, OperationGate } from './operation-gate';

/** Ten points for each element that is asked for, and that came. */
const cost: OperationCost = {
  estimate: ({ first }) => 10 * (first as number),
  actual: (data) => 10 * (Array.isArray(data) ? data.length : 0),
};
const policies = {
  agency: { perSecond: 100, burst: 1_000, shared: true }, public: { perSecond: 10, burst: 500, shared: true }, publicNetwork: { perSecond: 10, burst: 200, shared: false },
};
const officer = (code: string, officerId: string): Asker => ({
  principal: {
    kind: 'agency', agency: { code, name: '', nameEn: '', functions: ['DRUG'], regions: [], superior: null }, officerId, roles: ['officer'], scopes: [], purpose: null,
    tokenId: 't', issuedAt: new Date(0), expiresAt: new Date(1),
  } satisfies AgencyReader,
  address: '203.0.113.1',
});

function gate(perReader = 2) {
  const clock = new FixedClock('2026-11-22T00:00:00Z');
  const budgets = new Budgets({ ledger: new LocalLedger(clock), clock, onLedgerFailure: (cause) => { throw cause; } });
  const concurrency = new ConcurrencyGate({ perReader, total: 10, waitingPerReader: 0, waitingTotal: 10, waitMs: 100 });
  return { concurrency, gate: new OperationGate({ budgets, concurrency, costLimit: 600, policies }) };
}

describe('the gate of operations', () => {
  it('refuses one that costs too much, whatever the budget', async () => {
    await expect(gate().gate.enter(cost, { first: 61 }, officer('A', '1'))).rejects.toMatchObject({ code: 'COST_LIMIT_EXCEEDED', found: 610, limit: 600 });
    await expect(gate().gate.begin(cost, { first: 61 }, officer('A', '1'))).rejects.toBeInstanceOf(CostLimitExceeded);
  });

  it('charges the estimate, and afterwards what it was', async () => {
    const { concurrency, gate: doors } = gate();
    const entry = await doors.enter(cost, { first: 60 }, officer('A', '1'));
    expect(entry.estimate).toBe(600);
    await expect(doors.enter(cost, { first: 60 }, officer('A', '2'))).rejects.toBeInstanceOf(BudgetExhausted);
    expect(entry.done([1, 2, 3])).toBe(30);
    expect(concurrency.load.running).toBe(0);
    await expect(doors.enter(cost, { first: 60 }, officer('A', '2'))).resolves.toBeDefined();
  });

  it('takes nothing for one that finds no place', async () => {
    const { gate: doors } = gate(1);
    const running = await doors.enter(cost, { first: 40 }, officer('A', '1'));
    for (let i = 0; i < 5; i++) await expect(doors.enter(cost, { first: 40 }, officer('A', '1'))).rejects.toBeInstanceOf(ConcurrencyLimit);
    running.done(null);
    await expect(doors.enter(cost, { first: 60 }, officer('A', '1'))).resolves.toBeDefined();
  });

  it('does not take all who stand behind the machine itself for one', async () => {
    const { concurrency, gate: doors } = gate(1);
    const here: Asker = { principal: publicReader, address: '127.0.0.1' };
    const entries = await Promise.all(Array.from({ length: 10 }, () => doors.enter(cost, { first: 1 }, here)));
    expect(concurrency.load.running).toBe(10);
    for (const entry of entries) entry.done(null);
  });

  it('counts readers of one network of the public as one, and officers apart', async () => {
    const { gate: doors } = gate(1);
    const anybody = (address: string): Asker => ({ principal: publicReader, address });
    await doors.enter(cost, { first: 1 }, anybody('203.0.113.1'));
    await expect(doors.enter(cost, { first: 1 }, anybody('203.0.113.2'))).rejects.toBeInstanceOf(ConcurrencyLimit);
    await doors.enter(cost, { first: 1 }, anybody('198.51.100.2'));
    await doors.enter(cost, { first: 1 }, officer('A', '1'));
    await doors.enter(cost, { first: 1 }, officer('A', '2'));
  });

  it('sends events of a stream beyond the budget, and takes what they cost from what is asked next', async () => {
    const { gate: doors } = gate();
    await doors.begin(cost, { first: 1 }, officer('A', '1'));
    for (let i = 0; i < 5; i++) expect(doors.event(cost, { first: 1 }, officer('A', '1'), Array.from({ length: 60 }))).toBe(600);
    await expect(doors.enter(cost, { first: 1 }, officer('A', '2'))).rejects.toBeInstanceOf(BudgetExhausted);
    await expect(doors.enter(cost, { first: 1 }, officer('B', '1'))).resolves.toBeDefined();
  });
});
