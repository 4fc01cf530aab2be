import 'reflect-metadata';
import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { silentLogger } from '@casebridge/platform';
import { databaseNames, type HubConfig, parseHubConfig } from './config';
import type { Databases } from './databases';
import { givenDatabases, type SeedDatabases } from './seed/testing/seed-databases';
import { startHub } from './start-hub';

const listening = async (): Promise<{ server: Server; port: number }> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
};

const freePort = async (): Promise<number> => {
  const { server, port } = await listening();
  server.close();
  await once(server, 'close');
  return port;
};

const answers = (port: number): Promise<boolean> => new Promise((done) => {
  const socket = connect(port, '127.0.0.1');
  socket.once('connect', () => {
    socket.destroy();
    done(true);
  });
  socket.once('error', () => done(false));
});

describe('a start that fails', () => {
  let given: SeedDatabases;
  beforeAll(async () => {
    given = await givenDatabases();
  });
  afterAll(() => given.drop());

  /** Sessions of the hub in its databases; a session ends a moment after its socket. */
  async function sessionsLeft(): Promise<number> {
    const names = databaseNames.map((name) => new URL(given.addresses[name].ownerUrl).pathname.slice(1));
    for (let tries = 0; ; tries += 1) {
      const [row] = await given.rows<{ n: number }>('bus', 'select count(*)::int as n from pg_stat_activity where datname = any ($1) and usename is not null and pid <> pg_backend_pid()', [names]);
      if (row!.n === 0 || tries === 100) return row!.n;
      await new Promise((done) => setTimeout(done, 20));
    }
  }

  interface Attempt {
    readonly error: unknown;
    /** Sessions that were left when PostgreSQL was told to stop, once per time it was told; and, of a start that failed, some seconds later. */
    readonly whenStopped: readonly number[];
  }

  async function attempt(config: Partial<HubConfig>, addresses: Databases['addresses'] = given.addresses): Promise<Attempt> {
    const whenStopped: number[] = [];
    const stop = async (): Promise<void> => void whenStopped.push(await sessionsLeft());
    const prepared: Promise<Databases> = Promise.resolve({ addresses, postgres: { stop } as Databases['postgres'] });
    const usual = parseHubConfig({ HUB_DATA_DIR: given.dataDir, HUB_SEED: 'none', PORT: '0', HUB_ADMIN_PORT: '0' });
    try {
      const hub = await startHub({ config: { ...usual, ...config }, logger: silentLogger, prepared });
      await hub.stop();
      return { error: null, whenStopped };
    } catch (error) {
      await new Promise((done) => setTimeout(done, 2_500)); // whatever was still starting would be up by now
      whenStopped.push(await sessionsLeft());
      return { error, whenStopped };
    }
  }

  it('does not happen on these databases otherwise, and a hub that is stopped leaves nothing either', async () => {
    expect(await attempt({})).toEqual({ error: null, whenStopped: [0] });
  });

  it('because the port of the gateway is taken leaves nothing running', async () => {
    const { server, port } = await listening();
    const { error, whenStopped } = await attempt({ port });
    expect(error).toMatchObject({ message: expect.stringContaining(String(port)) });
    expect(whenStopped).toEqual([0, 0]);
    server.close();
  });

  it('because the port of the admin listener is taken closes the gateway again', async () => {
    const { server, port: adminPort } = await listening();
    const port = await freePort();
    const { error, whenStopped } = await attempt({ port, adminPort });
    expect(error).toMatchObject({ code: 'EADDRINUSE' });
    expect(whenStopped).toEqual([0, 0]);
    expect(await answers(port)).toBe(false);
    server.close();
  });

  it.each([['inspection', 'credit'], ['adr', 'enforcement']] as const)('because %s cannot start stops the others, also %s, which comes up much later', async (name, slow) => {
    const refused = new URL(given.addresses[name].runtimeUrl);
    refused.port = '1';
    const far = new URL(given.addresses[slow].runtimeUrl);
    const { server, port: proxy } = await listening();
    server.on('connection', (socket) => void setTimeout(() => socket.pipe(connect(Number(far.port), far.hostname)).on('error', () => undefined).pipe(socket), 500));
    const delayed = new URL(far.href);
    delayed.port = String(proxy);
    const port = await freePort();
    const { error, whenStopped } = await attempt({ port }, {
      ...given.addresses, [name]: { ...given.addresses[name], runtimeUrl: refused.href }, [slow]: { ...given.addresses[slow], runtimeUrl: delayed.href },
    });
    expect(error).toMatchObject({ message: expect.stringContaining('ECONNREFUSED') });
    expect(whenStopped).toEqual([0, 0]);
    expect(await answers(port)).toBe(false);
    server.close();
  });

  it('because the demo data is refused leaves nothing running', async () => {
    const seeded = { ...given.addresses };
    await given.rows('enforcement', `create table demo_seed (scale text, number int, version int, today date);`);
    await given.rows('enforcement', `insert into demo_seed values ('nation', 3, 2, '2026-11-15')`);
    const { error, whenStopped } = await attempt({ seed: { scale: 'demo', number: 1, today: null, asked: true } }, seeded);
    expect(error).toMatchObject({ name: 'SeedRefused' });
    expect(whenStopped).toEqual([0, 0]);
  });
});
