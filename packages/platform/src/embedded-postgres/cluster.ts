import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder } from './atomic-write';
import type { Binaries } from './binaries';
import { PostgresFailure, failureFromLog, folderFailure, errorCode } from './errors';
import type { Place } from './place';
import { spawnGuarded } from './run';
import type { ServerLog } from './server-log';

const UNFINISHED = 'pgdata.tmp-';

export interface NewCluster {
  readonly place: Place;
  readonly binaries: Binaries;
  readonly password: string;
  readonly throwaway: boolean;
  readonly serverLog: ServerLog;
  /** Called when initdb has been launched. */
  readonly onLaunch: () => void;
}

/**
 * Locale flags that mean the same on every machine: UTF-8, order by code point, and a C.UTF-8 LC_CTYPE, because pg_trgm asks
 * libc and not the provider: with LC_CTYPE=C it finds no trigrams in Chinese text. macOS has no C.UTF-8.
 */
function localeFlags(major: number): string[] {
  const ctype = process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8';
  if (major < 17) return ['-E', 'UTF8', `--locale=${ctype}`, '--lc-collate=C', '--lc-messages=C'];
  return ['-E', 'UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--lc-collate=C', `--lc-ctype=${ctype}`, '--lc-messages=C'];
}

function initdbFlags({ binaries, throwaway }: NewCluster, pgdata: string, passwordFile: string): string[] {
  return [
    '-D', pgdata, '-U', 'postgres', `--pwfile=${passwordFile}`, '--auth-host=scram-sha-256', '--auth-local=scram-sha-256', '--no-instructions', '-T', 'simple',
    ...localeFlags(binaries.major),
    ...(throwaway ? ['--no-sync', '--wal-segsize=1'] : binaries.major < 18 ? ['--data-checksums'] : []),
  ];
}

/** Attempts that a kill or a power cut has left half done; pgdata itself appears only whole, by a rename. */
async function removeUnfinished(home: string): Promise<number> {
  const left = (await readdir(home)).filter((name) => name.startsWith(UNFINISHED));
  for (const name of left) {
    // Its initdb may still be ending and writing; whatever remains is removed by a later start.
    await rm(join(home, name), { recursive: true, force: true, maxRetries: 5, retryDelay: 50 }).catch(() => undefined);
  }
  return left.length;
}

/**
 * Makes the cluster: initdb into a folder of its own, then one rename, so that an interrupted attempt is never taken for a
 * cluster.
 *
 * @returns the number of interrupted attempts that were cleared away
 * @throws PostgresFailure INIT_FAILED, DISK_FULL, LOCALE_MISSING, DATA_DIR_FORBIDDEN
 */
export async function createCluster(request: NewCluster): Promise<number> {
  const { place, binaries, password, serverLog } = request;
  const { home, user, clusterDir } = place;
  const cleared = await removeUnfinished(home);
  const attempt = join(home, `${UNFINISHED}${randomBytes(6).toString('hex')}`);
  const [pgdata, passwordFile] = [join(attempt, 'pgdata'), join(attempt, 'password')];
  try {
    // Only pgdata is given away: in a folder of the database user, root's chown could be led astray by a link.
    await mkdir(attempt);
    await chmod(attempt, user ? 0o711 : 0o700);
    await mkdir(pgdata, { mode: 0o700 });
    if (user) await chown(pgdata, user.uid, user.gid);
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600, flag: 'wx' });
    if (user) await chown(passwordFile, user.uid, user.gid);
    await serverLog.startAttempt();
    const initdb = spawnGuarded(binaries.initdb, initdbFlags(request, pgdata, passwordFile), user, serverLog.fd);
    request.onLaunch();
    const { code } = await initdb.exit;
    if (code !== 0) throw failureFromLog(`The database could not be created in ${home}.`, await serverLog.lastLines(), 'INIT_FAILED');
    await rename(pgdata, clusterDir);
    await syncFolder(home);
    return cleared;
  } catch (error) {
    throw folderFailure(error, `create the database in ${home}`);
  } finally {
    await rm(attempt, { recursive: true, force: true });
  }
}

/**
 * Refuses what the server would refuse less clearly.
 *
 * @throws PostgresFailure VERSION_MISMATCH when another major version made the cluster, DATA_DIR_INVALID when it is none
 */
export async function checkCluster(clusterDir: string, { major, version }: Binaries): Promise<void> {
  let made: string;
  try {
    made = (await readFile(join(clusterDir, 'PG_VERSION'), 'utf8')).trim();
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw folderFailure(error, `read ${join(clusterDir, 'PG_VERSION')}`);
    throw new PostgresFailure('DATA_DIR_INVALID', `${clusterDir} exists but holds no PostgreSQL cluster. Move it away, or choose another data folder.`);
  }
  if (made !== String(major)) {
    throw new PostgresFailure('VERSION_MISMATCH', `The database in ${clusterDir} was made by PostgreSQL ${made}, the programs here are ${version}. Start it with PG_BIN_DIR of version ${made}, or dump and reload it, or choose another data folder.`);
  }
}
