import { BoundedCache } from './bounded-cache';

it('forgets what was used least recently', () => {
  const cache = new BoundedCache<string, number>(2);
  cache.set('a', 1);
  cache.set('b', 2);
  expect(cache.get('a')).toBe(1);
  cache.set('c', 3);
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([1, undefined, 3]);
  expect(cache.size).toBe(2);
  cache.set('a', 4);
  expect([cache.get('a'), cache.size]).toEqual([4, 2]);
  cache.clear();
  expect(cache.get('a')).toBeUndefined();
  expect(() => new BoundedCache(0)).toThrow(RangeError);
});
