import 'reflect-metadata';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { demoAgencies, type ServiceName, serviceNames } from '@casebridge/contracts';
import { ensureSeed, parseHubConfig, prepareDatabases, type RunningHub, services, startHub } from '@casebridge/hub';
import { systemClock } from '@casebridge/kernel';
import { busMigrations, createLogger, mintDevelopmentToken, officerRoles, silentLogger } from '@casebridge/platform';
import { cloneDatabase, type TestDatabase } from '@casebridge/testkit';
import { HubClient } from './client';

export type Mode = 'in process' | 'over http';

export interface TokenOptions {
  readonly roles?: readonly string[];
  readonly scopes?: readonly string[];
  readonly purpose?: string;
  readonly expiresIn?: string;
}

/** The whole hub on its own databases with demo data. */
export interface Stack {
  readonly mode: Mode;
  readonly url: string;
  readonly dataDir: string;
  readonly databases: Readonly<Record<string, TestDatabase>>;
  /** Only in process. */
  readonly hub: RunningHub | null;
  /** Only over HTTP: the processes by name, for tests that end one. */
  readonly processes: ReadonlyMap<string, ChildProcess>;
  token(agency: string, officer?: number, options?: TokenOptions): Promise<string>;
  /** A client with the token of an officer; number 1 is the head. */
  as(agency: string, officer?: number, options?: TokenOptions): Promise<HubClient>;
  readonly anonymous: HubClient;
  stop(): Promise<void>;
}

const home = resolve(__dirname, '../..');
const logger = process.env['E2E_LOG'] ? createLogger({ name: 'e2e', clock: systemClock }) : silentLogger;

export async function startStack(mode: Mode): Promise<Stack> {
  const dataDir = await mkdtemp(join(tmpdir(), 'casebridge-e2e-'));
  const databases: Record<string, TestDatabase> = {};
  for (const service of services) databases[service.name] = await cloneDatabase(service);
  databases['bus'] = await cloneDatabase({ name: 'bus', migrations: busMigrations, appendOnly: ['bus_event'] });
  const urls = Object.fromEntries(Object.entries(databases).flatMap(([name, db]) => [
    [`DATABASE_URL_${name.toUpperCase()}`, db.url], [`DATABASE_OWNER_URL_${name.toUpperCase()}`, db.ownerUrl],
  ]));
  const env = { ...urls, NODE_ENV: 'development', HUB_DEV: '1', HUB_DATA_DIR: dataDir, PORT: '0', HUB_ADMIN_PORT: '0', HUB_HOST: '127.0.0.1', LOG_LEVEL: 'warn' };
  const started = mode === 'in process' ? await inProcess(env) : await overHttp(env);

  const token = (agency: string, officer = 2, options: TokenOptions = {}): Promise<string> => {
    const record = demoAgencies.find((a) => a.code === agency) ?? { code: agency, issuer: `urn:casebridge:dev:${agency}`, status: 'ACTIVE' as const, officers: [] };
    return mintDevelopmentToken({
      dataDir, nodeEnv: 'development', agency: record, officerId: `${agency}-${officer}`, clock: systemClock, scopes: options.scopes ?? [],
      purpose: options.purpose ?? 'e2e', expiresIn: options.expiresIn ?? '1h', ...(options.roles ? { roles: officerRoles(options.roles) } : {}),
    });
  };
  return {
    mode, url: started.url, dataDir, databases, hub: started.hub, processes: started.processes, token,
    as: async (agency, officer, options) => new HubClient(started.url, await token(agency, officer, options)),
    anonymous: new HubClient(started.url, null),
    stop: async () => {
      await started.stop();
      await Promise.all(Object.values(databases).map((db) => db.drop()));
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

interface Started {
  readonly url: string;
  readonly hub: RunningHub | null;
  readonly processes: ReadonlyMap<string, ChildProcess>;
  stop(): Promise<void>;
}

async function inProcess(env: Record<string, string>): Promise<Started> {
  const hub = await startHub({ config: parseHubConfig({ ...env, HUB_SEED: 'demo' }), logger });
  return { url: hub.gateway.url, hub, processes: new Map(), stop: () => hub.stop() };
}

/** The distributed form: the processes that `docker-compose.yml` runs, started by hand. */
async function overHttp(env: Record<string, string>): Promise<Started> {
  const config = parseHubConfig({ ...env, HUB_SEED: 'demo' });
  const { addresses } = await prepareDatabases(config, logger);
  if (config.seed) await ensureSeed({ addresses, seed: config.seed, dataDir: config.dataDir, logger });
  const processes = new Map<string, ChildProcess>();
  const entry = (name: string): string => (name === 'gateway' ? 'gateway/dist/main.js' : `services/${name}/dist/main.js`);
  const start = async (name: string, extra: Record<string, string>): Promise<string> => {
    const child = spawn(process.execPath, [resolve(home, entry(name))], { cwd: tmpdir(), env: { PATH: process.env['PATH'] ?? '', ...env, ...extra }, stdio: ['ignore', 'pipe', 'inherit'] });
    processes.set(name, child);
    return readyUrl(name, child);
  };
  // The services wait for the gateway's key, the gateway answers before its services: they start together.
  const ports = Object.fromEntries(await Promise.all(serviceNames.map(async (name): Promise<[ServiceName, number]> => [name, await freePort()])));
  const serviceUrls = Object.fromEntries(serviceNames.map((name) => [`SERVICE_URL_${name.toUpperCase()}`, `http://127.0.0.1:${ports[name]}`]));
  const [url] = await Promise.all([
    start('gateway', serviceUrls),
    ...serviceNames.map((name) => start(name, { PORT: String(ports[name]) })),
  ]);
  const base = (url as string).replace(/\/graphql$/, '');
  return {
    url: base, hub: null, processes,
    stop: async () => {
      await Promise.all([...processes.values()].map(ended));
    },
  };
}

const readyUrl = (name: string, child: ChildProcess): Promise<string> =>
  new Promise((resolveUrl, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const found = /^ready .*?(http:\/\/[^\s)]+)/m.exec(text);
      if (found) resolveUrl(found[1] as string);
    });
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code} before it was ready`)));
  });

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolveEnd) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolveEnd();
    child.once('exit', () => resolveEnd());
    child.kill('SIGTERM');
  });

export function freePort(): Promise<number> {
  return new Promise((resolvePort) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolvePort(port));
    });
  });
}
