import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type HubConfig, parseHubConfig } from '@casebridge/hub';
import { BadOption, number } from './option-values';

export interface Options {
  readonly rounds: number;
  /** Of one measurement: one target, one operation, one round. */
  readonly seconds: number;
  /** Before the first round, per target and operation. */
  readonly warmUp: number;
  readonly connections: number;
  readonly scale: NonNullable<HubConfig['seed']>['scale'];
  /** Whether the limit writes the access log as the services do. */
  readonly limitLog: boolean;
  /** Folder of the results. */
  readonly results: string;
}

export const help = `Measures the hub beside a stock gateway and a hand-written server, all in one run. See bench/README.md.

  npm run bench -- [--rounds 5] [--seconds 3] [--warm-up 1.5] [--connections 16] [--scale demo] [--limit-log on] [--results bench/results]

  --rounds       each round measures every target with every operation
  --seconds      of one measurement
  --warm-up      seconds per target and operation before the first round
  --connections  how many requests are under way at once
  --scale        of the demo data: demo, province-year or nation
  --limit-log    on or off: whether the hand-written server writes the access log too
  --results      folder for latest.json and latest.md
`;

/**
 * @param args - of the command line
 * @returns null when help is asked for
 * @throws BadOption, or what `parseArgs` throws for an option that is none
 */
export function parseOptions(args: readonly string[]): Options | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: 'string', default: '5' }, seconds: { type: 'string', default: '3' }, 'warm-up': { type: 'string', default: '1.5' },
      connections: { type: 'string', default: '16' }, scale: { type: 'string', default: 'demo' }, 'limit-log': { type: 'string', default: 'on' },
      results: { type: 'string', default: resolve(__dirname, '../results') }, help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  if (values['limit-log'] !== 'on' && values['limit-log'] !== 'off') throw new BadOption('--limit-log must be on or off');
  const { seed } = parseHubConfig({ NODE_ENV: 'development', HUB_SEED: values.scale });
  if (!seed) throw new BadOption('--scale none: there is nothing to measure');
  return {
    rounds: number('rounds', values.rounds, 1, 100, true),
    seconds: number('seconds', values.seconds, 0.1, 60, false),
    warmUp: number('warm-up', values['warm-up'], 0, 60, false),
    connections: number('connections', values.connections, 1, 256, true),
    scale: seed.scale,
    limitLog: values['limit-log'] === 'on',
    results: resolve(values.results),
  };
}
