import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { serviceNames } from '@casebridge/contracts';
import { services } from '@casebridge/hub';
import { cloneDatabase } from '@casebridge/testkit';
import { HubClient } from './client';

const root = resolve(__dirname, '../..');
const hub = (entry: string): string => `apps/hub/dist/${entry}.js`;

interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs one of the programs behind `npm run …` to its end, in an environment that says only what is given. */
function run(program: string, args: readonly string[], env: Record<string, string>, until?: RegExp): Promise<Run> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [resolve(root, program), ...args], { cwd: '/', stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env['PATH'] ?? '', ...env } });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      if (until?.test(out)) child.kill('SIGTERM');
    });
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    child.once('exit', (code) => done({ code, out, err }));
  });
}

describe('a process whose environment cannot be started with', () => {
  it.each([
    [hub('main'), []], [hub('token'), ['--agency', 'MRA-210100']], [hub('seed-cli'), []], [hub('agencies-cli'), ['import', '/dev/null']],
    [hub('regions-cli'), ['import', '/dev/null']],
    ['gateway/dist/main.js', []], ...serviceNames.map((name) => [`services/${name}/dist/main.js`, []] as const),
  ] as const)('ends with status 78 and says why: %s', async (program, args) => {
    const file = join(tmpdir(), `casebridge-agencies-${process.pid}.json`);
    writeFileSync(file, '[]');
    const { code, out, err } = await run(program, args.map((arg) => (arg === '/dev/null' ? file : arg)), { PORT: 'secret-value', LOG_LEVEL: 'secret-value' });
    rmSync(file);
    expect([program, code, out]).toEqual([program, 78, '']);
    expect(err).toMatch(/^Invalid environment:\n(?: {2}.*\n)* {2}PORT: /);
    expect(err).toContain('LOG_LEVEL: ');
    expect(err).not.toContain('secret-value');
  });
});

describe('commands before the first start', () => {
  const sandbox = mkdtempSync(join(tmpdir(), 'casebridge-commands-'));
  chmodSync(sandbox, 0o711);
  const dataDir = join(sandbox, 'data');
  const env = { HUB_DATA_DIR: dataDir, LOG_LEVEL: 'warn', PORT: '0', HUB_ADMIN_PORT: '0' };
  const mode = (path: string): number => statSync(path).mode & 0o777;
  let token: string;
  afterAll(() => rmSync(sandbox, { recursive: true, force: true }));

  it('npm run token makes the data folder as npm start would', async () => {
    const { code, out } = await run(hub('token'), ['--agency', 'MRA-210100'], env);
    expect([code, out]).toEqual([0, expect.stringMatching(/^[\w.-]+\n$/)]);
    token = out.trim();
    // Run by root, PostgreSQL has another user, who must get through to its own folder; keys are nobody's business in any case.
    expect(mode(dataDir)).toBe(process.getuid?.() === 0 ? 0o711 : 0o700);
    expect(mode(join(dataDir, 'keys'))).toBe(0o700);
  });

  it('npm run seed keeps the database in that folder', async () => {
    const { code, out, err } = await run(hub('seed-cli'), ['--scale', 'demo', '--seed', '5', '--today', '2026-12-24'], env);
    expect([code, out, err]).toEqual([0, 'seeded scale demo with number 5 as of 2026-12-24\n', expect.any(String)]);
    const state = JSON.parse(readFileSync(join(dataDir, 'postgres.json'), 'utf8')) as { clusterDir: string; relocated: boolean };
    expect(state).toMatchObject({ relocated: false, clusterDir: expect.stringContaining(join(dataDir, 'pgdata')) });
  });

  it('npm start without HUB_SEED keeps the data that is there, and takes the token that was printed before', async () => {
    const seen: string[] = [];
    const child = spawn(process.execPath, [resolve(root, hub('main'))], { cwd: '/', stdio: ['ignore', 'pipe', 'inherit'], env: { PATH: process.env['PATH'] ?? '', ...env } });
    const url = await new Promise<string>((done, failed) => {
      child.stdout.on('data', (chunk: Buffer) => {
        seen.push(chunk.toString());
        const found = /^ready (http:\/\/[^ ]+)\/graphql /m.exec(seen.join(''));
        if (found) done(found[1] as string);
      });
      child.once('exit', (code) => failed(new Error(`ended with ${code}`)));
    });
    const officer = new HubClient(url, token);
    const { cases } = await officer.data<{ cases: { nodes: { filedAt: string }[] } }>('{ cases(first: 1) { nodes { filedAt } } }');
    expect(cases.nodes[0]?.filedAt).toMatch(/^2026-12-2/);
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  });

  it('npm start with HUB_SEED refuses the data of another number or day, and says how to go on', async () => {
    const asked: readonly Record<string, string>[] = [{}, { HUB_SEED_NUMBER: '5', HUB_SEED_TODAY: '2026-12-25' }];
    for (const more of asked) {
      const { code, err } = await run(hub('main'), [], { ...env, HUB_SEED: 'demo', ...more }, /^ready /m);
      expect(code).toBe(1);
      expect(err).toContain('as of 2026-12-24');
      expect(err).toContain('Set HUB_SEED=demo and HUB_SEED_NUMBER=5');
    }
  });
});

describe('npm run agencies -- import', () => {
  it('needs the database of enforcement and nothing else', async () => {
    const database = await cloneDatabase(services.find((service) => service.name === 'enforcement')!);
    const folder = mkdtempSync(join(tmpdir(), 'casebridge-agencies-'));
    const file = join(folder, 'agencies.json');
    const agency = {
      code: 'DRA-330000', name: '示例省药品监督管理局', nameEn: 'Drug Administration of Example Province', functions: ['DRUG'], regions: ['330000', '330100'],
      superior: null, issuer: 'https://tokens.example.invalid/dra', jwksUri: 'https://tokens.example.invalid/dra/jwks.json',
      officers: [{ id: 'DRA-330000-1', roles: ['officer', 'head'] }],
    };
    const imported = async (record: object): Promise<Run> => {
      writeFileSync(file, JSON.stringify([record]));
      return run(hub('agencies-cli'), ['import', file], { DATABASE_URL_ENFORCEMENT: database.url });
    };
    expect(await imported(agency)).toEqual({ code: 0, out: '1 registered, 0 changed, 0 unchanged\n', err: '' });
    expect(await imported(agency)).toMatchObject({ code: 0, out: '0 registered, 0 changed, 1 unchanged\n' });
    expect(await imported({ ...agency, regions: ['330000'] })).toMatchObject({ code: 0, out: '0 registered, 1 changed, 0 unchanged\n' });
    expect(await imported({ ...agency, superior: 'NOBODY' })).toMatchObject({ code: 1, out: '' });
    expect(await imported({ ...agency, regions: ['330000'] })).toMatchObject({ code: 0, out: '0 registered, 0 changed, 1 unchanged\n' });
    await database.drop();
    rmSync(folder, { recursive: true });
  });
});

describe('npm run regions -- import', () => {
  it('needs the database of inspection and nothing else, and says what it changed', async () => {
    const database = await cloneDatabase(services.find((service) => service.name === 'inspection')!);
    const folder = mkdtempSync(join(tmpdir(), 'casebridge-regions-'));
    const file = join(folder, 'regions');
    const imported = async (content: string | Buffer): Promise<Run> => {
      writeFileSync(file, content);
      return run(hub('regions-cli'), ['import', file], { DATABASE_URL_INSPECTION: database.url });
    };
    const csv = 'code,name,nameEn,kind,parent\n330100,示例市,Example City,CITY,330000\n330000,示例省,Example Province,PROVINCE,\n';
    expect(await imported(csv)).toEqual({
      code: 0, err: '', out: 'new 330100 示例市 (Example City), CITY in 330000\nnew 330000 示例省 (Example Province), PROVINCE\n2 new, 0 changed, 0 unchanged\n',
    });
    expect(await imported(csv)).toEqual({ code: 0, err: '', out: '0 new, 0 changed, 2 unchanged\n' });
    const moved = [{ code: '330100', name: '示例新市', nameEn: 'Example City', kind: 'CITY', parent: null }];
    expect(await imported(JSON.stringify(moved))).toEqual({
      code: 0, err: '', out: 'changed 330100 name: 示例市 → 示例新市; parent: 330000 → none\n0 new, 1 changed, 0 unchanged\n',
    });
    expect(await imported(csv.replace(',330000', ',440000'))).toEqual({
      code: 1, out: '', err: 'The file of regions has 1 fault(s):\nline 2 parent: there is no region 440000, neither here nor in the hub\n',
    });
    expect(await imported(Buffer.from([0xc4, 0xcf]))).toEqual({ code: 1, out: '', err: 'The file of regions is not in UTF-8\n' });
    expect(await imported(JSON.stringify(moved))).toMatchObject({ code: 0, out: '0 new, 0 changed, 1 unchanged\n' });
    await database.drop();
    rmSync(folder, { recursive: true });
  });
});
