import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';

/** A folder for one spec file, open to the database user, removed by `remove`. */
export function makeSandbox(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'casebridge-launcher-'));
  chmodSync(path, 0o711);
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Ids of living processes (no zombies) whose command line holds every one of the texts. */
export function processesWith(...texts: string[]): number[] {
  const lines = execFileSync('ps', ['-eo', 'pid=,stat=,args=', '-ww'], { encoding: 'utf8' }).split('\n');
  return lines
    .filter((line) => texts.every((text) => line.includes(text)) && !/^\s*\d+\s+Z/.test(line))
    .map((line) => Number.parseInt(line, 10));
}

/** Ids of the postmasters of clusters below a folder. */
export function postmastersBelow(folder: string): number[] {
  const guards = processesWith('casebridge-guard');
  return processesWith('bin/postgres -D', folder).filter((pid) => !guards.includes(pid));
}

export async function eventually(what: string, holds: () => boolean): Promise<void> {
  const until = performance.now() + 10_000;
  while (!holds()) {
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

/** Another node process that starts PostgreSQL, prints `ready {json}` or `failed {json}`, and stays until killed. */
export function launchInChild(options: object, user?: { uid: number; gid: number }): { child: ChildProcess; output: () => string } {
  const program = `
    const { startPostgres } = require(${JSON.stringify(join(__dirname, 'index.js'))});
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
