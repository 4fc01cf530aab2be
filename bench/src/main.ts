import 'reflect-metadata';
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { civilDate, systemClock } from '@casebridge/kernel';
import { benchCommand, type BenchRun, say } from './command';
import { compareAnswers } from './equality';
import { measure } from './load';
import type { Operation, OperationName } from './operation';
import { prepareOperations } from './operations';
import { help, type Options, parseOptions } from './options';
import { asJson, asMarkdown, asText, errorsIn, progressLine, reportOf, type Rounds } from './report';
import { openStage, type Stage } from './stage';
import type { Measurement } from './statistics';
import type { TargetName } from './target';

/** The first failures are told in full; the table counts them all. */
function tellFirst(count: number): (what: string) => void {
  let told = 0;
  return (what) => {
    told += 1;
    if (told <= count) process.stderr.write(`${what}\n`);
  };
}

/** Each round measures every operation on every target, one after the other; who comes first changes from round to round. */
async function measureAll(stage: Stage, operations: readonly Operation[], options: Options, signal: AbortSignal): Promise<Rounds> {
  const { connections, rounds, seconds, warmUp } = options;
  const results = new Map<OperationName, Map<TargetName, Measurement[]>>();
  const { targets } = stage;
  const onError = tellFirst(5);
  if (warmUp > 0) {
    say(`Warming up: ${warmUp} s each …`);
    for (const operation of operations) for (const target of targets) await measure(target, operation, { seconds: warmUp, connections, seed: 0, signal, onError });
  }
  for (let round = 1; round <= rounds; round += 1) {
    for (const [index, operation] of operations.entries()) {
      const seed = round * 1_000 + index;
      const measured = new Map<TargetName, Measurement>();
      for (let turn = 0; turn < targets.length; turn += 1) {
        const target = targets[(turn + round + index) % targets.length];
        if (target) measured.set(target.name, await measure(target, operation, { seconds, connections, seed, signal, onError }));
        signal.throwIfAborted();
      }
      const byTarget = results.get(operation.name) ?? new Map<TargetName, Measurement[]>();
      for (const [name, m] of measured) byTarget.set(name, [...(byTarget.get(name) ?? []), m]);
      results.set(operation.name, byTarget);
      say(progressLine(round, operation.name, measured));
    }
  }
  return results;
}

async function writeResults(rounds: Rounds, postgres: string, options: Options, command: string): Promise<number> {
  const { connections, limitLog, results, scale, seconds } = options;
  const conditions = {
    command, date: civilDate(systemClock.now()), node: process.version, postgres, cores: availableParallelism(), scale, rounds: options.rounds, seconds,
    connections, limitLog,
  };
  const reports = reportOf(rounds);
  await mkdir(results, { recursive: true });
  await writeFile(join(results, 'latest.json'), asJson(reports, rounds, conditions));
  await writeFile(join(results, 'latest.md'), asMarkdown(reports, conditions));
  say(`\n${asText(reports)}\n\nWritten to ${results}`);
  return errorsIn(reports);
}

async function run(options: Options, { closing, command, signal }: BenchRun): Promise<void> {
  const stage = await openStage({ options, signal, closing, say });
  const [hub] = stage.targets;
  if (!hub) throw new Error('nothing to measure');
  const operations = await prepareOperations(hub);
  const compared = await compareAnswers(stage, operations, signal);
  say(`${compared} answers equal those of the hub`);
  const rounds = await measureAll(stage, operations, options, signal);
  const errors = await writeResults(rounds, stage.postgresVersion, options, command);
  if (errors > 0) throw new Error(`${errors} requests failed: these numbers mean nothing\n${stage.lastWords()}`);
}

benchCommand({ script: 'bench', help, parse: parseOptions, run });
