import { asJson, asMarkdown, asText, type Conditions, errorsIn, reportOf, type Rounds } from './report';
import { type Measurement, measurement } from './statistics';
import type { TargetName } from './target';

/** A round with so many answers in one second, each after `ms`. */
const round = (rps: number, ms: number, errors = 0): Measurement => measurement(Array.from({ length: rps }, () => ms), errors, 1);

const rounds: Rounds = new Map([['SharedCase', new Map<TargetName, Measurement[]>([
  ['hub', [round(300, 5), round(30, 50)]],
  ['hub-http', [round(200, 8), round(20, 80)]],
  ['stock', [round(100, 10), round(10, 100)]],
  ['limit', [round(1000, 1), round(100, 10, 2)]],
])]]);

const conditions: Conditions = {
  command: 'npm run bench', date: '2026-11-21', node: 'v20.19.0', postgres: '18.4', cores: 2, scale: 'demo', rounds: 2, seconds: 1, connections: 16, limitLog: true,
};

describe('the report', () => {
  const [report] = reportOf(rounds);

  it('sets every target against the stock gateway and the limit of its own round', () => {
    expect(report?.lines.map((l) => [l.target, l.toStock.rps, l.toStock.p50, l.ofLimit])).toEqual([
      ['hub', 3, 0.5, 0.3], ['hub-http', 2, 0.8, 0.2], ['stock', 1, 1, 0.1], ['limit', 10, 0.1, 1],
    ]);
  });

  it('counts errors', () => {
    expect(errorsIn(reportOf(rounds))).toBe(2);
  });

  it('refuses to report without a target', () => {
    expect(() => reportOf(new Map([['CaseList', new Map()]]))).toThrow('hub was not measured');
  });

  it('aligns the columns on a terminal', () => {
    const lines = asText(reportOf(rounds)).split('\n');
    expect(lines).toHaveLength(5);
    expect(lines[1]).toMatch(/^hub +165 +3\.00x +30 % /);
    expect(new Set(lines.map((l) => l.length)).size).toBe(1);
  });

  it('writes its conditions and one table per operation', () => {
    const text = asMarkdown(reportOf(rounds), conditions);
    expect(text).toContain('Node v20.19.0');
    expect(text).toContain('| stock | 55 | 1.00x | 10 % |');
    expect(text.match(/^## /gm)).toHaveLength(1);
  });

  it('keeps every measurement as JSON', () => {
    const parsed = JSON.parse(asJson(reportOf(rounds), rounds, conditions)) as { measurements: { SharedCase: { limit: Measurement[] } } };
    expect(parsed.measurements.SharedCase.limit[1]).toEqual(round(100, 10, 2));
  });
});
