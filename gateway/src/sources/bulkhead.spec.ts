import { Bulkhead } from './bulkhead';

describe('Bulkhead', () => {
  it('has a place for so many, lets some wait, and turns the rest away', async () => {
    const bulkhead = new Bulkhead({ width: 2, queue: 1, maxWaitMs: 1_000 });
    expect(bulkhead.enter()).toBe(true);
    expect(bulkhead.enter()).toBe(true);
    const waiting = bulkhead.enter();
    expect(bulkhead.enter()).toBe(false);
    expect(bulkhead.queued).toBe(1);
    bulkhead.leave();
    expect(await waiting).toBe(true);
    expect(bulkhead.inUse).toBe(2);
    bulkhead.leave();
    bulkhead.leave();
    expect(bulkhead.inUse).toBe(0);
  });

  it('serves those who wait in their order', async () => {
    const bulkhead = new Bulkhead({ width: 1, queue: 3, maxWaitMs: 1_000 });
    expect(bulkhead.enter()).toBe(true);
    const order: number[] = [];
    const waiting = [1, 2, 3].map(async (n) => {
      await bulkhead.enter();
      order.push(n);
      bulkhead.leave();
    });
    bulkhead.leave();
    await Promise.all(waiting);
    expect(order).toEqual([1, 2, 3]);
    expect(bulkhead.inUse).toBe(0);
  });

  it('lets nobody wait for ever, and gives the place of one who left to the next', async () => {
    const bulkhead = new Bulkhead({ width: 1, queue: 2, maxWaitMs: 20 });
    expect(bulkhead.enter()).toBe(true);
    expect(await bulkhead.enter()).toBe(false);
    expect(bulkhead.queued).toBe(0);
    const next = bulkhead.enter();
    bulkhead.leave();
    expect(await next).toBe(true);
  });
});
