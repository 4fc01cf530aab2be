import { chmodSync, chownSync, cpSync, existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, readlinkSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureSymlinks } from './binaries';
import { loadOrCreateSecret, startPostgres } from './index';
import { eventually, killChildren, launchInChild, makeSandbox, processesWith, query, readyInChild } from './launcher-sandbox';
import { copyNative } from './native-copy';
import { parsePasswd } from './os-user';

const sandbox = makeSandbox();
const whenRoot = process.getuid?.() === 0 ? it : it.skip;
const nobody = parsePasswd(existsSync('/etc/passwd') ? readFileSync('/etc/passwd', 'utf8') : '').find((user) => user.name === 'nobody');

afterEach(killChildren);

afterAll(async () => {
  await eventually('no process is left', async () => (await processesWith(sandbox.path)).length === 0);
  sandbox.remove();
}, 15_000);

describe('who runs the server', () => {
  whenRoot('hands it to an unprivileged user, and keeps the database elsewhere when that user may not enter the data folder', async () => {
    const hidden = join(sandbox.path, 'only-root');
    mkdirSync(hidden, { mode: 0o700 });
    const systemDir = join(sandbox.path, 'system');
    const options = { dataDir: join(hidden, 'data'), systemDir };
    const said: string[] = [];
    const first = await startPostgres({ ...options, log: (line) => said.push(line) });
    await query(first.superuserUrl('postgres'), 'create table kept (id int)');
    const { uid } = statSync(first.clusterDir);
    expect(statSync(`/proc/${first.pid}`).uid).toBe(uid);
    expect(uid).not.toBe(0);
    expect(statSync(first.clusterDir).mode & 0o777).toBe(0o700);
    expect(first.clusterDir.startsWith(systemDir)).toBe(true);
    expect(said.join('\n')).toContain(`may not enter ${options.dataDir}; the database is kept in ${first.clusterDir}`);
    await first.stop();

    const moved = { dataDir: join(hidden, 'moved'), systemDir };
    renameSync(options.dataDir, moved.dataDir);
    const second = await startPostgres(moved);
    expect(await query(second.superuserUrl('postgres'), 'select * from kept')).toEqual([]);
    await second.stop();

    const copied = { dataDir: join(hidden, 'copied'), systemDir };
    cpSync(moved.dataDir, copied.dataDir, { recursive: true });
    await expect(startPostgres(copied)).rejects.toMatchObject({ code: 'DATA_DIR_IN_USE', message: expect.stringContaining(moved.dataDir) });
  }, 20_000);

  whenRoot('runs for a plain user as that user', async () => {
    if (!nobody) throw new Error('This machine has no user nobody');
    const dataDir = join(sandbox.path, 'plain');
    mkdirSync(dataDir, { mode: 0o700 });
    chownSync(dataDir, nobody.uid, nobody.gid);
    const launched = launchInChild({ dataDir, durability: 'throwaway' }, { uid: nobody.uid, gid: nobody.gid });
    const { pid, uid, url } = await readyInChild(launched);
    expect(uid).toBe(nobody.uid);
    expect(statSync(`/proc/${pid}`).uid).toBe(nobody.uid);
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
    launched.child.kill('SIGTERM');
    await eventually('the child has stopped', () => launched.child.exitCode === 0);
    expect(await processesWith(dataDir)).toEqual([]);

    const asRoot = await startPostgres({ dataDir, durability: 'throwaway' }); // the owner of an existing cluster wins
    expect(statSync(`/proc/${asRoot.pid}`).uid).toBe(nobody.uid);
    await asRoot.stop();
  }, 20_000);

  whenRoot('says so when a plain user has no right to the folder', async () => {
    if (!nobody) throw new Error('This machine has no user nobody');
    const dataDir = join(sandbox.path, 'forbidden');
    mkdirSync(dataDir, { mode: 0o755 });
    const launched = launchInChild({ dataDir }, { uid: nobody.uid, gid: nobody.gid });
    await expect(readyInChild(launched)).rejects.toThrow(/DATA_DIR_FORBIDDEN.*No permission to write/);
  });

  whenRoot('refuses a system folder that others may write', async () => {
    const hidden = join(sandbox.path, 'only-root-2');
    mkdirSync(hidden, { mode: 0o700 });
    const systemDir = join(sandbox.path, 'loose');
    mkdirSync(systemDir);
    chmodSync(systemDir, 0o777);
    await expect(startPostgres({ dataDir: join(hidden, 'data'), systemDir })).rejects.toMatchObject({ code: 'DATA_DIR_FORBIDDEN' });
    expect(readdirSync(systemDir)).toEqual([]);
  });
});

describe('what is not a usable data folder', () => {
  const dataDir = join(sandbox.path, 'strange');
  const pgdata = join(dataDir, 'pgdata');

  it('names each reason', async () => {
    const pg = await startPostgres({ dataDir, durability: 'throwaway' });
    await pg.stop();
    const attempt = (): Promise<never> => startPostgres({ dataDir }).then(async (started) => {
      await started.stop();
      throw new Error('It started');
    });

    const versionFile = join(pgdata, 'PG_VERSION');
    const version = readFileSync(versionFile);
    writeFileSync(versionFile, '14\n');
    await expect(attempt()).rejects.toMatchObject({ code: 'VERSION_MISMATCH', message: expect.stringContaining('PostgreSQL 14') });
    rmSync(versionFile);
    await expect(attempt()).rejects.toMatchObject({ code: 'DATA_DIR_INVALID' });
    writeFileSync(versionFile, version);

    renameSync(join(pgdata, 'global'), join(pgdata, 'global.away'));
    await expect(attempt()).rejects.toMatchObject({ code: 'START_FAILED', message: expect.stringContaining('Its last words') });
    renameSync(join(pgdata, 'global.away'), join(pgdata, 'global'));

    rmSync(join(dataDir, 'secrets'), { recursive: true });
    await expect(attempt()).rejects.toMatchObject({ code: 'PASSWORD_LOST' });
    await expect(startPostgres({ dataDir: join(versionFile, 'below-a-file') })).rejects.toMatchObject({ code: 'DATA_DIR_INVALID' });
    await expect(startPostgres({ dataDir, binDir: join(sandbox.path, 'no-programs') })).rejects.toMatchObject({ code: 'BINARY_MISSING' });
    expect(existsSync(join(dataDir, 'launcher.lock'))).toBe(false);
  }, 20_000);
});

describe('secrets', () => {
  it('are agreed on by processes that start together, and are nobody else’s', async () => {
    const dataDir = join(sandbox.path, 'secrets-together');
    mkdirSync(dataDir);
    const values = await Promise.all(Array.from({ length: 20 }, () => loadOrCreateSecret(dataDir, 'token-key')));
    expect(new Set(values).size).toBe(1);
    expect(readdirSync(join(dataDir, 'secrets'))).toEqual(['token-key']);
    expect(statSync(join(dataDir, 'secrets')).mode & 0o777).toBe(0o700);
    expect(await loadOrCreateSecret(dataDir, 'made', () => 'given')).toBe('given');

    chmodSync(join(dataDir, 'secrets', 'token-key'), 0o644);
    await expect(loadOrCreateSecret(dataDir, 'token-key')).rejects.toMatchObject({ code: 'SECRET_UNSAFE' });
    await expect(loadOrCreateSecret(dataDir, '../outside')).rejects.toThrow(RangeError);
  });
});

describe('the programs', () => {
  const native = join(sandbox.path, 'package', 'native');
  const silent = (): void => undefined;

  beforeAll(() => {
    mkdirSync(join(native, 'lib'), { recursive: true });
    mkdirSync(join(native, 'bin'), { mode: 0o700 });
    writeFileSync(join(native, 'lib', 'libicu.so.60.2'), 'library', { mode: 0o600 });
    writeFileSync(join(native, 'bin', 'postgres'), 'program', { mode: 0o700 });
    writeFileSync(join(native, 'pg-symlinks.json'), JSON.stringify([{ source: 'native/lib/libicu.so.60.2', target: 'native/lib/libicu.so.60' }]));
  });

  it('get the links between libraries that an npm without install scripts leaves out', async () => {
    expect(await ensureSymlinks(native)).toBe(true);
    expect(readlinkSync(join(native, 'lib', 'libicu.so.60'))).toBe('libicu.so.60.2');
    expect(await ensureSymlinks(native)).toBe(true);
  });

  it('are copied once, readable for everyone, and again when the copy is damaged', async () => {
    const parent = join(sandbox.path, 'programs');
    const copy = await copyNative(native, parent, '1', silent);
    expect(lstatSync(join(copy, 'bin')).mode & 0o777).toBe(0o755);
    expect(lstatSync(join(copy, 'bin', 'postgres')).mode & 0o777).toBe(0o755);
    expect(lstatSync(join(copy, 'lib', 'libicu.so.60.2')).mode & 0o777).toBe(0o644);
    const made = lstatSync(copy).ino;
    expect(await copyNative(native, parent, '1', silent)).toBe(copy);
    expect(lstatSync(copy).ino).toBe(made);
    writeFileSync(join(copy, 'bin', 'postgres'), ''); // what a power cut leaves
    await copyNative(native, parent, '1', silent);
    expect(readFileSync(join(copy, 'bin', 'postgres'), 'utf8')).toBe('program');
    expect(readdirSync(parent)).toEqual(['native-1']);
  });

  it('are not taken from a place that somebody else prepared', async () => {
    const elsewhere = join(sandbox.path, 'elsewhere');
    mkdirSync(elsewhere);
    symlinkSync(elsewhere, join(sandbox.path, 'led-astray'));
    await expect(copyNative(native, join(sandbox.path, 'led-astray'), '1', silent)).rejects.toMatchObject({ code: 'DATA_DIR_FORBIDDEN' });
    expect(readdirSync(elsewhere)).toEqual([]);
  });
});
