import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type GatewayOperationName, operationNames } from '../gateway/operations';
import { BadOption, number } from '../option-values';

export interface SoakOptions {
  /** In process, or over HTTP before service processes. */
  readonly form: 'hub' | 'hub-http';
  /** Of the run at peak, per operation; 0 leaves it out. */
  readonly minutes: number;
  /** In each the peak is looked for anew. */
  readonly rounds: number;
  /** Of a run that finds the peak, and of one at a share of it. */
  readonly seconds: number;
  /** Of the peak. */
  readonly share: number;
  readonly rights: boolean;
  readonly operations: readonly GatewayOperationName[];
  readonly results: string;
}

export const help = `Holds our gateway under load: the slowest answers at a share of its peak, and its memory over minutes at the peak. See bench/README.md.

  npm run bench:soak -- [--form hub] [--rounds 5] [--minutes 10] [--seconds 4] [--share 0.8] [--operation SharedCase] [--rights on] [--results bench/results]

  --form       hub: services in process; hub-http: before services over HTTP
  --rounds     of peak and share, on our gateway and on the hand-written server in turn
  --minutes    at the peak, per operation; 0 leaves it out
  --seconds    to find the peak, and at a share of it
  --share      of the peak
  --operation  one of ${operationNames.join(', ')}; default both
  --rights     on or off: rights in the schema, which the reader has
  --results    folder for soak-latest.json and soak-latest.md
`;

/**
 * @returns null when help is asked for
 * @throws BadOption, or what `parseArgs` throws for an option that is none
 */
export function parseSoakOptions(args: readonly string[]): SoakOptions | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      form: { type: 'string', default: 'hub' }, rounds: { type: 'string', default: '5' }, minutes: { type: 'string', default: '10' }, seconds: { type: 'string', default: '4' }, share: { type: 'string', default: '0.8' },
      operation: { type: 'string' }, rights: { type: 'string', default: 'on' }, results: { type: 'string', default: resolve(__dirname, '../../results') }, help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  const { form, operation, rights } = values;
  if (form !== 'hub' && form !== 'hub-http') throw new BadOption('--form must be hub or hub-http');
  if (rights !== 'on' && rights !== 'off') throw new BadOption('--rights must be on or off');
  const operations = operationNames.filter((name) => operation === undefined || name === operation);
  if (operations.length === 0) throw new BadOption(`--operation takes ${operationNames.join(' or ')}`);
  return {
    form, operations, rights: rights === 'on', results: resolve(values.results),
    rounds: number('rounds', values.rounds, 1, 20, true), minutes: number('minutes', values.minutes, 0, 60, false), seconds: number('seconds', values.seconds, 1, 60, false), share: number('share', values.share, 0.05, 0.95, false),
  };
}
