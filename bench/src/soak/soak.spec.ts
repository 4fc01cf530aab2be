import { operationsFor } from '../gateway/operations';
import { worldHere } from '../gateway/settings';
import { BadOption } from '../option-values';
import { parseSoakOptions } from './options';
import { arrivalTimes, measurePaced } from '../paced';
import { soakMarkdown } from './report';
import { trendOf } from './trend';

const operation = operationsFor(worldHere(), 1)[0]!;
const load = { arrivals: 'even', perSecond: 100, seconds: 0.3, seed: 1, signal: new AbortController().signal } as const;

describe('arrivals', () => {
  it('come at equal distances', () => expect([...arrivalTimes('even', 4, 1, 1)]).toEqual([0, 250, 500, 750]));

  it('come at random with the same rate, and the same ones for a seed', () => {
    const times = [...arrivalTimes('random', 100, 100, 7)];
    expect(times.length).toBeGreaterThan(9_500);
    expect(times.length).toBeLessThan(10_500);
    expect(times.every((at, i) => i === 0 || at >= times[i - 1]!)).toBe(true);
    expect([...arrivalTimes('random', 100, 100, 7)]).toEqual(times);
  });
});

it('charges a server that stands still for those who would have come meanwhile', async () => {
  let asked = 0;
  const opensAt = performance.now() + 200;
  const target = { name: 'still', send: async () => {
    asked += 1;
    await new Promise((open) => setTimeout(open, Math.max(0, opensAt - performance.now())));
    return { status: 200, text: `{"data":{"${operation.root}":{}` };
  } };
  const { errors, p99, requests } = await measurePaced(target, operation, { ...load, onError: () => undefined });
  expect({ asked, errors, requests }).toEqual({ asked: 30, errors: 0, requests: 30 });
  expect(p99).toBeGreaterThan(150);
});

it('counts what is no answer', async () => {
  const told: string[] = [];
  const target = { name: 'down', send: () => Promise.resolve({ status: 503, text: '{}' }) };
  const { errors, requests } = await measurePaced(target, operation, { ...load, seconds: 0.05, onError: (what) => told.push(what) });
  expect({ errors, requests }).toEqual({ errors: 5, requests: 5 });
  expect(told[0]).toBe('down SharedCase: 503 {}');
});

describe('the trend of memory', () => {
  const samples = (of: (seconds: number) => number) => Array.from({ length: 61 }, (_, i) => ({ seconds: i * 10, mebibytes: of(i * 10) }));

  it('is flat after settling', () => {
    expect(trendOf(samples((s) => (s < 60 ? s : 100)), 60)).toEqual({ first: 100, last: 100, growth: 0, perMinute: 0 });
  });

  it('shows a leak', () => {
    const trend = trendOf(samples((s) => 100 + s / 6), 60)!;
    expect(trend.perMinute).toBeCloseTo(10);
    expect(trend.growth).toBeGreaterThan(0.3);
  });

  it('is not known from little', () => expect(trendOf(samples(() => 1).slice(0, 10), 60)).toBeNull());
});

describe('options', () => {
  it('have defaults', () => expect(parseSoakOptions([])).toMatchObject({ form: 'hub', minutes: 10, share: 0.8, rights: true }));

  it('are refused outside of their range', () => {
    expect(() => parseSoakOptions(['--share', '1.5'])).toThrow(BadOption);
    expect(() => parseSoakOptions(['--form', 'stock'])).toThrow(BadOption);
  });
});

it('says in the table whether the bars are met', () => {
  const paced = { requests: 10, errors: 0, seconds: 1, rps: 10, p50: 1, p99: 4 };
  const text = soakMarkdown({
    conditions: { command: 'npm run bench:soak', date: '2026-11-22', node: 'v20', cores: 2, loadBefore: 0.1, form: 'hub', share: 0.8, settleSeconds: 60 },
    paces: [
      { operation: 'SharedCase', target: 'hub', rounds: [4, 30, 3].map((p99) => ({ peak: 12.5, even: { ...paced, p99 }, random: { ...paced, p99: 6 } })) },
      { operation: 'SharedCase', target: 'limit', rounds: [{ peak: 50, even: { ...paced, p99: 9 }, random: paced }] },
    ],
    memory: [{ operation: 'SharedCase', minutes: 10, rps: 12, requests: 100, errors: 0, trend: { first: 100, last: 140, growth: 0.4, perMinute: 5 } }],
  });
  expect(text).toContain('| SharedCase | hub | 13 | 1.00 | 4.00 | 4.00x (≤ 5) met | 1.00 | 6.00 | 6.00x |');
  expect(text).toContain('| SharedCase | limit | 50 | 1.00 | 9.00 | 9.00x | 1.00 | 4.00 | 4.00x |');
  expect(text).toContain('| SharedCase | 10 | 12 | 100 | 100 | 140 | 40 % (≤ 10 %) NOT MET | 5.00 |');
});
