import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { demoAgencies } from '@casebridge/contracts';
import { systemClock } from '@casebridge/kernel';
import { mintDevelopmentToken, officerRoles } from '@casebridge/platform';
import { Client } from 'undici';
import { HubClient } from './client';

/** Relative to the repository. */
const programs = { hub: 'apps/hub/dist/main.js', gateway: 'gateway/dist/main.js' } as const;
export const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

export interface WorkerState {
  readonly worker: number;
  readonly state: string;
  readonly pid?: number;
}

export interface Answer {
  readonly status: number;
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { readonly extensions: Record<string, unknown> }[];
}

/** A folder for a hub as a user has it; run by root, the database user must get in. */
export function dataFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'casebridge-workers-'));
  chmodSync(path, 0o711);
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }) };
}

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** Asks until it is so. */
export async function eventually<T>(what: string, ask: () => T | Promise<T>, holds: (value: T) => boolean, withinMs = 30_000): Promise<T> {
  const end = performance.now() + withinMs;
  for (;;) {
    const value = await ask();
    if (holds(value)) return value;
    if (performance.now() > end) throw new Error(`not within ${withinMs} ms: ${what}; last seen: ${JSON.stringify(value)}`);
    await pause(25);
  }
}

/** The hub, or the gateway alone, with several workers: a process of its own. */
export class WorkerHub {
  url = '';
  admin = '';
  readonly exit: Promise<number | null>;
  private text = '';
  private readonly clients: Client[] = [];

  private constructor(private readonly child: ChildProcess, private readonly dataDir: string) {
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (this.text += chunk.toString()));
    this.exit = new Promise((done) => child.once('exit', (code) => done(code)));
  }

  static async start(dataDir: string, workers: number, program: keyof typeof programs = 'hub', env: Record<string, string> = {}): Promise<WorkerHub> {
    const child = spawn(process.execPath, [resolve(__dirname, '../..', programs[program])], {
      cwd: '/', stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'] ?? '', HUB_DATA_DIR: dataDir, PORT: '0', HUB_ADMIN_PORT: '0', HUB_WORKERS: String(workers), LOG_LEVEL: 'warn', ...env },
    });
    const hub = new WorkerHub(child, dataDir);
    const found = await eventually('ready', () => /^ready (http:\/\/[^ ]+)\/graphql .*admin (http:\/\/[^\s)]+)/m.exec(hub.text), (match) => match !== null || child.exitCode !== null, 90_000);
    if (!found) throw new Error(`never ready:\n${hub.text}`);
    [, hub.url, hub.admin] = found as unknown as [string, string, string];
    return hub;
  }

  get pid(): number {
    return this.child.pid as number;
  }

  get out(): string {
    return this.text;
  }

  get postmaster(): number {
    return (JSON.parse(readFileSync(join(this.dataDir, 'postgres.json'), 'utf8')) as { pid: number }).pid;
  }

  async token(agency: string, officer: number): Promise<string> {
    const record = demoAgencies.find(({ code }) => code === agency)!;
    const officerId = `${agency}-${officer}`;
    return mintDevelopmentToken({
      dataDir: this.dataDir, nodeEnv: 'development', agency: record, officerId, roles: officerRoles(officer === 1 ? ['officer', 'head'] : ['officer']), clock: systemClock, purpose: 'e2e',
    });
  }

  /** A client that opens connections as it likes. */
  async as(agency: string, officer: number): Promise<HubClient> {
    return new HubClient(this.url, await this.token(agency, officer));
  }

  async adminGet(path: string): Promise<{ readonly status: number; readonly text: string }> {
    const response = await fetch(`${this.admin}${path}`);
    return { status: response.status, text: await response.text() };
  }

  async workers(): Promise<WorkerState[]> {
    return JSON.parse((await this.adminGet('/workers')).text) as WorkerState[];
  }

  /** A figure of the metrics; 0 where it is not there. */
  async figure(name: string): Promise<number> {
    const line = (await this.adminGet('/metrics')).text.split('\n').find((each) => each.startsWith(`${name} `));
    return line === undefined ? 0 : Number(line.slice(name.length + 1));
  }

  /** Connections to the workers, one each, in their order: a connection stays with the worker that took it. */
  async connections(workers: number): Promise<Client[]> {
    const found = new Map<number, Client>();
    for (let tries = 0; found.size < workers; tries += 1) {
      if (tries > 50) throw new Error(`only workers ${[...found.keys()].join()} took a connection`);
      const client = new Client(this.url, { pipelining: 1 });
      this.clients.push(client);
      const requests = (): Promise<number[]> => Promise.all(Array.from({ length: workers }, (_, i) => this.figure(`casebridge_worker_requests_total{worker="${i + 1}"}`)));
      const before = await requests();
      await post(client, null, '{ __typename }');
      const after = await eventually('the request is counted', requests, (counts) => counts.some((count, i) => count > before[i]!));
      const worker = after.findIndex((count, i) => count > before[i]!) + 1;
      if (!found.has(worker)) found.set(worker, client);
    }
    return Array.from({ length: workers }, (_, i) => found.get(i + 1)!);
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  async end(): Promise<void> {
    for (const client of this.clients) await client.destroy();
    if (this.child.exitCode === null && this.child.signalCode === null) {
      this.signal('SIGTERM');
      const late = setTimeout(() => this.signal('SIGKILL'), 40_000);
      await this.exit;
      clearTimeout(late);
    }
  }
}

/** One operation on one connection. */
export async function post(client: Client, token: string | null, query: string, variables: Record<string, unknown> = {}): Promise<Answer> {
  const response = await client.request({
    method: 'POST', path: '/graphql', headers: { 'content-type': 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) }, body: JSON.stringify({ query, variables }),
  });
  return { status: response.statusCode, ...((await response.body.json()) as object) };
}

export const codeOf = ({ errors }: Answer): unknown => errors?.[0]?.extensions['code'];
