import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { civilDate, systemClock } from '@casebridge/kernel';
import { benchCommand, type BenchRun, say } from '../command';
import { type Load, measure } from '../load';
import { percent, textTable } from '../table';
import { compareGateways } from './equality';
import type { GatewayTarget } from './gateway-target';
import { type GatewayOperation, type GatewayOperationName, operationsFor } from './operations';
import { type GatewayOptions, help, parseGatewayOptions } from './options';
import { type CpuProfile, summariseProfile } from './profile-summary';
import {
  gatewayErrors, gatewayJson, gatewayMarkdown, type GatewayMeasurement, gatewayProgress, gatewayReport, type GatewayRounds, gatewayText,
} from './report';
import { worldHere, worldSeed } from './settings';
import { type GatewayStage, openGatewayStage } from './stage';
import type { TargetName } from './targets';

function tellFirst(count: number): (what: string) => void {
  let told = 0;
  return (what) => {
    told += 1;
    if (told <= count) process.stderr.write(`${what}\n`);
  };
}

async function measureWithCpu(target: GatewayTarget, operation: GatewayOperation, load: Load): Promise<GatewayMeasurement> {
  const before = await target.cpu();
  const m = await measure(target, operation, load);
  const after = await target.cpu();
  const memory = await target.memory();
  target.dropConnections();
  const answered = m.requests - m.errors;
  if (!before || !after || answered === 0) return { ...m, gatewayCpu: null, totalCpu: null, memory };
  const gateway = after.gateway - before.gateway;
  return { ...m, gatewayCpu: gateway / answered, totalCpu: (gateway + after.services - before.services) / answered, memory };
}

async function warmUp({ targets }: GatewayStage, operations: readonly GatewayOperation[], options: GatewayOptions, signal: AbortSignal): Promise<void> {
  if (options.warmUp === 0) return;
  say(`Warming up: ${options.warmUp} s each …`);
  for (const operation of operations) {
    for (const target of targets) {
      await measure(target, operation, { seconds: options.warmUp, connections: options.connections[operation.name], seed: 0, signal, onError: tellFirst(1) });
      target.dropConnections();
    }
  }
}

/** Each round measures every operation on every target, one after the other; who comes first changes from round to round. */
async function measureAll({ targets }: GatewayStage, operations: readonly GatewayOperation[], options: GatewayOptions, signal: AbortSignal): Promise<GatewayRounds> {
  const results = new Map<GatewayOperationName, Map<TargetName, GatewayMeasurement[]>>();
  const onError = tellFirst(5);
  for (let round = 1; round <= options.rounds; round += 1) {
    for (const [index, operation] of operations.entries()) {
      const load = { seconds: options.seconds, connections: options.connections[operation.name], seed: round * 1_000 + index, signal, onError };
      const measured = new Map<TargetName, GatewayMeasurement>();
      for (let turn = 0; turn < targets.length; turn += 1) {
        const target = targets[(turn + round + index) % targets.length];
        if (target) measured.set(target.name, await measureWithCpu(target, operation, load));
        signal.throwIfAborted();
      }
      const byTarget = results.get(operation.name) ?? new Map<TargetName, GatewayMeasurement[]>();
      for (const [name, m] of measured) byTarget.set(name, [...(byTarget.get(name) ?? []), m]);
      results.set(operation.name, byTarget);
      say(gatewayProgress(round, operation.name, measured));
    }
  }
  return results;
}

/** Where the time of our gateway goes under one operation. */
async function profile({ profiled, targets }: GatewayStage, operations: readonly GatewayOperation[], options: GatewayOptions, signal: AbortSignal): Promise<void> {
  const operation = operations.find(({ name }) => name === options.profile);
  for (const target of targets) {
    const ours = profiled.get(target.name);
    if (!operation || !ours) continue;
    await rm(ours.file, { force: true });
    process.kill(ours.pid, 'SIGUSR2');
    const load = { seconds: options.seconds, connections: options.connections[operation.name], seed: 1, signal, onError: tellFirst(5) };
    const { rps } = await measure(target, operation, load);
    process.kill(ours.pid, 'SIGUSR2');
    const written = await whenWritten(ours.file, signal);
    const { byFunction, byPlace, idle } = summariseProfile(JSON.parse(written) as CpuProfile);
    const rows = (shares: readonly { name: string; share: number }[]): string[][] => shares.map(({ name, share }) => [name, `${(share * 100).toFixed(1)} %`]);
    say(`\n${target.name}, ${operation.name}: ${rps.toFixed(0)} requests/s with the profiler on, idle ${percent(idle)}\n`);
    say(`${textTable([['self time by place', ''], ...rows(byPlace.filter(({ share }) => share >= 0.003))])}\n`);
    say(`${textTable([['self time by function', ''], ...rows(byFunction)])}\n\nWritten to ${ours.file}`);
  }
}

const profileMs = 20_000;

async function whenWritten(file: string, signal: AbortSignal): Promise<string> {
  const deadline = performance.now() + profileMs;
  for (;;) {
    const text = await readFile(file, 'utf8').catch(() => null);
    if (text !== null) return text;
    signal.throwIfAborted();
    if (performance.now() > deadline) throw new Error('the profile was not written');
    await new Promise((wake) => setTimeout(wake, 50));
  }
}

async function report(rounds: GatewayRounds, { missing, peers }: GatewayStage, options: GatewayOptions, command: string, loadBefore: number): Promise<number> {
  const { connections, results, rights, seconds } = options;
  const conditions = {
    command, date: civilDate(systemClock.now()), node: process.version, cores: availableParallelism(), loadBefore, rounds: options.rounds, seconds, connections,
    rights, peers, missing,
  };
  const found = gatewayReport(rounds);
  await mkdir(results, { recursive: true });
  await writeFile(join(results, 'gateway-latest.json'), gatewayJson(found, rounds, conditions));
  await writeFile(join(results, 'gateway-latest.md'), gatewayMarkdown(found, conditions));
  say(`\n${gatewayText(found)}\n\nWritten to ${results}`);
  return gatewayErrors(found);
}

async function run(options: GatewayOptions, { closing, command, signal }: BenchRun): Promise<void> {
  const loadBefore = loadavg()[0] ?? 0;
  await mkdir(options.results, { recursive: true });
  const { profile: profiledOperation, results, rights } = options;
  const profileFile = profiledOperation && ((target: TargetName) => join(results, `gateway-${target}-${profiledOperation}.cpuprofile`));
  const stage = await openGatewayStage({ wanted: options.targets, rights, profileFile, signal, closing, say });
  const operations = operationsFor(worldHere(), worldSeed).filter(({ name }) => options.operations.includes(name));
  const compared = await compareGateways(stage.targets, operations, signal);
  if (compared > 0) say(`${compared} answers equal`);
  await warmUp(stage, operations, options, signal);
  if (options.profile) return await profile(stage, operations, options, signal);
  const rounds = await measureAll(stage, operations, options, signal);
  const errors = await report(rounds, stage, options, command, loadBefore);
  if (errors > 0) throw new Error(`${errors} requests failed: these numbers mean nothing\n${stage.lastWords()}`);
}

benchCommand({ script: 'bench:gateway', help, parse: parseGatewayOptions, run });
