import { ConcurrencyGate, type ConcurrencyLimits, type Pass } from './concurrency';
import { until } from '../testing/carriers';
import { ConcurrencyLimit } from './limits.errors';
import { SlotLeases, type SlotLedger, type SlotWant } from './slots';

const limits: ConcurrencyLimits = { perReader: 8, total: 1_000, waitingPerReader: 1_000, waitingTotal: 2_000, waitMs: 20_000 };
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** As the table counts, in memory; every answer takes a moment. */
class SharedSlots implements SlotLedger {
  readonly held = new Map<string, Map<string, number>>();
  questions = 0;
  down = false;

  async hold(holder: string, wants: readonly SlotWant[], { limit }: { readonly limit: number }): Promise<ReadonlyMap<string, number>> {
    await sleep(2);
    this.questions += 1;
    if (this.down) throw new Error('away');
    return new Map(wants.map(({ need, reader, spare }) => {
      const holders = this.held.get(reader) ?? new Map<string, number>();
      this.held.set(reader, holders);
      holders.delete(holder);
      const free = limit - [...holders.values()].reduce((a, b) => a + b, 0);
      const granted = Math.min(free, need + Math.min(spare, Math.max(0, Math.floor((free - need) / 4))));
      if (granted > 0) holders.set(holder, granted);
      return [reader, granted];
    }));
  }

  get total(): number {
    return [...this.held.values()].flatMap((holders) => [...holders.values()]).reduce((a, b) => a + b, 0);
  }
}

const opened: SlotLeases[] = [];
afterEach(() => Promise.all(opened.splice(0).map((leases) => leases.close())));

function processOn(ledger: SlotLedger, holder: string, given: Partial<ConcurrencyLimits> = {}): { gate: ConcurrencyGate; leases: SlotLeases; failures: unknown[] } {
  const failures: unknown[] = [];
  const all = { ...limits, ...given };
  const leases: SlotLeases = new SlotLeases({ ledger, holder, limit: all.perReader, patienceMs: 20_000, onLedgerFailure: (cause) => void failures.push(cause), onGrant: () => gate.admitWaiting() });
  const gate: ConcurrencyGate = new ConcurrencyGate(all, leases);
  opened.push(leases);
  return { gate, leases, failures };
}

describe('the places of a reader', () => {
  it('are never more in all processes together than the reader has, and all work is done', async () => {
    const ledger = new SharedSlots();
    const gates = ['p', 'q', 'r'].map((holder) => processOn(ledger, holder).gate);
    let running = 0;
    let most = 0;
    await Promise.all(gates.flatMap((gate) => Array.from({ length: 60 }, async () => {
      const pass = await gate.enter('A 1', 'A');
      most = Math.max(most, (running += 1));
      await sleep(5);
      running -= 1;
      pass.leave();
    })));
    expect(most).toBeLessThanOrEqual(8);
    expect(most).toBeGreaterThan(4);
    await until('all are given back', () => ledger.total === 0);
  });

  it('are asked for once for operations that follow each other, and given back when there are no more', async () => {
    const ledger = new SharedSlots();
    const { gate } = processOn(ledger, 'p');
    (await gate.enter('A 1', 'A')).leave();
    for (let i = 0; i < 100; i += 1) {
      const pass = gate.enter('A 1', 'A');
      expect(pass).not.toBeInstanceOf(Promise);
      (pass as Pass).leave();
    }
    expect(ledger.questions).toBe(1);
    expect(ledger.total).toBeGreaterThan(0);
    await until('all are given back', () => ledger.total === 0);
  });

  it('reach every process of many, when one reader goes round among them', async () => {
    const ledger = new SharedSlots();
    const gates = Array.from({ length: 16 }, (_, i) => processOn(ledger, `p${i}`).gate);
    for (let i = 0; i < 64; i += 1) {
      const pass = await gates[i % 16]!.enter('A 1', 'A');
      await sleep(1);
      pass.leave();
    }
    expect(ledger.questions).toBeGreaterThan(16);
  });

  it('are refused where another process runs as many as the reader has', async () => {
    const ledger = new SharedSlots();
    const [one, two] = [processOn(ledger, 'p').gate, processOn(ledger, 'q', { waitMs: 2_000 }).gate];
    const passes = await Promise.all(Array.from({ length: 8 }, async () => one.enter('A 1', 'A')));
    await expect(two.enter('A 1', 'A')).rejects.toBeInstanceOf(ConcurrencyLimit);
    const other = await two.enter('A 2', 'A');
    other.leave();
    const waits = two.enter('A 1', 'A');
    passes[0]!.leave();
    (await waits).leave();
    for (const pass of passes) pass.leave();
  });

  it('are counted by each process for itself while the ledger is away, and together when it is back', async () => {
    const ledger = new SharedSlots();
    const [one, two] = [processOn(ledger, 'p'), processOn(ledger, 'q')];
    ledger.down = true;
    const passes = await Promise.all([one, two].flatMap(({ gate }) => Array.from({ length: 8 }, async () => gate.enter('A 1', 'A'))));
    expect([one.failures.length, two.failures.length]).toEqual([1, 1]);
    ledger.down = false;
    for (const pass of passes) pass.leave();
    await sleep(1_300); // a ledger that has failed is left alone for a second
    let asked = ledger.questions;
    (await one.gate.enter('A 1', 'A')).leave();
    await until('the first knows that it is back', () => ledger.questions > asked);
    const all = await Promise.all(Array.from({ length: 8 }, async () => one.gate.enter('A 1', 'A')));
    asked = ledger.questions;
    const late = two.gate.enter('A 1', 'A');
    await until('so does the second', () => ledger.questions > asked);
    const second = two.gate.enter('A 1', 'A');
    await expect(Promise.race([Promise.resolve(second).then(() => 'in'), sleep(100).then(() => 'waits')])).resolves.toBe('waits');
    for (const pass of all) pass.leave();
    (await late).leave();
    (await second).leave();
  });

  it('are kept by each process for itself for readers without a token', () => {
    const ledger = new SharedSlots();
    const { gate } = processOn(ledger, 'p');
    (gate.enter('public 203.0.113.0/24', 'public') as Pass).leave();
    expect(ledger.questions).toBe(0);
  });

  it('do not tell the ledger who the reader is', async () => {
    const ledger = new SharedSlots();
    const { gate } = processOn(ledger, 'p');
    (await gate.enter('MRA-210100 MRA-210100-2', 'MRA-210100')).leave();
    expect([...ledger.held.keys()].join()).not.toContain('MRA');
  });
});
