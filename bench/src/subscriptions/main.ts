import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { civilDate, systemClock } from '@casebridge/kernel';
import { directoryOf, mintDevelopmentToken } from '@casebridge/platform';
import { benchCommand, type BenchRun, say } from '../command';
import { type CpuProfile, summariseProfile } from '../gateway/profile-summary';
import { readerAgency } from '../gateway/settings';
import { type Child, servingFlags, startChild } from '../processes';
import { textTable } from '../table';
import { command } from './control';
import type { BurstReport } from './gateway-server';
import type { Memory } from './memory';
import { help, parseSubscriptionOptions, type SubscriptionOptions } from './options';
import type { HeardReport } from './readers-server';
import { type FanOutMeasurement, type IdleMeasurement, missing, subscriptionMarkdown, subscriptionText } from './report';

const query = 'subscription Ticks { ticked { n at text case { no title } } }';
/** Streams are open a moment after they were asked for; messages are in a moment after they were sent. */
const settleMs = 20_000;

interface Stage {
  readonly gateway: Child;
  readonly readers: Child;
  readonly url: string;
  readonly signal: AbortSignal;
  readonly profileFile: string;
}

async function openStage(options: SubscriptionOptions, closing: BenchRun['closing'], signal: AbortSignal): Promise<Stage> {
  const dataDir = await mkdtemp(join(tmpdir(), 'casebridge-bench-subscriptions-'));
  closing.add(() => rm(dataDir, { recursive: true, force: true }));
  const agency = directoryOf([{ ...readerAgency, functions: [...readerAgency.functions] }]).agency(readerAgency.code);
  if (!agency) throw new Error('the reader has no agency');
  const token = await mintDevelopmentToken({ dataDir, nodeEnv: 'development', agency, clock: systemClock, purpose: 'bench', expiresIn: '1d' });
  const profileFile = join(options.results, 'subscriptions.cpuprofile');
  const start = (name: string, script: string, env: Record<string, string>, flags: readonly string[] = []): Promise<Child> =>
    startChild({ name, script: `bench/dist/subscriptions/${script}.js`, flags, signal, env: { NODE_ENV: 'production', APOLLO_TELEMETRY_DISABLED: 'true', ...env } }, (stop) => closing.add(stop));
  const gateway = await start('gateway', 'gateway-server', { HUB_DATA_DIR: dataDir, ...(options.profile ? { BENCH_PROFILE: profileFile } : {}) }, servingFlags);
  const readers = await start('readers', 'readers-server', { BENCH_TOKEN: token });
  const { url } = await command<{ url: string }>(gateway.url, 'gateway', {}, signal);
  return { gateway, readers, url, signal, profileFile };
}

const memoryOf = ({ gateway, signal }: Stage): Promise<Memory & { streams: number; upstreams: number }> => command(gateway.url, 'memory', {}, signal);

/** Opens as many readers, and waits until the gateway has them all. */
async function openReaders(stage: Stage, count: number): Promise<void> {
  await command(stage.readers.url, 'open', { count, query, url: stage.url }, stage.signal);
  for (const startedAt = performance.now(); ; ) {
    const { streams } = await memoryOf(stage);
    if (streams === count) return;
    if (performance.now() - startedAt > settleMs) throw new Error(`${streams} of ${count} streams are open`);
  }
}

async function measureIdle(stage: Stage, count: number): Promise<IdleMeasurement> {
  // What the first of them loads stays, and is nobody's.
  await openReaders(stage, Math.min(100, count));
  await command(stage.readers.url, 'close', {}, stage.signal);
  await openReadersGone(stage);
  const before = await memoryOf(stage);
  await openReaders(stage, count);
  const after = await memoryOf(stage);
  await command(stage.readers.url, 'close', {}, stage.signal);
  await openReadersGone(stage);
  return { readers: count, before, after };
}

async function openReadersGone(stage: Stage): Promise<void> {
  for (const startedAt = performance.now(); ; ) {
    const { streams, upstreams } = await memoryOf(stage);
    if (streams === 0 && upstreams === 0) return;
    if (performance.now() - startedAt > settleMs) throw new Error(`${streams} streams and ${upstreams} upstreams were left open`);
  }
}

async function measureFanOut(stage: Stage, readers: number, rate: number, size: number, seconds: number): Promise<FanOutMeasurement> {
  const burst = await command<BurstReport>(stage.gateway.url, 'burst', { rate, seconds, size }, stage.signal);
  const heard = await command<HeardReport>(stage.readers.url, 'heard', {}, stage.signal);
  return { readers, rate, size, burst, heard };
}

async function whenWritten(file: string): Promise<string> {
  for (const startedAt = performance.now(); ; ) {
    const text = await readFile(file, 'utf8').catch(() => null);
    if (text !== null) return text;
    if (performance.now() - startedAt > settleMs) throw new Error('the profile was not written');
    await new Promise((wake) => setTimeout(wake, 50));
  }
}

async function run(options: SubscriptionOptions, { closing, command: commandLine, signal }: BenchRun): Promise<void> {
  const loadBefore = loadavg()[0] ?? 0;
  await mkdir(options.results, { recursive: true });
  const stage = await openStage(options, closing, signal);
  say(`Opening ${options.idle} idle readers …`);
  const idle = await measureIdle(stage, options.idle);
  await openReaders(stage, options.readers);
  await measureFanOut(stage, options.readers, 20, 60, 1.5); // warm
  if (options.profile) {
    await rm(stage.profileFile, { force: true });
    process.kill(stage.gateway.pid, 'SIGUSR2');
  }
  const fanOut: FanOutMeasurement[] = [];
  for (const size of options.sizes) {
    for (const rate of options.rates) {
      say(`${options.readers} readers, ${rate} events/s with ${size} characters …`);
      fanOut.push(await measureFanOut(stage, options.readers, rate, size, options.seconds));
    }
  }
  if (options.profile) {
    process.kill(stage.gateway.pid, 'SIGUSR2');
    const { byFunction } = summariseProfile(JSON.parse(await whenWritten(stage.profileFile)) as CpuProfile);
    say(`\n${textTable([['self time by function', ''], ...byFunction.map(({ name, share }) => [name, `${(share * 100).toFixed(1)} %`])])}`);
  }
  const conditions = { command: commandLine, date: civilDate(systemClock.now()), node: process.version, cores: availableParallelism(), loadBefore };
  await writeFile(join(options.results, 'subscriptions-latest.json'), `${JSON.stringify({ conditions, idle, fanOut }, null, 2)}\n`);
  await writeFile(join(options.results, 'subscriptions-latest.md'), subscriptionMarkdown(idle, fanOut, conditions));
  say(`\n${subscriptionText(idle, fanOut)}`);
  const lost = fanOut.reduce((sum, m) => sum + missing(m), 0);
  if (lost !== 0) throw new Error(`${lost} messages are missing: these numbers mean nothing\n${stage.gateway.lastWords()}`);
}

benchCommand({ script: 'bench:subscriptions', help, parse: parseSubscriptionOptions, run });
