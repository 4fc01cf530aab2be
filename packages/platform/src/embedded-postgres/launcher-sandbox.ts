import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { inspectProcess } from './process-table';
import { runToEnd } from './run';

/** A folder for one spec file, open to the database user, removed by `remove`. */
export function makeSandbox(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'casebridge-launcher-'));
  chmodSync(path, 0o711);
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** From /proc: a slim image has no ps. A system without /proc (macOS) always has it. */
async function processIds(): Promise<number[]> {
  const names = existsSync('/proc/self/stat') ? readdirSync('/proc') : (await runToEnd('ps', ['-axo', 'pid='], null)).output.split('\n');
  return names.filter((name) => /^\s*\d+\s*$/.test(name)).map(Number);
}

/** Ids of living processes (no zombies) whose command line holds every one of the texts. */
export async function processesWith(...texts: string[]): Promise<number[]> {
  const all = await Promise.all((await processIds()).map(async (pid) => ({ pid, argv: (await inspectProcess(pid))?.argv.join(' ') })));
  return all.filter(({ argv }) => argv !== undefined && texts.every((text) => argv.includes(text))).map(({ pid }) => pid);
}

/** Ids of the postmasters of clusters below a folder. */
export async function postmastersBelow(folder: string): Promise<number[]> {
  const guards = await processesWith('casebridge-guard');
  return (await processesWith('bin/postgres -D', folder)).filter((pid) => !guards.includes(pid));
}

export async function eventually(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const until = performance.now() + 10_000;
  while (!(await holds())) {
    if (performance.now() > until) throw new Error(`Not within 10 s: ${what}`);
    await sleep(10);
  }
}

export async function query<T extends object>(url: string, sql: string, values: unknown[] = []): Promise<T[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<T>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

const children: ChildProcess[] = [];

/** After each test, or one that fails keeps Jest waiting. */
export function killChildren(): void {
  for (const child of children.splice(0)) child.kill('SIGKILL');
}

/**
 * Another node process that starts PostgreSQL, prints `ready {json}` or `failed {json}`, and stays until killed.
 *
 * @param launcher - folder of the built launcher, for a checkout that lies elsewhere
 */
export function launchInChild(options: object, user?: { uid: number; gid: number }, launcher = __dirname): { child: ChildProcess; output: () => string } {
  const program = `
    const { startPostgres } = require(${JSON.stringify(join(launcher, 'index.js'))});
    startPostgres(${JSON.stringify(options)}).then(
      (pg) => {
        console.log('ready ' + JSON.stringify({ ...pg, url: pg.superuserUrl('postgres'), uid: process.getuid() }));
        process.on('SIGTERM', () => pg.stop().then(() => process.exit(0)));
        setInterval(() => undefined, 1000);
      },
      (error) => console.log('failed ' + JSON.stringify({ code: error.code, message: error.message })),
    );`;
  const child = spawn(process.execPath, ['-e', program], { cwd: '/', stdio: ['ignore', 'pipe', 'pipe'], ...user });
  children.push(child);
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => { text += chunk.toString(); });
  child.stderr.on('data', (chunk: Buffer) => { text += chunk.toString(); });
  return { child, output: () => text };
}

export async function readyInChild(launched: ReturnType<typeof launchInChild>): Promise<{ pid: number; port: number; url: string; uid: number }> {
  await eventually('the child is ready', () => /^(ready|failed) .*\n/m.test(launched.output()) || launched.child.exitCode !== null);
  const found = /^ready (.*)$/m.exec(launched.output());
  if (!found?.[1]) throw new Error(launched.output());
  return JSON.parse(found[1]) as { pid: number; port: number; url: string; uid: number };
}
