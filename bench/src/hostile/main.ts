import { parseArgs } from 'node:util';
import { benchCommand, type BenchRun, say } from '../command';
import { compareGateways } from '../gateway/equality';
import { operationsFor } from '../gateway/operations';
import { worldHere, worldSeed } from '../gateway/settings';
import { openGatewayStage } from '../gateway/stage';
import { BadOption, number } from '../option-values';
import { measurePaced } from '../paced';
import { startChild } from '../processes';
import { medianRatio, type Measurement, summarise } from '../statistics';
import { command } from '../subscriptions/control';
import { digits, textTable, times } from '../table';
import { attacks } from './attacks';
import type { AttackReport } from './attacker';

const help = `What an agency's requests take while hostile clients do what they can. See bench/README.md.

  npm run bench:hostile -- [--rounds 5] [--seconds 4] [--rate 100] [--asked 60] [--only deep,noise]

  --rounds   each is measured quiet and under attack, one after the other
  --rate     hostile connections per second; every kind in turn
  --asked    requests of the agency per second, within its budget
  --only     kinds of attack
`;

interface HostileOptions {
  readonly rounds: number;
  readonly seconds: number;
  readonly rate: number;
  readonly asked: number;
  readonly only: readonly string[];
}

async function run({ asked, only, rate, rounds, seconds }: HostileOptions, { closing, signal }: BenchRun): Promise<void> {
  const stage = await openGatewayStage({ wanted: ['hub'], rights: false, profileFile: null, signal, closing, say });
  const [target] = stage.targets;
  const operation = operationsFor(worldHere(), worldSeed).find(({ name }) => name === 'SharedCase');
  if (!target || !operation) throw new Error('nothing to measure');
  await compareGateways(stage.targets, [operation], signal);
  const attacker = await startChild(
    { name: 'attacker', script: 'bench/dist/hostile/attacker.js', signal, env: { NODE_ENV: 'production', BENCH_TARGET: target.origin.origin } }, (stop) => closing.add(stop),
  );
  const paced = (round: number): Promise<Measurement> =>
    measurePaced(target, operation, { arrivals: 'even', perSecond: asked, seconds: round === 0 ? 2 : seconds, seed: round, signal, onError: () => undefined });
  await paced(0);
  const quiet: Measurement[] = [];
  const attacked: Measurement[] = [];
  let report: AttackReport = { sent: 0, statuses: {} };
  for (let round = 1; round <= rounds; round += 1) {
    quiet.push(await paced(round));
    await command(attacker.url, 'begin', { rate, only }, signal);
    attacked.push(await paced(round));
    report = await command<AttackReport>(attacker.url, 'end', {}, signal);
    signal.throwIfAborted();
  }
  const rows = [['quiet', summarise(quiet)], ['under attack', summarise(attacked)]] as const;
  say(`\n${textTable([['SharedCase', 'requests', 'errors', 'p50 ms', 'p99 ms'], ...rows.map(([name, s]) => [name, String(s.requests), String(s.errors), digits(s.p50, 2), digits(s.p99, 2)])])}`);
  say(`\np99 under attack to quiet, median of ${rounds} rounds: ${times(medianRatio(attacked, quiet, ({ p99 }) => p99))} (bar 2x)`);
  say(`${report.sent} hostile connections, answered ${JSON.stringify(report.statuses)} (0: closed without a word)`);
  const broken = Object.keys(report.statuses).filter((status) => Number(status) >= 500 && status !== '503');
  if (broken.length > 0) throw new Error(`the gateway answered ${broken.join(', ')}\n${stage.lastWords()}`);
  const errors = summarise(attacked).errors + summarise(quiet).errors;
  if (errors > 0) throw new Error(`${errors} requests of the agency were not answered`);
}

function parse(args: readonly string[]): HostileOptions | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: 'string', default: '5' }, seconds: { type: 'string', default: '4' }, rate: { type: 'string', default: '100' },
      asked: { type: 'string', default: '60' }, only: { type: 'string' }, help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  const options: HostileOptions = {
    rounds: number('rounds', values.rounds, 1, 50, true), seconds: number('seconds', values.seconds, 0.5, 30, false), rate: number('rate', values.rate, 1, 1_000, true),
    asked: number('asked', values.asked, 1, 90, true), only: values.only?.split(',') ?? [],
  };
  const unknown = options.only.filter((name) => !(name in attacks));
  if (unknown.length > 0) throw new BadOption(`--only takes ${Object.keys(attacks).join(', ')}`);
  return options;
}

benchCommand({ script: 'bench:hostile', help, parse, run });
