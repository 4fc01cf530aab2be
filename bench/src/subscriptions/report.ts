import { digits, markdownTable, textTable } from '../table';
import type { HeardReport } from './readers-server';
import type { BurstReport } from './gateway-server';
import type { Memory } from './memory';

export interface IdleMeasurement {
  readonly readers: number;
  readonly before: Memory;
  readonly after: Memory;
}

export interface FanOutMeasurement {
  readonly readers: number;
  readonly rate: number;
  readonly size: number;
  readonly burst: BurstReport;
  readonly heard: HeardReport;
}

/** How the run was made; nothing in it tells which machine it was. */
export interface SubscriptionConditions {
  readonly command: string;
  /** Civil date in China. */
  readonly date: string;
  readonly node: string;
  readonly cores: number;
  readonly loadBefore: number;
}

/** Of heap, for one idle reader; in kB of 1 000 bytes. */
export const heapBarKb = 15;
export const messagesPerCoreBar = 35_000;

/** Bytes of heap and of buffers, divided by the readers that took them. */
export const perReader = ({ after, before, readers }: IdleMeasurement): { readonly heap: number; readonly resident: number } => ({
  heap: (after.heap + after.external - before.heap - before.external) / readers,
  resident: (after.resident - before.resident) / readers,
});

/** Messages that one core of the gateway delivers in a second, were it always busy. */
export const perCore = ({ burst, heard }: FanOutMeasurement): number | null => (burst.cpuMs > 0 ? (heard.messages * 1_000) / burst.cpuMs : null);

/** Messages that should have come and did not. */
export const missing = ({ burst, heard, readers }: FanOutMeasurement): number => burst.events * readers - heard.messages;

const header = ['readers', 'events/s', 'text', 'messages', 'missing', 'messages/s per core', 'µs each', 'p50 ms', 'p99 ms', 'loop p99 ms'] as const;
const row = (m: FanOutMeasurement): string[] => {
  const core = perCore(m);
  return [
    String(m.readers), String(m.rate), String(m.size), String(m.heard.messages), String(missing(m)), digits(core, 0), digits(core && 1e6 / core, 1),
    digits(m.heard.p50, 1), digits(m.heard.p99, 1), digits(m.burst.loopDelayP99Ms, 1),
  ];
};

function idleLine(idle: IdleMeasurement): string {
  const { heap, resident } = perReader(idle);
  const met = heap <= heapBarKb * 1_000 ? 'met' : 'missed';
  return `${idle.readers} idle readers: ${digits(heap / 1_000, 1)} kB of heap and buffers each (bar ${heapBarKb}: ${met}), ${digits(resident / 1_000, 1)} kB of the process`;
}

function bestLine(fanOut: readonly FanOutMeasurement[]): string {
  const best = Math.max(0, ...fanOut.map((m) => perCore(m) ?? 0));
  return `Most messages per second and core: ${best.toFixed(0)} (bar ${messagesPerCoreBar}: ${best >= messagesPerCoreBar ? 'met' : 'missed'})`;
}

export const subscriptionText = (idle: IdleMeasurement, fanOut: readonly FanOutMeasurement[]): string =>
  `${idleLine(idle)}\n\n${textTable([header, ...fanOut.map(row)])}\n\n${bestLine(fanOut)}`;

export const subscriptionMarkdown = (idle: IdleMeasurement, fanOut: readonly FanOutMeasurement[], conditions: SubscriptionConditions): string => `# Live streams

${conditions.date}, \`${conditions.command}\`, Node.js ${conditions.node}, ${conditions.cores} cores, load before the run ${conditions.loadBefore.toFixed(1)}.

${idleLine(idle)}

${markdownTable([...header], fanOut.map(row))}

${bestLine(fanOut)}
`;
