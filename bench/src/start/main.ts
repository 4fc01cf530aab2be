import 'reflect-metadata';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { civilDate, systemClock } from '@casebridge/kernel';
import { benchCommand, type BenchRun, say } from '../command';
import { inherited } from '../config';
import { help, parseStartOptions, type StartOptions } from './options';
import { missed, startJson, startMarkdown, startText, type StartTimes } from './report';
import { endTimedCommands, timed } from './timed-command';

const inSeconds = (ms: number): string => `${(ms / 1_000).toFixed(2)} s`;

/** The environment of a hub on a new data folder, which the database user may enter even where root runs the bench. */
async function environment(closing: BenchRun['closing']): Promise<NodeJS.ProcessEnv> {
  const folder = await mkdtemp(join(tmpdir(), 'casebridge-bench-start-'));
  closing.add(() => rm(folder, { recursive: true, force: true }));
  await chmod(folder, 0o711);
  const { PATH, HOME } = inherited();
  return { PATH, HOME, HUB_DATA_DIR: folder, PORT: '0', HUB_ADMIN_PORT: '0', LOG_LEVEL: 'warn' };
}

async function measure({ seed, starts }: StartOptions, { closing, signal }: BenchRun): Promise<StartTimes> {
  const env = await environment(closing);
  const start = (command: string, ...args: string[]): Promise<number> => timed({ command, args, env, signal }, /^ready /m);
  const byNpm = (): Promise<number> => start('npm', 'start');
  const first = [await byNpm()];
  say(`first start ${first.map(inSeconds).join()}`);
  const second: number[] = [];
  const secondByNode: number[] = [];
  for (let round = 1; round <= starts; round += 1) {
    second.push(await byNpm());
    secondByNode.push(await start(process.execPath, 'apps/hub/dist/main.js'));
    say(`second start ${round}  npm ${second.slice(-1).map(inSeconds).join()}  node ${secondByNode.slice(-1).map(inSeconds).join()}`);
  }
  if (!seed) return { first, second, secondByNode, provinceYear: null };
  const args = ['apps/hub/dist/seed-cli.js', '--scale', 'province-year'];
  const provinceYear = [await timed({ command: process.execPath, args, env: await environment(closing), signal }, null)];
  say(`province-year ${provinceYear.map(inSeconds).join()}`);
  return { first, second, secondByNode, provinceYear };
}

async function run(options: StartOptions, bench: BenchRun): Promise<void> {
  process.once('exit', endTimedCommands);
  const conditions = {
    command: bench.command, date: civilDate(systemClock.now()), node: process.version, cores: availableParallelism(), loadBefore: loadavg()[0] ?? 0,
  };
  const times = await measure(options, bench);
  await mkdir(options.results, { recursive: true });
  await writeFile(join(options.results, 'start.json'), startJson(times, conditions));
  await writeFile(join(options.results, 'start.md'), startMarkdown(times, conditions));
  say(`\n${startText(times)}\n\nLoad before the run ${conditions.loadBefore.toFixed(2)}. Written to ${options.results}`);
  const late = missed(times);
  if (late.length > 0) throw new Error(`Longer than it may take: ${late.join(', ')}`);
}

benchCommand({ script: 'bench:start', help, parse: parseStartOptions, run });
