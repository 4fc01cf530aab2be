import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { civilDate, systemClock } from '@casebridge/kernel';
import { benchCommand, type BenchRun, say } from '../command';
import { compareGateways } from '../gateway/equality';
import type { GatewayTarget } from '../gateway/gateway-target';
import { type GatewayOperation, operationsFor } from '../gateway/operations';
import { worldHere, worldSeed } from '../gateway/settings';
import { openGatewayStage } from '../gateway/stage';
import { measure } from '../load';
import { type Arrivals, measurePaced } from '../paced';
import { help, parseSoakOptions, type SoakOptions } from './options';
import { type Memory, type Pace, type Paced, type Soak, soakMarkdown } from './report';
import { type Sample, trendOf } from './trend';

const connections = { SharedCase: 16, CaseList: 4 } as const;
const settleSeconds = 60;
const sliceSeconds = 5;

interface Run {
  readonly target: GatewayTarget;
  readonly options: SoakOptions;
  readonly signal: AbortSignal;
}

const onError = (what: string): void => void process.stderr.write(`${what}\n`);

async function pace({ options: { seconds, share }, signal, target }: Run, operation: GatewayOperation, round: number): Promise<Paced> {
  const peak = await measure(target, operation, { seconds, connections: connections[operation.name], seed: round, signal, onError });
  const at = (arrivals: Arrivals) => measurePaced(target, operation, { arrivals, perSecond: peak.rps * share, seconds, seed: round, signal, onError });
  const even = await at('even');
  target.dropConnections();
  const random = await at('random');
  target.dropConnections();
  say(`${target.name}, ${operation.name}: peak ${peak.rps.toFixed(0)}/s; p99 ${even.p99?.toFixed(1)} ms of p50 ${even.p50?.toFixed(1)} ms, at random ${random.p99?.toFixed(1)} of ${random.p50?.toFixed(1)}`);
  return { peak: peak.rps, even, random };
}

async function memory({ options: { minutes }, signal, target }: Run, operation: GatewayOperation): Promise<Memory> {
  const samples: Sample[] = [];
  let requests = 0;
  let errors = 0;
  const startedAt = performance.now();
  const seconds = (): number => (performance.now() - startedAt) / 1_000;
  while (seconds() < minutes * 60) {
    const slice = await measure(target, operation, { seconds: sliceSeconds, connections: connections[operation.name], seed: samples.length, signal, onError });
    signal.throwIfAborted();
    requests += slice.requests;
    errors += slice.errors;
    const mebibytes = await target.memory();
    if (mebibytes !== null) samples.push({ seconds: seconds(), mebibytes });
    if (samples.length % 12 === 0) say(`${operation.name}: ${seconds().toFixed(0)} s, ${requests} requests, ${mebibytes?.toFixed(0)} MiB`);
  }
  target.dropConnections();
  return { operation: operation.name, minutes, rps: requests / seconds(), requests, errors, trend: trendOf(samples, settleSeconds) };
}

async function run(options: SoakOptions, { closing, command, signal }: BenchRun): Promise<void> {
  const loadBefore = loadavg()[0] ?? 0;
  const stage = await openGatewayStage({ wanted: [options.form, 'limit'], rights: options.rights, profileFile: null, signal, closing, say });
  const target = stage.targets.find(({ name }) => name === options.form);
  if (!target) throw new Error(`${options.form} did not start`);
  const operations = operationsFor(worldHere(), worldSeed).filter(({ name }) => options.operations.includes(name));
  await compareGateways(stage.targets, operations, signal);
  const paces = operations.flatMap((operation) => stage.targets.map((paced) => ({ operation, paced, rounds: new Array<Paced>() })));
  for (const { operation, paced } of paces) await measure(paced, operation, { seconds: 4, connections: connections[operation.name], seed: 0, signal, onError });
  for (let round = 1; round <= options.rounds; round += 1) {
    for (const { operation, paced, rounds } of paces) rounds.push(await pace({ target: paced, options, signal }, operation, round));
  }
  const long: Memory[] = [];
  if (options.minutes > 0) for (const operation of operations) long.push(await memory({ target, options, signal }, operation));
  const soak: Soak = {
    conditions: { command, date: civilDate(systemClock.now()), node: process.version, cores: availableParallelism(), loadBefore, form: options.form, share: options.share, settleSeconds },
    paces: paces.map(({ operation, paced, rounds }): Pace => ({ operation: operation.name, target: paced.name, rounds })), memory: long,
  };
  await mkdir(options.results, { recursive: true });
  await writeFile(join(options.results, 'soak-latest.json'), `${JSON.stringify(soak, null, 2)}\n`);
  await writeFile(join(options.results, 'soak-latest.md'), soakMarkdown(soak));
  say(`\n${soakMarkdown(soak)}`);
  const errors = [...paces.flatMap(({ rounds }) => rounds.flatMap(({ even, random }) => [even.errors, random.errors])), ...long.map((m) => m.errors)].reduce((sum, n) => sum + n, 0);
  if (errors > 0) throw new Error(`${errors} requests failed: these numbers mean nothing\n${stage.lastWords()}`);
}

benchCommand({ script: 'bench:soak', help, parse: parseSoakOptions, run });
