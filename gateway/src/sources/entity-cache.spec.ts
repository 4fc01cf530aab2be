import { FixedClock } from '@casebridge/kernel';
import { createMetrics } from '@casebridge/platform';
import { testList } from '../testing/cache';
import { EntityCache, maxAgeMs, staleMs } from './entity-cache';

const readAt = new Date('2026-11-21T08:00:00Z');

function started({ megabytes = 1 }: { readonly megabytes?: number } = {}) {
  let now = 1_000;
  const metrics = createMetrics({ defaults: false });
  const cache = new EntityCache({ megabytes, clock: new FixedClock(readAt), metrics, list: testList, now: () => now });
  cache.confirm();
  const shows = (...depends: string[]) => ({ depends, read: depends });
  const begun = () => cache.operation({}).moment;
  return { cache, shows, begun, pass: (ms: number) => void (now += ms), text: async () => (await metrics.render()).body };
}

describe('the entity cache', () => {
  it('keeps what was read, as a copy that nobody can write on', () => {
    const { begun, cache, shows } = started();
    const firm = { name: 'a', tags: ['x'] };
    cache.put('k', firm, shows('Firm:U1'), begun());
    firm.tags.push('y');
    expect(cache.get('k')).toMatchObject({ entity: { name: 'a', tags: ['x'] }, readAt, shows: { read: ['Firm:U1'] } });
    const kept = cache.get('k')?.entity as { tags: string[] };
    expect(() => kept.tags.push('z')).toThrow(TypeError);
  });

  it('drops all that shows a record when it changed, and nothing else', () => {
    const { begun, cache, shows } = started();
    cache.put('a', { n: 1 }, shows('Firm:U1'), begun());
    cache.put('b', { n: 2 }, shows('Firm:U2', 'Place:P1'), begun());
    cache.put('c', { n: 3 }, shows('Firm:U3', 'Firm:U1'), begun());
    cache.invalidate('Firm', 'U1');
    expect(['a', 'b', 'c'].map((key) => cache.get(key) !== undefined)).toEqual([false, true, false]);
    cache.invalidate('Place', 'P1');
    expect(cache.size).toEqual({ entries: 0, bytes: 0 });
  });

  it('keeps nothing of an operation that began before a change of the type was told', () => {
    const { begun, cache, shows } = started();
    const before = begun();
    cache.invalidate('Firm', 'U9');
    cache.put('a', { n: 1 }, shows('Firm:U1'), before);
    cache.put('b', { n: 1 }, shows('Place:P1'), before);
    cache.put('c', { n: 1 }, shows('Place:P1', 'Firm:U1'), before);
    cache.put('d', { n: 1 }, shows('Firm:U1'), begun());
    expect(['a', 'b', 'c', 'd'].filter((key) => cache.get(key))).toEqual(['b', 'd']);
  });

  it('knows one operation by its context, from its first fetch on', () => {
    const { cache } = started();
    const [scope, other] = [{}, {}];
    const first = cache.operation(scope);
    cache.invalidate('Firm', 'U1');
    expect(cache.operation(scope)).toBe(first);
    expect(cache.operation(other).moment.change).toBe(first.moment.change + 1);
  });

  it('waits with what its service reads from a copy, after each change and at the beginning', () => {
    const { begun, cache, pass, shows } = started();
    const kept = (): boolean => {
      cache.put('o', { n: 1 }, shows('Office:O1'), begun());
      return cache.get('o') !== undefined;
    };
    expect(kept()).toBe(false);
    pass(100);
    expect(kept()).toBe(true);
    const under = begun();
    cache.invalidate('Office', 'O1');
    pass(99);
    expect(kept()).toBe(false);
    const early = begun();
    pass(1);
    for (const moment of [under, early]) {
      cache.put('o', { n: 1 }, shows('Office:O1'), moment);
      expect(cache.get('o')).toBeUndefined();
    }
    expect(kept()).toBe(true);
  });

  it('shows nothing that is too old', () => {
    const { begun, cache, pass, shows } = started();
    cache.put('a', { n: 1 }, shows('Firm:U1'), begun());
    pass(maxAgeMs - 1);
    expect(cache.get('a')).toBeDefined();
    pass(1);
    expect(cache.get('a')).toBeUndefined();
    expect(cache.size.entries).toBe(0);
  });

  it('is on while all changes are known, and begins anew after it did not know', () => {
    const { begun, cache, pass, shows } = started();
    cache.put('a', { n: 1 }, shows('Firm:U1'), begun());
    pass(staleMs);
    expect(cache.isOn).toBe(false); // nobody said so: it may hang
    cache.put('b', { n: 1 }, shows('Firm:U1'), begun());
    cache.confirm();
    expect([cache.isOn, cache.get('a') !== undefined, cache.get('b')]).toEqual([true, true, undefined]);
    const before = begun();
    cache.switchOff();
    expect([cache.isOn, cache.size.entries]).toEqual([false, 0]);
    const between = begun();
    cache.confirm();
    for (const moment of [before, between]) cache.put('c', { n: 1 }, shows('Firm:U1'), moment);
    expect(cache.get('c')).toBeUndefined();
    cache.put('c', { n: 1 }, shows('Firm:U1'), begun());
    expect(cache.get('c')).toBeDefined();
  });

  it('holds as many bytes as it may, the least recently used go first, and none that is huge', async () => {
    const { begun, cache, shows, text } = started({ megabytes: 0.1 });
    for (let i = 0; i < 200; i += 1) {
      cache.put(`k${i}`, { name: 'x'.repeat(500) }, shows(`Firm:U${i}`), begun());
      cache.get('k0');
    }
    expect(cache.size.bytes).toBeLessThanOrEqual(0.1 * 1024 * 1024);
    expect(cache.size.entries).toBeGreaterThan(40);
    expect([cache.get('k0') !== undefined, cache.get('k1') !== undefined, cache.get('k199') !== undefined]).toEqual([true, false, true]);
    cache.put('huge', { name: 'x'.repeat(40_000) }, shows('Firm:U1'), begun());
    expect(cache.get('huge')).toBeUndefined();
    expect(await text()).toMatch(new RegExp(`casebridge_entity_cache_bytes ${cache.size.bytes}\\n`));
    // What left by itself is forgotten with all that is known of it.
    for (let i = 0; i < 200; i += 1) cache.invalidate('Firm', `U${i}`);
    expect(cache.size).toEqual({ entries: 0, bytes: 0 });
    expect((cache as unknown as { dependants: Map<string, unknown> }).dependants.size).toBe(0);
  });

  it('counts under the names of the list only', async () => {
    const { cache, text } = started();
    cache.figures.asked('Firm', 'hit');
    cache.figures.asked('evil', 'miss');
    cache.invalidate('Firm', 'U1');
    cache.figures.passed('off');
    expect(await text()).toMatch(/entity_cache_total\{type="Firm",result="hit"\} 1[^]*entity_cache_total\{type="other",result="miss"\} 1[^]*invalidations_total\{type="Firm"\} 1[^]*passed_total\{reason="off"\} 1/);
    expect(await text()).toContain('casebridge_entity_cache_on 1');
    cache.switchOff();
    expect(await text()).toContain('casebridge_entity_cache_on 0');
  });
});
