import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoAgencies, serviceNames } from '@casebridge/contracts';
import { systemClock } from '@casebridge/kernel';
import { createLogger, cursorSecret, CursorCodec, mintDevelopmentToken } from '@casebridge/platform';
import type { Closing } from './closing';
import { openDatabases } from './databases';
import type { Options } from './options';
import { type Child, freePort, servingFlags, startChild } from './processes';
import { Target } from './target';

/** Everything that is measured, up and seeded. */
export interface Stage {
  readonly targets: readonly Target[];
  /** What is in a cursor of a list. */
  openCursor(list: string, cursor: string): unknown;
  readonly postgresVersion: string;
  /** What each process said last, for when something went wrong. */
  lastWords(): string;
}

/** Who reads: an officer of a city bureau with the functions DRUG and MARKET. The rights of the limit are written for him. */
const readerAgency = 'MRA-210100';
const readerOfficer = 'MRA-210100-2';

export interface StageRequest {
  readonly options: Options;
  readonly signal: AbortSignal;
  readonly closing: Closing;
  readonly say: (line: string) => void;
}

/**
 * One PostgreSQL, one set of databases, and in front of them: the hub in one process; four services over HTTP with our gateway and with
 * a stock one before them; the hand-written server.
 */
export async function openStage({ options, signal, closing, say }: StageRequest): Promise<Stage> {
  const logger = createLogger({ name: 'bench', level: 'warn', clock: systemClock });
  const dataDir = await mkdtemp(join(tmpdir(), 'casebridge-bench-'));
  closing.add(() => rm(dataDir, { recursive: true, force: true }));
  await chmod(dataDir, 0o711); // for root: the user of the database must be able to pass, else the cluster is kept elsewhere

  say(`Starting PostgreSQL and seeding ${options.scale} …`);
  const { env, postgresVersion } = await openDatabases(dataDir, options, logger, (stop) => closing.add(stop));
  signal.throwIfAborted();

  const children: Child[] = [];
  const start = (name: string, script: string, extra: Record<string, string> = {}): Promise<Child> =>
    startChild({ name, script, signal, env: { ...env, PORT: '0', ...extra }, ...(name === 'hub' || name === 'gateway' ? { flags: servingFlags } : {}) }, (stop) => closing.add(stop)).then((child) => {
      children.push(child);
      return child;
    });
  say('Starting the processes …');
  const hub = await start('hub', 'apps/hub/dist/main.js', { HUB_SEED: 'none' });
  // The services wait for the gateway's key, the gateway answers before its services: they start together.
  const ports = await Promise.all(serviceNames.map(async (name) => [name, await freePort()] as const));
  const serviceUrls = Object.fromEntries(ports.map(([name, port]) => [`SERVICE_URL_${name.toUpperCase()}`, `http://127.0.0.1:${port}`]));
  const [gateway] = await Promise.all([
    start('gateway', 'gateway/dist/main.js', serviceUrls),
    ...ports.map(([name, port]) => start(name, `services/${name}/dist/main.js`, { PORT: String(port) })),
  ]);
  const stock = await start('stock', 'bench/dist/stock-server.js', { ...serviceUrls, APOLLO_TELEMETRY_DISABLED: 'true' });
  const limit = await start('limit', 'bench/dist/limit-server.js', { LIMIT_LOG: options.limitLog ? 'on' : 'off' });

  const token = await readerToken(dataDir);
  const codec = new CursorCodec(await cursorSecret(dataDir));
  const twoDoors = { agencies: '/graphql', everybody: '/public/graphql' };
  const oneDoor = { agencies: '/graphql', everybody: '/graphql' };
  const targets = [
    new Target('hub', hub.url, twoDoors, token, options.connections),
    new Target('hub-http', gateway.url, twoDoors, token, options.connections),
    new Target('stock', stock.url, oneDoor, token, options.connections),
    new Target('limit', limit.url, oneDoor, token, options.connections),
  ];
  for (const target of targets) closing.add(() => target.close());
  return { targets, openCursor: (list, cursor) => codec.decode(list, cursor), postgresVersion, lastWords: () => lastWordsOf(children) };
}

const lastWordsOf = (children: readonly Child[]): string =>
  children.map((child) => ({ name: child.name, words: child.lastWords().trim() })).filter(({ words }) => words !== '')
    .map(({ name, words }) => `${name}:\n${words}`).join('\n');

function readerToken(dataDir: string): Promise<string> {
  const agency = demoAgencies.find((a) => a.code === readerAgency);
  if (!agency) throw new Error(`${readerAgency} is not in the demo data`);
  return mintDevelopmentToken({ dataDir, nodeEnv: 'development', agency, officerId: readerOfficer, clock: systemClock, purpose: 'bench', expiresIn: '1d' });
}
