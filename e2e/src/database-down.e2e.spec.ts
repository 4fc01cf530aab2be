import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { busMigrations } from '@casebridge/platform';
import { services } from '@casebridge/hub';
import { serviceNames } from '@casebridge/contracts';
import { cloneDatabase, type TestDatabase } from '@casebridge/testkit';

const home = resolve(__dirname, '../..');
const nobodyListens = (database: string): string => `postgres://role:hunter2@127.0.0.1:1/${database}_prod`;

interface Ended {
  readonly code: number | null;
  readonly out: string;
}

/** The processes of the distributed form, each started alone before a database that is not there. */
describe('a process whose database is down', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'casebridge-down-'));
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  function run(program: string, env: Readonly<Record<string, string>>): Promise<Ended> {
    return new Promise((done) => {
      const child = spawn(process.execPath, [resolve(home, program)], {
        cwd: '/', stdio: ['ignore', 'pipe', 'pipe'],
        env: { PATH: process.env['PATH'] ?? '', HUB_DATA_DIR: dataDir, PORT: '0', HUB_DATABASE_ATTEMPTS: '3', ...env },
      });
      let out = '';
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (out += chunk.toString()));
      child.once('exit', (code) => done({ code, out }));
    });
  }

  /** It said which database, tried again, gave up, and told nobody the password. */
  function gaveUp({ code, out }: Ended, database: string): void {
    expect([code, out]).toEqual([1, expect.stringContaining(`${database}: gave up after `)]);
    expect(out).toMatch(/gave up after \d+ tries \(ECONNREFUSED/);
    expect(out).toContain('"msg":"not there yet, trying again"');
    expect(out).not.toMatch(/hunter2|^ready /m);
  }

  it.each(serviceNames)('%s, names its own', async (name) => {
    const ended = await run(`services/${name}/dist/main.js`, { [`DATABASE_URL_${name.toUpperCase()}`]: nobodyListens(name), DATABASE_URL_BUS: nobodyListens('bus') });
    gaveUp(ended, `database ${name} at 127.0.0.1:1/${name}_prod`);
    expect(ended.out).toContain('gave up after 3 tries');
  });

  it('a service, names the bus when only that is down', async () => {
    const definition = services.find((service) => service.name === 'adr')!;
    const own: TestDatabase = await cloneDatabase(definition);
    const ended = await run('services/adr/dist/main.js', { DATABASE_URL_ADR: own.url, DATABASE_OWNER_URL_ADR: own.ownerUrl, DATABASE_URL_BUS: nobodyListens('bus') });
    gaveUp(ended, 'database bus at 127.0.0.1:1/bus_prod');
    await own.drop();
  });

  it('a service, names it when only the runtime role cannot get in', async () => {
    const definition = services.find((service) => service.name === 'adr')!;
    const own = await cloneDatabase(definition);
    const bus = await cloneDatabase({ name: 'bus', migrations: busMigrations, appendOnly: ['bus_event'] });
    const wrong = new URL(own.url);
    wrong.password = 'hunter2';
    const ended = await run('services/adr/dist/main.js', { DATABASE_URL_ADR: wrong.href, DATABASE_OWNER_URL_ADR: own.ownerUrl, DATABASE_URL_BUS: bus.url });
    expect([ended.code, ended.out]).toEqual([1, expect.stringContaining(`database adr at ${wrong.host}${wrong.pathname}: gave up after 3 tries`)]);
    expect(ended.out).not.toContain('hunter2');
    await Promise.all([own.drop(), bus.drop()]);
  });

  it('the gateway, names the bus', async () => {
    const urls = Object.fromEntries(serviceNames.map((name) => [`SERVICE_URL_${name.toUpperCase()}`, 'http://127.0.0.1:1']));
    gaveUp(await run('gateway/dist/main.js', { ...urls, HUB_ADMIN_PORT: '0', DATABASE_URL_BUS: nobodyListens('bus') }), 'database bus at 127.0.0.1:1/bus_prod');
  }, 60_000);
});
