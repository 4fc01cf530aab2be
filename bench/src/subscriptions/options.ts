import { parseArgs } from 'node:util';
import { resolve } from 'node:path';
import { BadOption, number } from '../option-values';

export interface SubscriptionOptions {
  /** Who wait and are sent nothing. */
  readonly idle: number;
  /** Who are sent every event. */
  readonly readers: number;
  /** Events per second, one measurement after the other. */
  readonly rates: readonly number[];
  /** Characters of text in each event. */
  readonly sizes: readonly number[];
  /** Of one measurement. */
  readonly seconds: number;
  /** Writes a V8 profile of the gateway under the last measurement. */
  readonly profile: boolean;
  /** Folder of the results. */
  readonly results: string;
}

export const help = `Measures live streams over WebSocket: memory of idle readers, and fan-out. See bench/README.md.

  npm run bench:subscriptions -- [--idle 10000] [--readers 1000] [--rates 20,40] [--sizes 60,3600] [--seconds 4] [--results bench/results]

  --idle      readers that are sent nothing, for the memory of one
  --readers   readers that are sent every event
  --rates     events per second
  --sizes     characters of text in an event
  --seconds   of one measurement: one rate, one size
  --cpu-prof  on or off: a V8 profile of the gateway during the measurements of fan-out
  --results   folder for subscriptions-latest.json and subscriptions-latest.md
`;

const numbers = (name: string, text: string, max: number): number[] => text.split(',').map((one) => number(name, one, 1, max, true));

/**
 * @param args - of the command line
 * @returns null when help is asked for
 * @throws BadOption, or what `parseArgs` throws for an option that is none
 */
export function parseSubscriptionOptions(args: readonly string[]): SubscriptionOptions | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      idle: { type: 'string', default: '10000' }, readers: { type: 'string', default: '1000' }, rates: { type: 'string', default: '20,40' },
      sizes: { type: 'string', default: '60,3600' }, seconds: { type: 'string', default: '4' }, 'cpu-prof': { type: 'string', default: 'off' },
      results: { type: 'string', default: resolve(__dirname, '../../results') }, help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  if (values['cpu-prof'] !== 'on' && values['cpu-prof'] !== 'off') throw new BadOption('--cpu-prof must be on or off');
  return {
    idle: number('idle', values.idle, 1, 20_000, true),
    readers: number('readers', values.readers, 1, 10_000, true),
    rates: numbers('rates', values.rates, 1_000),
    sizes: numbers('sizes', values.sizes, 100_000),
    seconds: number('seconds', values.seconds, 0.5, 30, false),
    profile: values['cpu-prof'] === 'on',
    results: resolve(values.results),
  };
}
