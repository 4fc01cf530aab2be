import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { number } from '../option-values';

export interface StartOptions {
  /** Second starts that are measured. */
  readonly starts: number;
  /** Whether the demo data of a province-year is written and timed as well. */
  readonly seed: boolean;
  /** Folder of the results. */
  readonly results: string;
}

export const help = `Measures how long the hub takes to be ready, and how long the demo data of a province-year takes. See bench/README.md.

  npm run bench:start -- [--starts 7] [--no-seed] [--results bench/results]

  --starts   second starts, each by npm and by node alone, one after the other
  --no-seed  only the starts
  --results  folder for start.md and start.json
`;

/**
 * @param args - of the command line
 * @returns null when help is asked for
 * @throws BadOption, or what `parseArgs` throws for an option that is none
 */
export function parseStartOptions(args: readonly string[]): StartOptions | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      starts: { type: 'string', default: '7' }, 'no-seed': { type: 'boolean', default: false },
      results: { type: 'string', default: resolve(__dirname, '../../results') }, help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  return { starts: number('starts', values.starts, 1, 99, true), seed: !values['no-seed'], results: resolve(values.results) };
}
