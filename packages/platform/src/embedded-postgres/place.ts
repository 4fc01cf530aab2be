import { createHash } from 'node:crypto';
import { chmod, lstat, mkdir, readFile, realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createFile, replaceFile } from './atomic-write';
import { PostgresFailure, folderFailure, errorCode } from './errors';
import { canEnter, chooseOsUser, runsAsRoot } from './os-user';
import type { OsUser } from './types';
import { ownedFolder } from './owned-folder';
import { readPostgresState, type PostgresState } from './state-file';

export interface Place {
  /** Who runs PostgreSQL; null is this process's own user. */
  readonly user: OsUser | null;
  /** Holds pgdata and unfinished attempts at it; only this process's user may write it. */
  readonly home: string;
  /** PGDATA. */
  readonly clusterDir: string;
  readonly exists: boolean;
  /** The home is not the data folder. */
  readonly relocated: boolean;
}

export interface PlaceQuestion {
  /** Absolute, exists, no symbolic links. */
  readonly dataDir: string;
  readonly state: PostgresState | null;
  readonly throwaway: boolean;
  /** The superuser's password is given or in the secrets. */
  readonly passwordKnown: boolean;
  readonly systemDir: string;
  readonly log: (line: string) => void;
}

/**
 * Makes the data folder. Made by root it is 0711, so that the database user can pass through to its own folder; everything
 * the launcher puts beside that is 0600 or 0700.
 *
 * @returns the folder without symbolic links
 */
export async function prepareDataDir(path: string): Promise<string> {
  try {
    const first = await mkdir(path, { recursive: true, mode: 0o755 });
    if (first !== undefined) await chmod(path, runsAsRoot() ? 0o711 : 0o700);
    return await realpath(path);
  } catch (error) {
    if (errorCode(error) === 'EEXIST' || errorCode(error) === 'ENOTDIR') {
      throw new PostgresFailure('DATA_DIR_INVALID', `The data folder ${path} is a file, or lies below one.`, { cause: error });
    }
    if (errorCode(error) === 'ENOENT') { // what a recursive mkdir says on a read-only file system
      throw new PostgresFailure('DATA_DIR_FORBIDDEN', `The data folder ${path} cannot be created: a read-only file system, or a link to nowhere.`, { cause: error });
    }
    throw folderFailure(error, `create the data folder ${path}`);
  }
}

const statOrNull = (path: string) => stat(path).catch((error: unknown) => {
  if (errorCode(error) === 'ENOENT') return null;
  throw folderFailure(error, `look at ${path}`);
});

/** Uid and gid of an existing cluster after refusing what PostgreSQL would refuse less clearly. */
async function ownerOf(clusterDir: string): Promise<{ uid: number; gid: number } | null> {
  const found = await statOrNull(clusterDir);
  if (found === null) return null;
  const me = process.getuid?.();
  if (me === 0 && found.uid === 0) {
    throw new PostgresFailure('DATA_DIR_FORBIDDEN', `${clusterDir} belongs to root, as whom PostgreSQL does not run. Give it back to its user: chown -R postgres ${clusterDir} (or nobody).`);
  }
  if (me !== undefined && me !== 0 && found.uid !== me) {
    throw new PostgresFailure('DATA_DIR_FORBIDDEN', `${clusterDir} belongs to the uid ${found.uid}, this process is uid ${me}. Start as the user of the first start, or choose another data folder.`);
  }
  if ((found.mode & 0o027) !== 0) await chmod(clusterDir, 0o700); // a copy made without modes; PostgreSQL would refuse
  return { uid: found.uid, gid: found.gid };
}

interface Origin {
  readonly dataDir: string;
}

/**
 * Marks a home as this data folder's own; one data folder per relocated cluster.
 *
 * @returns null, or the other data folder to which the home belongs and which still exists
 */
async function claim(home: string, dataDir: string): Promise<string | null> {
  const path = join(home, 'origin.json');
  const content = `${JSON.stringify({ dataDir } satisfies Origin)}\n`;
  if (await createFile(path, content)) return null;
  const origin = JSON.parse(await readFile(path, 'utf8')) as Origin;
  if (origin.dataDir === dataDir) return null;
  const state = await readPostgresState(origin.dataDir).catch(() => null);
  if (state?.clusterDir === join(home, 'pgdata')) return origin.dataDir;
  await replaceFile(path, content); // the data folder was moved
  return null;
}

async function recorded({ clusterDir }: PostgresState, { dataDir }: PlaceQuestion): Promise<Place> {
  const home = dirname(clusterDir);
  const owner = await ownerOf(clusterDir);
  if (owner === null) {
    throw new PostgresFailure('DATA_DIR_INVALID', `The database of ${dataDir} was kept in ${clusterDir}, which is gone. Put it back, or remove ${join(dataDir, 'postgres.json')} and the folder secrets to start with an empty one.`);
  }
  const other = await claim(home, dataDir);
  if (other !== null) {
    throw new PostgresFailure('DATA_DIR_IN_USE', `The database of ${dataDir} is kept in ${home}, which belongs to the data folder ${other}: one is a copy of the other. Remove ${join(dataDir, 'postgres.json')} to start the copy with an empty database.`);
  }
  return { user: await chooseOsUser(owner), home, clusterDir, exists: true, relocated: true };
}

/** A folder for this data folder below the system folder; the name tells nothing of the path. */
async function claimHome({ dataDir, systemDir, passwordKnown, log }: PlaceQuestion): Promise<string> {
  await ownedFolder(systemDir, 0o755);
  const base = join(systemDir, createHash('sha256').update(dataDir).digest('hex').slice(0, 16));
  for (let count = 1; ; count += 1) {
    const home = count === 1 ? base : `${base}-${count}`;
    // Root's own, not the database user's: root renames and writes here and must not be led astray by links.
    await ownedFolder(home, 0o711);
    const foreign = !passwordKnown && (await statOrNull(join(home, 'pgdata'))) !== null;
    if (!foreign && (await claim(home, dataDir)) === null) return home;
    // The data folder that was here was moved, or removed to begin anew.
    log(`${home} holds the database of an earlier data folder at ${dataDir}; it is left alone, remove it when it is not needed`);
  }
}

async function relocate(user: OsUser, question: PlaceQuestion): Promise<Place> {
  const { dataDir, log } = question;
  const home = await claimHome(question);
  if (!(await canEnter(user, home))) {
    throw new PostgresFailure('DATA_DIR_FORBIDDEN', `PostgreSQL does not run as root, and its user ${user.name} can enter neither ${dataDir} nor ${home}. Choose a data folder below folders that everyone may enter.`);
  }
  const clusterDir = join(home, 'pgdata');
  const owner = await ownerOf(clusterDir);
  log(`The user ${user.name}, who runs PostgreSQL for root, may not enter ${dataDir}; the database is kept in ${clusterDir}`);
  return { user: await chooseOsUser(owner), home, clusterDir, exists: owner !== null, relocated: true };
}

/**
 * Where the cluster of a data folder is or shall be, and who runs it.
 *
 * @throws PostgresFailure DATA_DIR_FORBIDDEN, DATA_DIR_INVALID, DATA_DIR_IN_USE, OS_USER_UNAVAILABLE
 */
export async function findPlace(question: PlaceQuestion): Promise<Place> {
  const { dataDir, state, throwaway } = question;
  const clusterDir = join(dataDir, 'pgdata');
  const owner = await ownerOf(clusterDir);
  if (owner === null && state?.relocated) return recorded(state, question);
  const user = await chooseOsUser(owner);
  // The folder of a throwaway cluster is the launcher's own; mkdtemp makes it 0700.
  if (user && throwaway && (await lstat(dataDir)).uid === process.getuid?.()) await chmod(dataDir, 0o711);
  const home = { user, home: dataDir, clusterDir, exists: owner !== null, relocated: false };
  if (await canEnter(user, dataDir)) return home;
  if (user && owner === null) return relocate(user, question);
  throw new PostgresFailure('DATA_DIR_FORBIDDEN', `The database in ${clusterDir} belongs to ${user ? `the user ${user.name}` : 'this user'}, who may no longer enter ${dataDir}. Give the folders above it the mode o+x again, or move it.`);
}
