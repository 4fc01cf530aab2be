import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { BadOption, number } from '../option-values';
import { type GatewayOperationName, operationNames } from './operations';
import { type TargetName, targets } from './targets';

export interface GatewayOptions {
  readonly rounds: number;
  /** Of one measurement: one target, one operation, one round. */
  readonly seconds: number;
  /** Before the first round, per target and operation. */
  readonly warmUp: number;
  readonly connections: Readonly<Record<GatewayOperationName, number>>;
  readonly targets: readonly TargetName[];
  readonly operations: readonly GatewayOperationName[];
  /** Whether the supergraph of our gateway has `@authenticated` and `@requiresScopes` on some of what is asked for. */
  readonly rights: boolean;
  /** Profile this operation on our gateway instead of measuring. */
  readonly profile: GatewayOperationName | null;
  /** Folder of the results. */
  readonly results: string;
}

export const help = `Measures the gateway alone, before services in memory, beside other gateways and a hand-written server. See bench/README.md.

  npm run bench:gateway -- [--rounds 5] [--seconds 2.5] [--warm-up 4] [--connections 16,4] [--only a,b,c] [--operation SharedCase] [--rights on] [--results bench/results]

  --rounds       each round measures every target with every operation
  --seconds      of one measurement
  --warm-up      seconds per target and operation before the first round
  --connections  how many requests are under way at once, for SharedCase and for CaseList
  --only         targets by letter or name: ${targets.map(({ letter, name }) => `${letter} ${name}`).join(', ')}
  --operation    one of ${operationNames.join(', ')}; default both
  --rights       on or off: rights in the schema of our gateway, which the reader has
  --cpu-prof     of an operation: writes a V8 profile of our gateway (b or c, default c) under this operation, and where its time goes; measures nothing
  --results      folder for gateway-latest.json and gateway-latest.md, and for profiles
`;

function named(text: string): TargetName {
  const target = targets.find(({ letter, name }) => text === letter || text === name);
  if (!target) throw new BadOption(`--only takes ${targets.map(({ letter }) => letter).join(', ')}, not ${text}`);
  return target.name;
}

function operation(option: string, text: string): GatewayOperationName {
  const name = operationNames.find((known) => known === text);
  if (!name) throw new BadOption(`--${option} takes ${operationNames.join(' or ')}`);
  return name;
}

/**
 * @param args - of the command line
 * @returns null when help is asked for
 * @throws BadOption, or what `parseArgs` throws for an option that is none
 */
export function parseGatewayOptions(args: readonly string[]): GatewayOptions | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: 'string', default: '5' }, seconds: { type: 'string', default: '2.5' }, 'warm-up': { type: 'string', default: '4' },
      connections: { type: 'string', default: '16,4' }, only: { type: 'string' }, operation: { type: 'string' }, rights: { type: 'string', default: 'on' }, 'cpu-prof': { type: 'string' },
      results: { type: 'string', default: resolve(__dirname, '../../results') }, help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  if (values.rights !== 'on' && values.rights !== 'off') throw new BadOption('--rights must be on or off');
  const profile = values['cpu-prof'] === undefined ? null : operation('cpu-prof', values['cpu-prof']);
  const wanted = (values.only ?? (profile ? 'c' : targets.map(({ letter }) => letter).join(','))).split(',').map(named);
  if (profile && !wanted.every((name) => name === 'hub' || name === 'hub-http')) throw new BadOption('--cpu-prof is for our gateway: --only b, c or b,c');
  const [shared = '', list = shared, ...more] = values.connections.split(',');
  if (more.length > 0) throw new BadOption('--connections takes two numbers');
  return {
    rounds: number('rounds', values.rounds, 1, 100, true),
    seconds: number('seconds', values.seconds, 0.1, 60, false),
    warmUp: number('warm-up', values['warm-up'], 0, 60, false),
    connections: { SharedCase: number('connections', shared, 1, 256, true), CaseList: number('connections', list, 1, 256, true) },
    targets: targets.map(({ name }) => name).filter((name) => wanted.includes(name)),
    operations: values.operation === undefined ? (profile ? [profile] : operationNames) : [operation('operation', values.operation)],
    rights: values.rights === 'on',
    profile,
    results: resolve(values.results),
  };
}
