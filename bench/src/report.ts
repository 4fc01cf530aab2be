import type { OperationName } from './operation';
import { type Measurement, medianRatio, summarise, type Summary } from './statistics';
import { digits, markdownTable, percent, textTable, times } from './table';
import { type TargetName, targetNames } from './target';

/** Rounds by operation and target, all with as many rounds. */
export type Rounds = ReadonlyMap<OperationName, ReadonlyMap<TargetName, readonly Measurement[]>>;

/** How the run was made; nothing in it tells which machine it was. */
export interface Conditions {
  readonly command: string;
  /** Civil date in China. */
  readonly date: string;
  readonly node: string;
  readonly postgres: string;
  readonly cores: number;
  readonly scale: string;
  readonly rounds: number;
  readonly seconds: number;
  readonly connections: number;
  readonly limitLog: boolean;
}

export interface Line extends Summary {
  readonly target: TargetName;
  /** Medians over rounds of the ratio to the stock gateway in the same round; null where one of the two has no value. */
  readonly toStock: { readonly rps: number | null; readonly p50: number | null; readonly p99: number | null };
  /** Median over rounds of the requests per second as a share of those of the limit, 0 to 1 and above. */
  readonly ofLimit: number | null;
}

export interface OperationReport {
  readonly operation: OperationName;
  readonly lines: readonly Line[];
}

/** @throws RangeError when a target was not measured */
export function reportOf(rounds: Rounds): OperationReport[] {
  return [...rounds].map(([operation, byTarget]) => {
    const of = (name: TargetName): readonly Measurement[] => {
      const found = byTarget.get(name);
      if (!found) throw new RangeError(`${name} was not measured`);
      return found;
    };
    const lines = targetNames.map((target): Line => {
      const own = of(target);
      const ratio = (value: (m: Measurement) => number | null): number | null => medianRatio(own, of('stock'), value);
      return {
        target, ...summarise(own),
        toStock: { rps: ratio((m) => m.rps), p50: ratio((m) => m.p50), p99: ratio((m) => m.p99) },
        ofLimit: medianRatio(own, of('limit'), (m) => m.rps),
      };
    });
    return { operation, lines };
  });
}

const header = ['', 'requests/s', 'to stock', 'of limit', 'p50 ms', 'to stock', 'p99 ms', 'to stock', 'requests', 'errors'] as const;

const cells = (l: Line): string[] => [
  l.target, digits(l.rps, 0), times(l.toStock.rps), percent(l.ofLimit), digits(l.p50, 1), times(l.toStock.p50), digits(l.p99, 1), times(l.toStock.p99),
  String(l.requests), String(l.errors),
];

/** For a terminal. */
export const asText = (reports: readonly OperationReport[]): string =>
  reports.map(({ operation, lines }) => textTable([[operation, ...header.slice(1)], ...lines.map(cells)])).join('\n\n');

export function asMarkdown(reports: readonly OperationReport[], c: Conditions): string {
  const tables = reports.map(({ operation, lines }) => `## ${operation}\n\n${markdownTable(header, lines.map(cells))}\n`);
  return `# Bench

\`${c.command}\`, ${c.date}: Node ${c.node}, PostgreSQL ${c.postgres}, ${c.cores} cores shared by load generator, servers and database; demo data at scale
\`${c.scale}\`; ${c.rounds} round${c.rounds === 1 ? '' : 's'} of ${c.seconds} s per target and operation, ${c.connections} connections; the limit writes ${c.limitLog ? 'the access log too' : 'no access log'}.

Only the ratios travel to another machine. Values are medians over rounds; a ratio is the median of the ratios within each round.
What is compared, and how to read it: [README](../README.md).

${tables.join('\n')}`;
}

export const asJson = (reports: readonly OperationReport[], rounds: Rounds, conditions: Conditions): string =>
  `${JSON.stringify({
    ...conditions,
    operations: reports,
    measurements: Object.fromEntries([...rounds].map(([operation, byTarget]) => [operation, Object.fromEntries(byTarget)])),
  }, null, 2)}\n`;

/** One line while the rounds run. */
export const progressLine = (round: number, operation: OperationName, measured: ReadonlyMap<TargetName, Measurement>): string =>
  `round ${round}  ${operation.padEnd(15)}  ${targetNames.map((name) => `${name} ${digits(measured.get(name)?.rps ?? null, 0)}/s`).join('  ')}`;

/** Requests that failed, of all targets and operations. */
export const errorsIn = (reports: readonly OperationReport[]): number => reports.reduce((sum, r) => sum + r.lines.reduce((n, l) => n + l.errors, 0), 0);
