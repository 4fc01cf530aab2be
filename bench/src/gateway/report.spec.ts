import { measurement } from '../statistics';
import type { GatewayOperationName } from './operations';
import { gatewayErrors, gatewayJson, gatewayMarkdown, type GatewayMeasurement, gatewayReport, type GatewayRounds, gatewayText } from './report';
import type { TargetName } from './targets';

const round = (rps: number, errors = 0, gatewayCpu: number | null = 2): GatewayMeasurement => ({
  ...measurement(Array.from({ length: rps }, () => 5), errors, 1), gatewayCpu, totalCpu: gatewayCpu === null ? null : gatewayCpu + 1, memory: 100,
});

const rounds: GatewayRounds = new Map<GatewayOperationName, Map<TargetName, GatewayMeasurement[]>>([
  ['SharedCase', new Map<TargetName, GatewayMeasurement[]>([
    ['stock', [round(100), round(10)]], ['stock-lean', [round(150), round(15)]], ['hub-http', [round(450), round(45)]],
    ['hub', [round(1_500, 0, 1), round(150, 0, 1)]], ['limit', [round(3_000, 2), round(300)]],
  ])],
  ['CaseList', new Map<TargetName, GatewayMeasurement[]>([['stock', [round(20)]], ['hub', [round(150, 0, null)]]])],
]);

const conditions = {
  command: 'npm run bench:gateway', date: '2026-11-22', node: 'v20.20.2', cores: 2, loadBefore: 1.25, rounds: 2, seconds: 1,
  connections: { SharedCase: 16, CaseList: 4 }, rights: true, peers: {}, missing: ['Hive Gateway is left out: no registry'],
};

describe('the report', () => {
  const report = gatewayReport(rounds);

  it('takes ratios within rounds', () => {
    expect(report.operations[0]?.lines.map((l) => [l.target, l.toStock, l.ofLimit])).toEqual([
      ['stock', 1, 1 / 30], ['stock-lean', 1.5, 0.05], ['hub-http', 4.5, 0.15], ['hub', 15, 0.5], ['limit', 30, 1],
    ]);
  });

  it('says of every bar whether it is met, not met or not measured', () => {
    expect(report.bars.map((b) => b.cells.map((c) => [c.ratio, c.met]))).toEqual([
      [[15, true], [7.5, false]],
      [[3, false], [null, null]],
      [[null, null], [null, null]],
      [[0.5, true], [null, null]],
    ]);
  });

  it('counts errors, and leaves out what the system does not tell', () => {
    expect(gatewayErrors(report)).toBe(2);
    expect(report.operations[1]?.lines[1]).toMatchObject({ target: 'hub', gatewayCpu: null, totalCpu: null, memory: 100 });
  });

  it('reads well in a terminal and as a page', () => {
    expect(gatewayText(report)).toMatch(/in process, to stock over HTTP +15\.00 \(≥ 14\) met, CPU 1\.50 +7\.50 \(≥ 8\) NOT MET, CPU -/);
    const page = gatewayMarkdown(report, conditions);
    expect(page).toContain('| in process, to stock over HTTP | 15.00 (≥ 14) met, CPU 1.50 | 7.50 (≥ 8) NOT MET, CPU - |');
    expect(page).toContain('Hive Gateway is left out: no registry');
    expect(page).toContain('load 1.3 before the run');
    expect(page).toContain('rights in our schema on');
    expect(page.match(/^## /gm)).toHaveLength(3);
  });

  it('keeps every measurement as JSON', () => {
    const parsed = JSON.parse(gatewayJson(report, rounds, conditions)) as { measurements: { SharedCase: { limit: GatewayMeasurement[] } } };
    expect(parsed.measurements.SharedCase.limit[1]).toEqual(round(300));
  });
});
