import { Random } from './random';

describe('Random', () => {
  const draw = (random: Random, n: number): number[] => Array.from({ length: n }, () => random.next());

  it('is a function of seed and path', () => {
    expect(draw(Random.of(1, 'case', 2), 50)).toEqual(draw(Random.of(1, 'case', 2), 50));
    for (const other of [Random.of(2, 'case', 2), Random.of(1, 'case', 3), Random.of(1, 'cases', 2)]) {
      expect(draw(Random.of(1, 'case', 2), 3)).not.toEqual(draw(other, 3));
    }
  });

  it('spreads evenly, also across neighbouring paths', () => {
    for (const drawn of [draw(Random.of(1, 'a'), 20_000), Array.from({ length: 20_000 }, (_, i) => Random.of(1, 'a', i).next())]) {
      const tenths = Array.from({ length: 10 }, (_, i) => drawn.filter((x) => Math.floor(x * 10) === i).length);
      for (const count of tenths) expect(Math.abs(count - 2_000)).toBeLessThan(200);
    }
  });

  it('keeps to ends, weights and lengths', () => {
    const random = Random.of(7);
    const ints = Array.from({ length: 500 }, () => random.int(3, 5));
    expect([...new Set(ints)].sort()).toEqual([3, 4, 5]);
    const weighted = Array.from({ length: 2_000 }, () => random.weighted([['a', 3], ['b', 1], ['c', 0]]));
    expect(weighted.filter((x) => x === 'c')).toHaveLength(0);
    expect(weighted.filter((x) => x === 'a').length / 2_000).toBeCloseTo(0.75, 1);
    expect(random.bytes(10)).toHaveLength(10);
    expect(() => random.pick([])).toThrow(RangeError);
  });
});
