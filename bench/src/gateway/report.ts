import { type Measurement, median, medianRatio, summarise, type Summary } from '../statistics';
import { digits, markdownTable, percent, textTable, times } from '../table';
import type { GatewayOperationName } from './operations';
import { bars, type TargetName, targets } from './targets';

/** Of one target with one operation in one round. */
export interface GatewayMeasurement extends Measurement {
  /** CPU time of the gateway's process per request, in milliseconds; null where the system does not tell. */
  readonly gatewayCpu: number | null;
  /** The same of gateway and services together. */
  readonly totalCpu: number | null;
  /** Resident memory of the gateway's process after the round, in MiB. */
  readonly memory: number | null;
}

/** Rounds by operation and target. */
export type GatewayRounds = ReadonlyMap<GatewayOperationName, ReadonlyMap<TargetName, readonly GatewayMeasurement[]>>;

/** How the run was made; nothing in it tells which machine it was. */
export interface GatewayConditions {
  readonly command: string;
  /** Civil date in China. */
  readonly date: string;
  readonly node: string;
  readonly cores: number;
  /** Processes that wanted a core in the minute before the run: others who share the machine. */
  readonly loadBefore: number;
  readonly rounds: number;
  readonly seconds: number;
  readonly connections: Readonly<Record<GatewayOperationName, number>>;
  /** Whether our gateway's schema has rights on some of what is asked for. */
  readonly rights: boolean;
  /** Versions of others' gateways, and why some are missing. */
  readonly peers: Readonly<Record<string, string>>;
  readonly missing: readonly string[];
}

export interface GatewayLine extends Summary {
  readonly target: TargetName;
  readonly gatewayCpu: number | null;
  readonly totalCpu: number | null;
  readonly memory: number | null;
  /** Medians over rounds of the requests per second to those of `stock` and `limit` in the same round; null where one was not measured. */
  readonly toStock: number | null;
  readonly ofLimit: number | null;
}

export interface GatewayOperationReport {
  readonly operation: GatewayOperationName;
  readonly lines: readonly GatewayLine[];
}

export interface BarReport {
  readonly what: string;
  readonly of: TargetName;
  readonly to: TargetName;
  readonly cells: readonly BarCell[];
}

export interface BarCell {
  readonly operation: GatewayOperationName;
  readonly floor: number;
  /** Of requests per second; null where one was not measured. */
  readonly ratio: number | null;
  readonly met: boolean | null;
  /** How many times the CPU time per request of `to`, services included, is that of `of`: what others do on the machine hardly changes it. */
  readonly cpuRatio: number | null;
}

export interface GatewayReport {
  readonly operations: readonly GatewayOperationReport[];
  readonly bars: readonly BarReport[];
}

const middle = (rounds: readonly GatewayMeasurement[], of: (m: GatewayMeasurement) => number | null): number | null =>
  median(rounds.map(of).filter((value) => value !== null));

const rpsRatio = (of: readonly GatewayMeasurement[] = [], to: readonly GatewayMeasurement[] = []): number | null => medianRatio(of, to, (m) => m.rps);

export function gatewayReport(rounds: GatewayRounds): GatewayReport {
  const operations = [...rounds].map(([operation, byTarget]): GatewayOperationReport => ({
    operation,
    lines: targets.flatMap(({ name }) => {
      const own = byTarget.get(name);
      if (!own) return [];
      return [{
        target: name, ...summarise(own),
        gatewayCpu: middle(own, (m) => m.gatewayCpu), totalCpu: middle(own, (m) => m.totalCpu), memory: middle(own, (m) => m.memory),
        toStock: rpsRatio(own, byTarget.get('stock')), ofLimit: rpsRatio(own, byTarget.get('limit')),
      }];
    }),
  }));
  const found = bars.map(({ floors, of, to, what }): BarReport => ({
    what, of, to,
    cells: [...rounds].map(([operation, byTarget]) => {
      const own = byTarget.get(of) ?? [];
      const other = byTarget.get(to) ?? [];
      const ratio = rpsRatio(own, other);
      return {
        operation, floor: floors[operation], ratio, met: ratio === null ? null : ratio >= floors[operation],
        cpuRatio: medianRatio(other, own, (m) => m.totalCpu),
      };
    }),
  }));
  return { operations, bars: found };
}

const header = [
  '', 'requests/s', 'to stock', 'of limit', 'p50 ms', 'p99 ms', 'gateway CPU ms', 'all CPU ms', 'memory MiB', 'requests', 'errors',
] as const;

const cells = (l: GatewayLine): string[] => [
  l.target, digits(l.rps, 0), times(l.toStock), percent(l.ofLimit), digits(l.p50, 2), digits(l.p99, 1), digits(l.gatewayCpu, 3), digits(l.totalCpu, 3),
  digits(l.memory, 0), String(l.requests), String(l.errors),
];

const barHeader = (report: GatewayReport): string[] => ['', ...report.operations.map(({ operation }) => operation)];
const verdict = (met: boolean | null): string => (met === null ? 'not measured' : met ? 'met' : 'NOT MET');
const barRow = ({ cells: found, what }: BarReport): string[] =>
  [what, ...found.map(({ cpuRatio, floor, met, ratio }) => `${digits(ratio, 2)} (≥ ${floor}) ${verdict(met)}, CPU ${digits(cpuRatio, 2)}`)];

/** For a terminal. */
export const gatewayText = (report: GatewayReport): string =>
  [
    ...report.operations.map(({ lines, operation }) => textTable([[operation, ...header.slice(1)], ...lines.map(cells)])),
    textTable([barHeader(report), ...report.bars.map(barRow)]),
  ].join('\n\n');

export function gatewayMarkdown(report: GatewayReport, c: GatewayConditions): string {
  const peers = Object.entries(c.peers).map(([name, version]) => `${name} ${version}`);
  return `# Bench of the gateway

\`${c.command}\`, ${c.date}: Node ${c.node}, ${c.cores} cores shared by load generator and servers, load ${c.loadBefore.toFixed(1)} before the run; services in memory, synthetic
records; ${c.rounds} round${c.rounds === 1 ? '' : 's'} of ${c.seconds} s per target and operation, ${c.connections.SharedCase} connections for SharedCase and ${c.connections.CaseList} for CaseList; rights in our schema ${c.rights ? 'on' : 'off'}${peers.length > 0 ? `; ${peers.join(', ')}` : ''}.
${c.missing.map((line) => `\n${line}\n`).join('')}
Only the ratios travel to another machine. Values are medians over rounds; a ratio is the median of the ratios within each round. CPU time is per
request; in the bars, *CPU* is how many times less of it is used, services included. What is compared, and how to read it: [README](../README.md).

## Bars

${markdownTable(barHeader(report), report.bars.map(barRow))}

${report.operations.map(({ lines, operation }) => `## ${operation}\n\n${markdownTable(header, lines.map(cells))}\n`).join('\n')}`;
}

export const gatewayJson = (report: GatewayReport, rounds: GatewayRounds, conditions: GatewayConditions): string =>
  `${JSON.stringify({
    ...conditions, ...report,
    measurements: Object.fromEntries([...rounds].map(([operation, byTarget]) => [operation, Object.fromEntries(byTarget)])),
  }, null, 2)}\n`;

/** One line while the rounds run. */
export const gatewayProgress = (round: number, operation: GatewayOperationName, measured: ReadonlyMap<TargetName, GatewayMeasurement>): string =>
  `round ${round}  ${operation.padEnd(10)}  ${targets.flatMap(({ name }) => {
    const m = measured.get(name);
    return m ? [`${name} ${digits(m.rps, 0)}/s`] : [];
  }).join('  ')}`;

export const gatewayErrors = (report: GatewayReport): number =>
  report.operations.reduce((sum, { lines }) => sum + lines.reduce((n, line) => n + line.errors, 0), 0);
