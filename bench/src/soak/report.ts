import type { GatewayOperationName } from '../gateway/operations';
import { type Measurement, median, summarise } from '../statistics';
import { digits, markdownTable, percent, times } from '../table';
import type { TargetName } from '../gateway/targets';
import type { SoakOptions } from './options';
import type { Trend } from './trend';

/** p99 to p50 at a share of the peak; growth of memory over minutes at the peak. */
const bars = { tail: 5, growth: 0.1 } as const;

/** One round. */
export interface Paced {
  /** Answers per second with a fixed number of connections. */
  readonly peak: number;
  readonly even: Measurement;
  readonly random: Measurement;
}

export interface Pace {
  readonly operation: GatewayOperationName;
  readonly target: TargetName;
  readonly rounds: readonly Paced[];
}

export interface Memory {
  readonly operation: GatewayOperationName;
  readonly minutes: number;
  readonly rps: number;
  readonly requests: number;
  readonly errors: number;
  readonly trend: Trend | null;
}

export interface Soak {
  readonly conditions: {
    readonly command: string;
    readonly date: string;
    readonly node: string;
    readonly cores: number;
    readonly loadBefore: number;
    readonly form: SoakOptions['form'];
    readonly share: number;
    readonly settleSeconds: number;
  };
  readonly paces: readonly Pace[];
  readonly memory: readonly Memory[];
}

/** The median over rounds: what the machine does to one of them falls out of it. */
const tailOf = (rounds: readonly Measurement[]): number | null => median(rounds.flatMap(({ p50, p99 }) => (p50 && p99 !== null ? [p99 / p50] : [])));
const verdict = (text: string, bar: string, value: number | null, most: number): string => `${text} (≤ ${bar}) ${value === null ? 'not measured' : value <= most ? 'met' : 'NOT MET'}`;

export function soakMarkdown({ conditions, memory, paces }: Soak): string {
  const { command, cores, date, form, loadBefore, node, settleSeconds, share } = conditions;
  const tails = markdownTable(['', 'of', 'peak /s', 'p50 ms', 'p99 ms', 'p99 to p50', 'p50 ms, at random', 'p99 ms, at random', 'p99 to p50, at random'], paces.map(({ operation, rounds, target }) => {
    const [evenly, randomly] = [rounds.map(({ even }) => even), rounds.map(({ random }) => random)];
    const [even, random, tail] = [summarise(evenly), summarise(randomly), tailOf(evenly)];
    return [
      operation, target, digits(median(rounds.map(({ peak }) => peak)), 0), digits(even.p50, 2), digits(even.p99, 2),
      target === form ? verdict(times(tail), String(bars.tail), tail, bars.tail) : times(tail), digits(random.p50, 2), digits(random.p99, 2), times(tailOf(randomly)),
    ];
  }));
  const growth = markdownTable(['', 'minutes', 'requests/s', 'requests', 'MiB, first third', 'MiB, last third', 'growth', 'MiB per minute'], memory.map((m) => [
    m.operation, digits(m.minutes, 0), digits(m.rps, 0), String(m.requests), digits(m.trend?.first ?? null, 0), digits(m.trend?.last ?? null, 0),
    verdict(percent(m.trend?.growth ?? null), percent(bars.growth), m.trend?.growth ?? null, bars.growth), digits(m.trend?.perMinute ?? null, 2),
  ]));
  return `# Soak of the gateway

\`${command}\`, ${date}: Node ${node}, ${cores} cores shared by load generator and servers, load ${loadBefore.toFixed(1)} before the run; \`${form}\`, services in memory, synthetic records.

## At ${percent(share)} of the peak

Medians over rounds. Latencies run from when a request was due. The bar is on requests at equal distances; requests that come at random (Poisson) queue for each other on any single
thread. \`limit\`, the hand-written server at the same share of its own peak, shows what machine and load generator do to any server.

${tails}

## At the peak

Resident memory of the gateway's process, with the services in it in the form \`hub\`; the first ${settleSeconds} s are left out.

${growth}
`;
}
