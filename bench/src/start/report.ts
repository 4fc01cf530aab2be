import { median } from '../statistics';
import { digits, markdownTable, textTable } from '../table';

/** How the run was made; nothing in it tells which machine it was. */
export interface StartConditions {
  readonly command: string;
  /** Civil date in China. */
  readonly date: string;
  readonly node: string;
  readonly cores: number;
  /** Processes that wanted a core in the minute before: above 0.5 per core the times are those of a machine that did something else as well. */
  readonly loadBefore: number;
}

/** Milliseconds, one value per run. */
export interface StartTimes {
  /** `npm start` in an empty folder: cluster, roles, migrations, demo data. */
  readonly first: readonly number[];
  /** `npm start` on the data of the first. */
  readonly second: readonly number[];
  /** The same without npm and its look whether everything is built. */
  readonly secondByNode: readonly number[];
  /** `seed --scale province-year` in an empty folder, from the command until it has ended; null when it was left out. */
  readonly provinceYear: readonly number[] | null;
}

interface Bar {
  readonly what: string;
  readonly ms: readonly number[];
  /** At most so many seconds, as a median; null where nothing was promised. */
  readonly bar: number | null;
}

const bars = (times: StartTimes): Bar[] => [
  { what: 'first start (`npm start`, empty folder)', ms: times.first, bar: null },
  { what: 'second start (`npm start`)', ms: times.second, bar: 3 },
  { what: 'second start (`node apps/hub/dist/main.js`)', ms: times.secondByNode, bar: 3 },
  ...(times.provinceYear ? [{ what: 'demo data of a province-year (`seed --scale province-year`, empty folder)', ms: times.provinceYear, bar: 60 }] : []),
];

const seconds = (ms: number | null): number | null => (ms === null ? null : ms / 1_000);

/** Null where nothing was promised, or nothing measured. */
function met({ ms, bar }: Bar): boolean | null {
  const middle = seconds(median(ms));
  return bar === null || middle === null ? null : middle <= bar;
}

/** What takes longer than it may, in the words of the table. */
export const missed = (times: StartTimes): string[] => bars(times).filter((bar) => met(bar) === false).map(({ what }) => what);

const header = ['', 'median s', 'fastest', 'slowest', 'runs', 'bar', 'met'] as const;

function cells(bar: Bar): string[] {
  const verdict = met(bar);
  return [
    bar.what, digits(seconds(median(bar.ms)), 2), digits(seconds(Math.min(...bar.ms)), 2), digits(seconds(Math.max(...bar.ms)), 2), String(bar.ms.length),
    bar.bar === null ? '-' : `≤ ${bar.bar} s`, verdict === null ? '-' : verdict ? 'yes' : 'no',
  ];
}

/** For a terminal. */
export const startText = (times: StartTimes): string => textTable([header, ...bars(times).map(cells)]);

export const startMarkdown = (times: StartTimes, c: StartConditions): string => `# How long a start takes

\`${c.command}\`, ${c.date}: Node ${c.node}, ${c.cores} cores, load ${c.loadBefore.toFixed(2)} before the run${c.loadBefore > c.cores / 2 ? ' (**not a quiet machine**)' : ''}.

Seconds from the command until its \`ready\` line, or until it has ended. What is measured, and how to read it: [README](../README.md).

${markdownTable(header, bars(times).map(cells))}
`;

export const startJson = (times: StartTimes, conditions: StartConditions): string => `${JSON.stringify({ ...conditions, milliseconds: times }, null, 2)}\n`;
