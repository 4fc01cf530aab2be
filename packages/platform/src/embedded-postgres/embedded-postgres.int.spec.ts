import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { ensureDatabase, readPostgresState, startPostgres, type PostgresExit, type RunningPostgres } from './index';
import { eventually, killChildren, launchInChild, makeSandbox, postmastersBelow, processesWith, query, readyInChild } from './launcher-sandbox';
import { inspectProcess } from './process-table';

const sandbox = makeSandbox();
const dataDir = join(sandbox.path, 'main');
const lines: string[] = [];
let running: RunningPostgres | null = null;

async function start(port?: number): Promise<RunningPostgres> {
  running = await startPostgres({ dataDir, port, log: (line) => lines.push(line) });
  return running;
}

const postmasterPidFile = (): string => join(dataDir, 'pgdata', 'postmaster.pid');

beforeAll(async () => {
  const pg = await start();
  await query(pg.superuserUrl('postgres'), 'create table kept (id int primary key)');
  await pg.stop();
}, 30_000);

beforeEach(() => lines.splice(0));

afterEach(async () => {
  killChildren();
  await running?.stop();
  running = null;
});

afterAll(async () => {
  await eventually('no process is left', async () => (await processesWith(sandbox.path)).length === 0);
  sandbox.remove();
}, 15_000);

describe('a running server', () => {
  it('has the settings that the code relies on, on every machine alike', async () => {
    const pg = await start();
    const [row] = await query(pg.superuserUrl('postgres'), `
      select current_setting('server_encoding') as encoding, current_setting('timezone') as timezone,
             current_setting('listen_addresses') as addresses, current_setting('unix_socket_directories') as sockets,
             current_setting('max_connections') as connections, current_setting('fsync') as fsync,
             (select datctype from pg_database where datname = 'template1') as ctype,
             '啊' < '阿' as by_code_point`);
    expect(row).toEqual({
      encoding: 'UTF8', timezone: 'UTC', addresses: '127.0.0.1', sockets: '', connections: '200', fsync: 'on', ctype: 'C.UTF-8', by_code_point: true,
    });
  });

  it('finds trigrams in Chinese text', async () => {
    const pg = await start();
    await query(pg.superuserUrl('postgres'), 'create extension if not exists pg_trgm');
    const [row] = await query<{ count: number }>(pg.superuserUrl('postgres'), `select cardinality(show_trgm('中文')) as count`);
    expect(row?.count).toBeGreaterThan(0);
  });

  it('asks for the password, which only its own file holds', async () => {
    const pg = await start();
    const url = new URL(pg.superuserUrl('postgres'));
    const password = decodeURIComponent(url.password);
    url.password = 'wrong';
    await expect(query(url.toString(), 'select 1')).rejects.toMatchObject({ code: '28P01' });
    expect(password).toHaveLength(43);
    expect(statSync(join(dataDir, 'secrets', 'postgres-superuser')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(dataDir, 'postgres.log'), 'utf8') + readFileSync(join(dataDir, 'postgres.json'), 'utf8') + lines.join()).not.toContain(password);
  });

  it('writes no value of a row to its log', async () => {
    const pg = await start();
    const url = pg.superuserUrl('postgres');
    await query(url, 'create table if not exists person (name text constraint person_name_key unique)');
    await query(url, `delete from person`);
    await query(url, `insert into person values ('synthetic-name-4711')`);
    await expect(query(url, `insert into person values ('synthetic-name-4711')`)).rejects.toMatchObject({ code: '23505' });
    const written = readFileSync(join(dataDir, 'postgres.log'), 'utf8');
    expect(written).toContain('person_name_key');
    expect(written).not.toContain('4711');
  });

  it('does not hear the Ctrl-C of the terminal', async () => {
    const pg = await start();
    const sessionOf = async (pid: number): Promise<string | null | undefined> => (await inspectProcess(pid))?.session;
    expect(await sessionOf(pg.pid)).not.toBe(await sessionOf(process.pid));
    expect(await sessionOf(pg.pid)).toMatch(/^\d+$/);
  });

  it('publishes its port, and gives data folder and pid to whoever wants the same folder', async () => {
    const pg = await start();
    expect(await readPostgresState(dataDir)).toMatchObject({ port: pg.port, pid: pg.pid, clusterDir: pg.clusterDir });
    await expect(startPostgres({ dataDir })).rejects.toMatchObject({ code: 'DATA_DIR_IN_USE' });
    const other = launchInChild({ dataDir });
    await eventually('the other launcher gives up', () => other.output().includes('\n'));
    expect(other.output()).toContain('DATA_DIR_IN_USE');
    expect(other.output()).toContain(dataDir);
    expect(other.output()).toContain(`pid ${process.pid}`);
    expect(await query(pg.superuserUrl('postgres'), 'select 1 as one')).toEqual([{ one: 1 }]);
  });
});

describe('stopping and starting again', () => {
  it('keeps data and port, and leaves no process', async () => {
    const first = await start();
    await query(first.superuserUrl('postgres'), 'insert into kept values (1)');
    await first.stop();
    expect(await processesWith(sandbox.path)).toEqual([]);
    expect((await readPostgresState(dataDir))?.pid).toBeNull();
    const second = await start();
    expect(second.port).toBe(first.port);
    expect(await query(second.superuserUrl('postgres'), 'select id from kept where id = 1')).toEqual([{ id: 1 }]);
  });

  it('says once when PostgreSQL itself is at work, before it is ready, and not when it never comes to that', async () => {
    const launches: boolean[] = [];
    const fresh = join(sandbox.path, 'launches');
    const options = { dataDir: fresh, durability: 'throwaway', onLaunch: () => launches.push(existsSync(join(fresh, 'pgdata', 'postmaster.pid'))) } as const;
    await (await startPostgres(options)).stop(); // initdb, then the server
    expect(launches).toEqual([false]);
    await (await startPostgres(options)).stop();
    expect(launches).toEqual([false, false]);
    await expect(startPostgres({ ...options, binDir: join(sandbox.path, 'no-programs') })).rejects.toMatchObject({ code: 'BINARY_MISSING' });
    expect(launches).toHaveLength(2);
  }, 15_000);

  it('takes another port when the preferred one is busy, and publishes it', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    const address = server.address();
    const busy = typeof address === 'object' && address !== null ? address.port : 0;
    try {
      const pg = await start(busy);
      expect(pg.port).not.toBe(busy);
      expect((await readPostgresState(dataDir))?.port).toBe(pg.port);
      expect(lines.join()).toContain(`Port ${busy} cannot be used (Address already in use)`);
    } finally {
      server.close();
    }
  });

  it('tells when the server dies, with its last words, and starts again with all that was acknowledged', async () => {
    const pg = await start();
    await query(pg.superuserUrl('postgres'), 'insert into kept values (2)');
    const exit = await new Promise<PostgresExit>((resolve) => {
      pg.onExit(resolve);
      process.kill(pg.pid, 'SIGKILL');
    });
    expect(exit.message).toContain('signal 9');
    expect(exit.lastLines.join()).toContain('ready to accept connections');
    const again = await start();
    expect(await query(again.superuserUrl('postgres'), 'select id from kept where id = 2')).toEqual([{ id: 2 }]);
  });

  it('stops with its launcher when that is killed; the next start has all that was acknowledged', async () => {
    const launched = launchInChild({ dataDir });
    const { pid, url } = await readyInChild(launched);
    await query(url, 'insert into kept values (3)');
    launched.child.kill('SIGKILL');
    const pg = await start(); // at once, while the old server may still be ending
    expect(pg.pid).not.toBe(pid);
    expect(await query(pg.superuserUrl('postgres'), 'select id from kept where id = 3')).toEqual([{ id: 3 }]);
    await eventually('the old server is gone', async () => (await postmastersBelow(sandbox.path)).length === 1);
  });

  it('stops an orphan whose launcher and guard were both killed', async () => {
    const launched = launchInChild({ dataDir });
    const { pid } = await readyInChild(launched);
    launched.child.kill('SIGSTOP'); // so that it cannot react to the loss of the guard
    for (const guard of await processesWith('casebridge-guard', sandbox.path)) process.kill(guard, 'SIGKILL');
    launched.child.kill('SIGKILL');
    await eventually('the launcher is gone', () => launched.child.signalCode !== null);
    expect(await postmastersBelow(sandbox.path)).toEqual([pid]);
    const pg = await start();
    expect(await postmastersBelow(sandbox.path)).toEqual([pg.pid]);
  });

  it('refuses a server that nobody of ours has started, and leaves it alone', async () => {
    const launched = launchInChild({ dataDir });
    const { pid } = await readyInChild(launched);
    const state = readFileSync(join(dataDir, 'postgres.json'), 'utf8');
    const lock = join(dataDir, 'launcher.lock');
    writeFileSync(lock, readFileSync(lock, 'utf8').replace(/"identity":"[^"]*"/, '"identity":"another boot"'));
    writeFileSync(join(dataDir, 'postgres.json'), state.replace(`"pid": ${pid}`, '"pid": 1'));
    await expect(start()).rejects.toMatchObject({ code: 'DATA_DIR_IN_USE', message: expect.stringContaining(`pid ${pid}`) });
    expect(await postmastersBelow(sandbox.path)).toEqual([pid]);
    launched.child.kill('SIGTERM');
    await eventually('the child has stopped', () => launched.child.exitCode !== null);
  });

  it('disregards a postmaster.pid whose pid now belongs to another command of the same user', async () => {
    const { uid, gid } = statSync(join(dataDir, 'pgdata'));
    const stranger = spawn('sleep', ['60'], { stdio: 'ignore', ...(process.getuid?.() === 0 ? { uid, gid } : {}) });
    try {
      writeFileSync(postmasterPidFile(), `${stranger.pid}\n${join(dataDir, 'pgdata')}\n1\n5432\n\n127.0.0.1\n\nready   \n`);
      await start();
      expect(lines.join()).toContain(`names the pid ${stranger.pid}`);
      expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
    } finally {
      stranger.kill();
    }
  });
});

describe('an interrupted first start', () => {
  it('is noticed and done again', async () => {
    const folder = join(sandbox.path, 'interrupted');
    const launched = launchInChild({ dataDir: folder, durability: 'throwaway' });
    const unfinished = (): string[] => (existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith('pgdata.tmp-')) : []);
    await eventually('initdb is at work', () => unfinished().some((name) => existsSync(join(folder, name, 'pgdata', 'PG_VERSION'))));
    launched.child.kill('SIGKILL');
    expect(existsSync(join(folder, 'pgdata'))).toBe(false);
    expect(unfinished()).toHaveLength(1);
    const said: string[] = [];
    const pg = await startPostgres({ dataDir: folder, durability: 'throwaway', log: (line) => said.push(line) });
    try {
      expect(said.join()).toContain('interrupted');
      expect(await query(pg.superuserUrl('postgres'), `select current_setting('fsync') as fsync`)).toEqual([{ fsync: 'off' }]);
    } finally {
      await pg.stop();
    }
    await eventually('the first initdb is gone', async () => (await processesWith(folder)).length === 0);
  }, 20_000);
});

describe('ensureDatabase', () => {
  const odd = { database: 'Fälle "a"', ownerRole: `own'er`, ownerPassword: 'o-pw/1', runtimeRole: 'run "time', runtimePassword: 'r-pw@2' };
  const other = { database: 'other', ownerRole: 'other_owner', ownerPassword: 'x', runtimeRole: 'other_service', runtimePassword: 'y' };

  it('makes a database whose service role can neither own, create nor see another database', async () => {
    const pg = await start();
    const superUrl = pg.superuserUrl('postgres');
    const [{ ownerUrl, runtimeUrl }, others] = await Promise.all([ensureDatabase(superUrl, odd), ensureDatabase(superUrl, other)]);
    await query(ownerUrl, 'create table if not exists item (id int generated by default as identity, serial_no serial, text text)');
    await query(ownerUrl, 'create schema if not exists inbox');
    await query(ownerUrl, 'create table if not exists inbox.message (id int)');
    await query(ownerUrl, 'create extension if not exists pg_trgm');

    await query(runtimeUrl, `insert into item (text) values ('a')`);
    await query(runtimeUrl, `update item set text = 'b'`);
    await query(runtimeUrl, 'delete from item');
    await query(runtimeUrl, 'select * from inbox.message');
    const refused = { code: '42501' };
    await expect(query(runtimeUrl, 'create table mine (id int)')).rejects.toMatchObject(refused);
    await expect(query(runtimeUrl, 'truncate item')).rejects.toMatchObject(refused);
    await expect(query(runtimeUrl, 'drop table item')).rejects.toMatchObject(refused);
    const foreign = new URL(others.runtimeUrl);
    foreign.pathname = new URL(runtimeUrl).pathname;
    await expect(query(foreign.toString(), 'select 1')).rejects.toMatchObject(refused);

    const roles = await query(superUrl, `select rolname, rolsuper or rolbypassrls or rolcreatedb or rolcreaterole or rolreplication as more from pg_roles where rolname = any($1) order by 1`, [[odd.ownerRole, odd.runtimeRole]]);
    expect(roles).toEqual([{ rolname: odd.ownerRole, more: false }, { rolname: odd.runtimeRole, more: false }]);
  });

  it('changes nothing the second time, and puts back what was loosened', async () => {
    const pg = await start();
    const superUrl = pg.superuserUrl('postgres');
    const verifiers = () => query(superUrl, `select rolname, rolpassword from pg_authid where rolname like 'other%' order by 1`);
    await ensureDatabase(superUrl, other);
    const before = await verifiers();
    await ensureDatabase(superUrl, other);
    expect(await verifiers()).toEqual(before);

    await query(superUrl, `alter role other_service superuser password 'changed'`);
    const { runtimeUrl } = await ensureDatabase(superUrl, other);
    expect(await query(runtimeUrl, `select rolsuper from pg_roles where rolname = current_user`)).toEqual([{ rolsuper: false }]);

    await ensureDatabase(superUrl, { ...odd, database: 'beside', ownerRole: 'beside_owner', runtimeRole: 'beside_service' });
    await query(superUrl, 'grant connect on database other to public');
    await ensureDatabase(superUrl, other);
    expect(await query(superUrl, `select has_database_privilege('public', 'other', 'connect') as open`)).toEqual([{ open: false }]);
  });
});
