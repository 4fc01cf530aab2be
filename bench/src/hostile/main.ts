import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Closing } from '../closing';
import { compareGateways } from '../gateway/equality';
import type { GatewayTarget } from '../gateway/gateway-target';
import { type GatewayOperation, operationsFor } from '../gateway/operations';
import { worldHere, worldSeed } from '../gateway/settings';
import { openGatewayStage } from '../gateway/stage';
import { BadOption, number } from '../option-values';
import { endLeftovers, startChild } from '../processes';
import { measurement, medianRatio, type Measurement, summarise } from '../statistics';
import { command } from '../subscriptions/control';
import { digits, textTable, times } from '../table';
import { attacks } from './attacks';
import type { AttackReport } from './attacker';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const help = `What an agency's requests take while hostile clients do what they can. See bench/README.md.

  node bench/dist/hostile/main.js [--rounds 5] [--seconds 4] [--rate 100] [--asked 60] [--only deep,noise]

  --rounds   each is measured quiet and under attack, one after the other
  --rate     hostile connections per second; every kind in turn
  --asked    requests of the agency per second, within its budget
  --only     kinds of attack
`;

/** Asks at a steady rate, whether answers come or not: a late answer delays no question, and the wait counts from when it was due. */
async function pace(target: GatewayTarget, operation: GatewayOperation, asked: number, seconds: number): Promise<Measurement> {
  const latencies: number[] = [];
  let errors = 0;
  const startedAt = performance.now();
  const asking: Promise<void>[] = [];
  for (let n = 0; n < asked * seconds; n += 1) {
    const due = startedAt + (n * 1_000) / asked;
    await sleep(Math.max(0, due - performance.now()));
    const variables = operation.variables[n % operation.variables.length] ?? {};
    asking.push(target.send(operation, variables).then(
      ({ status, text }) => void (status === 200 && text.startsWith('{"data":') ? latencies.push(performance.now() - due) : (errors += 1)), () => void (errors += 1),
    ));
  }
  await Promise.all(asking);
  return measurement(latencies, errors, (performance.now() - startedAt) / 1_000);
}

interface HostileOptions {
  readonly rounds: number;
  readonly seconds: number;
  readonly rate: number;
  readonly asked: number;
  readonly only: readonly string[];
}

async function run({ asked, only, rate, rounds, seconds }: HostileOptions, signal: AbortSignal): Promise<void> {
  const closing = new Closing();
  try {
    const stage = await openGatewayStage({ wanted: ['hub'], rights: false, profileFile: null, signal, closing, say });
    const [target] = stage.targets;
    const operation = operationsFor(worldHere(), worldSeed).find(({ name }) => name === 'SharedCase');
    if (!target || !operation) throw new Error('nothing to measure');
    await compareGateways(stage.targets, [operation], signal);
    const attacker = await startChild(
      { name: 'attacker', script: 'bench/dist/hostile/attacker.js', signal, env: { NODE_ENV: 'production', BENCH_TARGET: target.origin.origin } }, (stop) => closing.add(stop),
    );
    await pace(target, operation, asked, 2);
    const quiet: Measurement[] = [];
    const attacked: Measurement[] = [];
    let report: AttackReport = { sent: 0, statuses: {} };
    for (let round = 1; round <= rounds; round += 1) {
      quiet.push(await pace(target, operation, asked, seconds));
      await command(attacker.url, 'begin', { rate, only }, signal);
      attacked.push(await pace(target, operation, asked, seconds));
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
  } finally {
    await closing.run();
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '5' }, seconds: { type: 'string', default: '4' }, rate: { type: 'string', default: '100' },
      asked: { type: 'string', default: '60' }, only: { type: 'string' }, help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return say(help);
  const interrupted = new AbortController();
  process.on('SIGINT', () => interrupted.abort(new Error('interrupted'))).on('SIGTERM', () => interrupted.abort(new Error('interrupted'))).once('exit', endLeftovers);
  const options: HostileOptions = {
    rounds: number('rounds', values.rounds, 1, 50, true), seconds: number('seconds', values.seconds, 0.5, 30, false), rate: number('rate', values.rate, 1, 1_000, true),
    asked: number('asked', values.asked, 1, 90, true), only: values.only?.split(',') ?? [],
  };
  const unknown = options.only.filter((name) => !(name in attacks));
  if (unknown.length > 0) throw new BadOption(`--only takes ${Object.keys(attacks).join(', ')}`);
  await run(options, interrupted.signal);
}

main().then(
  () => process.exit(0),
  (cause: unknown) => {
    process.stderr.write(`${cause instanceof Error ? cause.message : 'failed'}\n`);
    process.exit(1);
  },
);
