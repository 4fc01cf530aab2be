import { ConcurrencyGate, type ConcurrencyLimits, type Pass } from './concurrency';
import { ConcurrencyLimit, GatewayBusy } from './limits.errors';

/** Keeps a place, or the wait for one; that it is given up long after the test is nobody's failure. */
const hold = (entered: Pass | Promise<Pass>): void => void Promise.resolve(entered).catch(() => undefined);
const limits: ConcurrencyLimits = { perReader: 2, total: 4, waitingPerReader: 3, waitingTotal: 6, waitMs: 5_000 };
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the gate', () => {
  it('lets in at once what has room, and the rest as places become free', async () => {
    const gate = new ConcurrencyGate(limits);
    const first = gate.enter('a1', 'A') as Pass;
    expect(first).not.toBeInstanceOf(Promise);
    hold(gate.enter('a1', 'A'));
    const third = gate.enter('a1', 'A');
    hold(third);
    expect(third).toBeInstanceOf(Promise);
    expect(gate.load).toEqual({ running: 2, waiting: 1 });
    first.leave();
    first.leave();
    expect(gate.load).toEqual({ running: 2, waiting: 0 });
    (await third).leave();
    expect(gate.load).toEqual({ running: 1, waiting: 0 });
  });

  it('refuses one reader who has too much waiting, and nobody else', () => {
    const gate = new ConcurrencyGate(limits);
    for (let i = 0; i < 5; i++) hold(gate.enter('a1', 'A'));
    expect(() => gate.enter('a1', 'A')).toThrow(ConcurrencyLimit);
    expect(gate.enter('b1', 'B')).not.toBeInstanceOf(Promise);
  });

  it('is busy when too much waits altogether', () => {
    const gate = new ConcurrencyGate(limits);
    for (let reader = 0; reader < 10; reader++) hold(gate.enter(`r${reader}`, 'A'));
    expect(gate.load).toEqual({ running: 4, waiting: 6 });
    expect(() => gate.enter('r11', 'B')).toThrow(GatewayBusy);
  });

  it('gives turns to agencies, then to readers: one who has much waiting delays himself', async () => {
    const gate = new ConcurrencyGate({ perReader: 1, total: 1, waitingPerReader: 10, waitingTotal: 100, waitMs: 5_000 });
    const running = gate.enter('x', 'X') as Pass;
    const order: string[] = [];
    const ask = (reader: string, agency: string): void => {
      void Promise.resolve(gate.enter(reader, agency)).then(async (pass) => {
        order.push(reader);
        await settled();
        pass.leave();
      });
    };
    for (let i = 0; i < 4; i++) ask('a1', 'A');
    ask('a2', 'A');
    ask('b1', 'B');
    ask('b1', 'B');
    ask('c1', 'C');
    running.leave();
    while (order.length < 8) await settled();
    expect(order).toEqual(['a1', 'b1', 'c1', 'a2', 'b1', 'a1', 'a1', 'a1']);
  });

  it('passes over a reader who runs as many as he may', async () => {
    const gate = new ConcurrencyGate({ ...limits, perReader: 1, total: 2 });
    hold(gate.enter('a1', 'A'));
    const b = gate.enter('b1', 'B') as Pass;
    const blocked = gate.enter('a1', 'A');
    hold(blocked);
    const free = gate.enter('c1', 'C');
    hold(free);
    b.leave();
    await expect(free).resolves.toBeDefined();
    await expect(Promise.race([blocked, settled().then(() => 'waits')])).resolves.toBe('waits');
  });

  it('lets nobody wait longer than said', async () => {
    const gate = new ConcurrencyGate({ ...limits, waitMs: 10 });
    for (let i = 0; i < 2; i++) hold(gate.enter('a1', 'A'));
    const own = gate.enter('a1', 'A') as Promise<Pass>;
    for (let i = 0; i < 2; i++) hold(gate.enter('b1', 'B'));
    const full = gate.enter('c1', 'C') as Promise<Pass>;
    await expect(own).rejects.toBeInstanceOf(ConcurrencyLimit);
    await expect(full).rejects.toBeInstanceOf(GatewayBusy);
    expect(gate.load).toEqual({ running: 4, waiting: 0 });
  });

  it('forgets who has gone', async () => {
    const gate = new ConcurrencyGate({ ...limits, perReader: 1 });
    const first = gate.enter('a1', 'A') as Pass;
    const leaving = new AbortController();
    const gone = gate.enter('a1', 'A', () => leaving.signal) as Promise<Pass>;
    const next = gate.enter('a1', 'A') as Promise<Pass>;
    hold(next);
    leaving.abort(new Error('gone'));
    await expect(gone).rejects.toThrow('gone');
    await expect(gate.enter('a1', 'A', () => AbortSignal.abort(new Error('gone before')))).rejects.toThrow('gone before');
    first.leave();
    (await next).leave();
    expect(gate.load).toEqual({ running: 0, waiting: 0 });
  });

  it('loses no place over many comings and goings', async () => {
    const gate = new ConcurrencyGate({ perReader: 3, total: 7, waitingPerReader: 50, waitingTotal: 500, waitMs: 5_000 });
    let most = 0;
    await Promise.all(Array.from({ length: 400 }, async (_, i) => {
      const pass = await gate.enter(`r${i % 11}`, `A${i % 3}`);
      most = Math.max(most, gate.load.running);
      await settled();
      pass.leave();
    }));
    expect(most).toBe(7);
    expect(gate.load).toEqual({ running: 0, waiting: 0 });
  });
});
