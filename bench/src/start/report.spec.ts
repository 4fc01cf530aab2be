import { parseStartOptions } from './options';
import { missed, startJson, startMarkdown, startText, type StartTimes } from './report';

const times: StartTimes = { first: [9_000], second: [2_900, 2_500, 9_999], secondByNode: [3_100, 2_000, 3_200], provinceYear: [60_001] };
const conditions = { command: 'npm run bench:start', date: '2026-11-22', node: 'v20.19.0', cores: 2, loadBefore: 0.25 };

describe('the report of the start', () => {
  it('judges medians: one slow run changes nothing, and a bar is met to the millisecond', () => {
    expect(missed(times)).toEqual(['second start (`node apps/hub/dist/main.js`)', 'demo data of a province-year (`seed --scale province-year`, empty folder)']);
    expect(missed({ ...times, secondByNode: [3_000], provinceYear: [60_000] })).toEqual([]);
    expect(missed({ ...times, secondByNode: [3_000], provinceYear: null })).toEqual([]);
  });

  it('writes each with its bar, and none for the first start', () => {
    const rows = startMarkdown(times, conditions).split('\n').filter((line) => line.startsWith('| '));
    expect(rows).toEqual([
      expect.stringContaining('median s'),
      '| first start (`npm start`, empty folder) | 9.00 | 9.00 | 9.00 | 1 | - | - |',
      '| second start (`npm start`) | 2.90 | 2.50 | 10.00 | 3 | ≤ 3 s | yes |',
      '| second start (`node apps/hub/dist/main.js`) | 3.10 | 2.00 | 3.20 | 3 | ≤ 3 s | no |',
      '| demo data of a province-year (`seed --scale province-year`, empty folder) | 60.00 | 60.00 | 60.00 | 1 | ≤ 60 s | no |',
    ]);
    expect(startText({ ...times, provinceYear: null })).not.toContain('province-year');
  });

  it('says when the machine was not quiet', () => {
    expect(startMarkdown(times, conditions)).toContain('load 0.25 before the run.');
    expect(startMarkdown(times, { ...conditions, loadBefore: 1.5 })).toContain('load 1.50 before the run (**not a quiet machine**).');
  });

  it('keeps every run as JSON', () => {
    expect(JSON.parse(startJson(times, conditions))).toEqual({ ...conditions, milliseconds: times });
  });
});

describe('options', () => {
  it('are the median of seven and the seed, unless something else is asked for', () => {
    expect(parseStartOptions([])).toMatchObject({ starts: 7, seed: true, results: expect.stringMatching(/bench\/results$/) });
    expect(parseStartOptions(['--starts', '1', '--no-seed', '--results', '/x'])).toEqual({ starts: 1, seed: false, results: '/x' });
    expect(parseStartOptions(['--help'])).toBeNull();
  });

  it.each([[['--starts', '0']], [['--starts', 'many']], [['--unknown']]])('refuses %j', (args) => {
    expect(() => parseStartOptions(args)).toThrow();
  });
});
