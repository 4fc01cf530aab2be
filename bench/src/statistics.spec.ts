import { measurement, type Measurement, median, medianRatio, percentile, summarise } from './statistics';

describe('percentile (nearest rank)', () => {
  const hundred = Array.from({ length: 100 }, (_, i) => i + 1);

  it.each([[0.5, 50], [0.99, 99], [1, 100], [0.001, 1]])('%s of 1..100 is %s', (share, expected) => {
    expect(percentile(hundred, share)).toBe(expected);
  });

  it('is the only value of one', () => {
    expect([0.01, 0.5, 0.99, 1].map((share) => percentile([7], share))).toEqual([7, 7, 7, 7]);
  });

  it('takes the slower one of two for the tail', () => {
    expect(percentile([1, 900], 0.99)).toBe(900);
  });

  it('knows none of nothing, and refuses what is no share', () => {
    expect(percentile([], 0.5)).toBeNull();
    for (const share of [0, -1, 1.01, Number.NaN]) expect(() => percentile([1], share)).toThrow(RangeError);
  });
});

describe('median', () => {
  it.each<[number[], number | null]>([[[], null], [[3], 3], [[9, 1, 5], 5], [[4, 1, 3, 2], 2.5], [[10, 9, 100], 10]])('of %j is %s', (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  it('leaves its input alone', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });
});

describe('measurement', () => {
  it('counts good answers per second and failed ones apart', () => {
    expect(measurement([30, 10, 20], 1, 2)).toEqual({ requests: 4, errors: 1, seconds: 2, rps: 1.5, p50: 20, p99: 30 });
  });

  it('of nothing but errors has no latencies', () => {
    expect(measurement([], 5, 1)).toEqual({ requests: 5, errors: 5, seconds: 1, rps: 0, p50: null, p99: null });
  });
});

const round = (rps: number, p50: number | null = 1): Measurement => ({ requests: 10, errors: 0, seconds: 1, rps, p50, p99: p50 });

describe('over rounds', () => {
  it('takes medians and adds up counts', () => {
    const rounds = [round(10, 5), round(30, 1), { ...round(20, null), errors: 3 }];
    expect(summarise(rounds)).toEqual({ rps: 20, p50: 3, p99: 3, requests: 30, errors: 3 });
  });

  it('compares within a round: a machine that was slow for a whole round changes no ratio', () => {
    const stock = [round(100), round(10), round(100)];
    const hub = [round(300), round(30), round(300)];
    expect(medianRatio(hub, stock, (m) => m.rps)).toBe(3);
  });

  it('is not the ratio of the medians', () => {
    const stock = [round(10), round(20), round(90)];
    const hub = [round(40), round(40), round(90)];
    expect(medianRatio(hub, stock, (m) => m.rps)).toBe(2);
    expect(medianRatio([round(50), round(10), round(20)], [round(10), round(20), round(50)], (m) => m.rps)).toBe(0.5);
  });

  it('leaves out rounds in which one of the two has no value', () => {
    expect(medianRatio([round(10), round(20)], [round(0), round(5)], (m) => m.rps)).toBe(4);
    expect(medianRatio([round(10, null)], [round(10, 2)], (m) => m.p50)).toBeNull();
    expect(medianRatio<Measurement>([], [], (m) => m.rps)).toBeNull();
  });
});
