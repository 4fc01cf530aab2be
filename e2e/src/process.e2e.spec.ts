import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { mintDevelopmentToken } from '@casebridge/platform';
import { demoAgencies } from '@casebridge/contracts';
import { systemClock } from '@casebridge/kernel';
import { HubClient } from './client';

const home = resolve(__dirname, '../..');
const main = join(home, 'apps/hub/dist/main.js');

/** The one-process form as a user starts it: its own PostgreSQL, from another folder. */
describe('npm start', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'casebridge-start-'));
  chmodSync(dataDir, 0o711); // run by root, the database user must get in: else its cluster would be kept where nobody removes it
  const children: ChildProcess[] = [];
  afterEach(async () => { // what a test that failed has left would fail the next ones
    for (const child of children.splice(0)) if (child.exitCode === null && child.signalCode === null) await stop(child, 'SIGKILL');
  });
  afterAll(() => rmSync(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }));

  interface Run {
    readonly child: ChildProcess;
    readonly out: () => string;
    readonly exit: Promise<number | null>;
  }

  function start(env: Record<string, string> = {}): Run {
    const child = spawn(process.execPath, [main], {
      cwd: '/', stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'] ?? '', HUB_DATA_DIR: dataDir, PORT: '0', HUB_ADMIN_PORT: '0', LOG_LEVEL: 'warn', ...env },
    });
    children.push(child);
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (text += chunk.toString()));
    return { child, out: () => text, exit: new Promise((done) => child.once('exit', (code) => done(code))) };
  }

  async function ready(run: Run): Promise<string> {
    const end = Date.now() + 60_000;
    while (Date.now() < end) {
      const found = /^ready (http:\/\/[^ ]+)\/graphql /m.exec(run.out());
      if (found) return found[1] as string;
      if (run.child.exitCode !== null) break;
      await new Promise((done) => setTimeout(done, 20));
    }
    throw new Error(`never ready:\n${run.out()}`);
  }

  const stop = (child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> =>
    new Promise((done) => {
      child.once('exit', (code) => done(code));
      child.kill(signal);
    });

  const client = async (url: string, officer = 'MRA-210100-2'): Promise<HubClient> =>
    new HubClient(url, await mintDevelopmentToken({
      dataDir, nodeEnv: 'development', agency: demoAgencies.find((a) => a.code === 'MRA-210100')!, officerId: officer, clock: systemClock,
    }));

  const postmaster = (): number => (JSON.parse(readFileSync(join(dataDir, 'postgres.json'), 'utf8')) as { pid: number }).pid;
  const alive = (pid: number): boolean => {
    try {
      process.kill(pid, 0);
      return true;
    } catch (cause) {
      return (cause as NodeJS.ErrnoException).code === 'EPERM';
    }
  };
  const gone = async (pid: number): Promise<boolean> => {
    for (let i = 0; i < 250 && alive(pid); i += 1) await new Promise((done) => setTimeout(done, 20));
    return !alive(pid);
  };

  /** A command as it was printed. */
  const printed = (run: Run, what: string): string => run.out().split('\n').find((line) => line.startsWith(`${what}: `))?.slice(what.length + 2) ?? '';

  /** What it prints when somebody types it in the checkout: one line. */
  const inCheckout = (command: string): string => {
    const { status, stdout, stderr } = spawnSync('sh', ['-c', command], {
      cwd: home, encoding: 'utf8', env: { PATH: `${process.env['PATH']}:${curlFolder()}`, HOME: process.env['HOME'] },
    });
    expect([status, stdout.trim().split('\n').length, stderr]).toEqual([0, 1, expect.any(String)]);
    return stdout.trim();
  };

  /** A machine with nothing but Node may lack curl: this one is found after the system's own, and does what the printed command asks of it. */
  function curlFolder(): string {
    const folder = join(dataDir, 'curl');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'curl'), `#!${process.execPath}
      const { values, positionals: [url] } = require('node:util').parseArgs({
        allowPositionals: true, options: { s: { type: 'boolean', short: 's' }, header: { type: 'string', short: 'H', multiple: true }, data: { type: 'string', short: 'd' } },
      });
      const headers = Object.fromEntries(values.header.map((line) => line.split(/: (.*)/s)));
      fetch(url, { method: 'POST', headers, body: values.data }).then((response) => response.text()).then((text) => process.stdout.write(text));
    `, { mode: 0o755 });
    return folder;
  }

  const SUBMIT = 'mutation S($id: ID!, $key: ID!) { submitReferralReport(caseId: $id, input: { charge: OTHER, facts: "【演示】", taskForce: ["MRA-210100-2", "MRA-210100-3"] }, idempotencyKey: $key) { referral { id } } }';
  let referralId: string;

  it('seeds, says ready once, answers, and stops cleanly on SIGTERM with nothing left running', async () => {
    const run = start();
    const url = await ready(run);
    expect(run.out().match(/^ready /gm)).toHaveLength(1);
    expect((JSON.parse(readFileSync(join(dataDir, 'postgres.json'), 'utf8')) as { relocated: boolean }).relocated).toBe(false);

    const officer = new HubClient(url, inCheckout(printed(run, 'A development token')));
    const { cases } = await officer.data<{ cases: { totalCount: number } }>('{ cases(first: 1) { totalCount } }');
    expect(cases.totalCount).toBeGreaterThan(100);

    const answer = JSON.parse(inCheckout(printed(run, 'A query to try'))) as { data: { cases: { nodes: { enterprise: object | null }[] } } };
    // Which they are goes by the day; a case against a person has no enterprise.
    const shown = answer.data.cases.nodes.map(({ enterprise }) => ({
      caseNo: expect.any(String), status: expect.any(String), enterprise: enterprise && { name: expect.any(String), riskTier: expect.any(String) },
    }));
    expect(answer).toEqual({ data: { cases: { totalCount: cases.totalCount, nodes: shown } } });
    expect(shown).toHaveLength(3);
    const pid = postmaster();
    expect(await stop(run.child, 'SIGTERM')).toBe(0);
    expect(await gone(pid)).toBe(true);
  });

  it('reads the supergraph again on SIGHUP, and serves on', async () => {
    const run = start();
    const url = await ready(run);
    run.child.kill('SIGHUP');
    await new Promise((done) => setTimeout(done, 500));
    expect((await fetch(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"query":"{ __typename }"}' })).status).toBe(200);
    expect(await stop(run.child, 'SIGTERM')).toBe(0);
  });

  it('keeps what was acknowledged over kill -9, and the next start just works', async () => {
    const run = start();
    const officer = await client(await ready(run));
    const { cases } = await officer.data<{ cases: { nodes: { id: string; referral: object | null }[] } }>(
      '{ cases(first: 100, filter: { status: [INVESTIGATING], agency: "MRA-210100" }) { nodes { id referral { id } } } }');
    const { id } = cases.nodes.find((c) => c.referral === null)!;
    const made = await officer.data<{ submitReferralReport: { referral: { id: string } } }>(SUBMIT, { id, key: 'kill' });
    referralId = made.submitReferralReport.referral.id;
    const pid = postmaster();
    await stop(run.child, 'SIGKILL');
    expect(await gone(pid)).toBe(true);

    const next = start();
    const again = await client(await ready(next));
    expect((await again.data<object>('query R($id: ID!) { referral(id: $id) { id } }', { id: referralId }))).toEqual({ referral: { id: referralId } });
    expect(await stop(next.child, 'SIGINT')).toBe(0);
  });

  it('names the port that is taken, and leaves nothing running', async () => {
    const other: Server = await new Promise((done) => {
      const server = createServer().listen(0, '127.0.0.1', () => done(server));
    });
    try {
      const { port } = other.address() as { port: number };
      const run = start({ PORT: String(port) });
      expect(await run.exit).toBe(1);
      expect(run.out()).toContain(String(port));
      expect(await gone(postmaster())).toBe(true);
    } finally {
      other.close();
    }
  });

  it('names every fault of the environment at once, without values', async () => {
    const run = start({ PORT: 'many', HUB_SEED: 'world', DATABASE_URL_CREDIT: 'secret-value' });
    expect(await run.exit).toBe(78);
    for (const name of ['PORT', 'HUB_SEED', 'DATABASE_URL_CREDIT']) expect(run.out()).toContain(name);
    expect(run.out()).not.toContain('secret-value');
  });

  it('says which database cannot be reached, and gives up', async () => {
    const urls = Object.fromEntries(['INSPECTION', 'ENFORCEMENT', 'CREDIT', 'ADR', 'BUS'].map((name) => [`DATABASE_URL_${name}`, `postgres://x:y@127.0.0.1:1/${name.toLowerCase()}`]));
    const run = start({ ...urls, HUB_SEED: 'none', HUB_DATABASE_ATTEMPTS: '2' });
    expect(await run.exit).toBe(1);
    expect(run.out()).toMatch(/database (inspection|enforcement|credit|adr|bus) at 127\.0\.0\.1:1/);
    expect(run.out()).toMatch(/^database (inspection|enforcement|credit|adr|bus) at 127\.0\.0\.1:1\/\1: gave up after 2 tries \(ECONNREFUSED/m);
  });

  it('refuses a second hub on the same data folder', async () => {
    const first = start();
    await ready(first);
    const second = start();
    expect(await second.exit).toBe(1);
    expect(second.out()).toContain(dataDir);
    await stop(first.child, 'SIGTERM');
  });
});
