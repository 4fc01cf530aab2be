import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { PostgresFailure, folderFailure, errorCode } from './errors';
import { inspectProcess, isPostmasterOf, signalProcess } from './process-table';

/** The lines of `postmaster.pid` that matter here. */
export interface PostmasterFile {
  readonly pid: number;
  readonly ready: boolean;
}

/** Never follows a link: the folder belongs to the database user, this process may be root. */
async function openFile(clusterDir: string, flags: number): Promise<FileHandle | null> {
  const path = join(clusterDir, 'postmaster.pid');
  try {
    return await open(path, flags | constants.O_NOFOLLOW);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw folderFailure(error, `open ${path}`);
  }
}

/** Reads `postmaster.pid`; null when there is none or it is only half written. */
export async function readPostmasterFile(clusterDir: string): Promise<PostmasterFile | null> {
  const handle = await openFile(clusterDir, constants.O_RDONLY);
  if (!handle) return null;
  try {
    const lines = (await handle.readFile('utf8')).split('\n');
    const pid = Math.abs(Number.parseInt(lines[0] ?? '', 10)); // a single-user server writes it negative
    return Number.isInteger(pid) && pid > 0 ? { pid, ready: lines[7]?.trim() === 'ready' } : null;
  } finally {
    await handle.close();
  }
}

// Above every possible pid (Linux: 4194304). The file is not removed but given this pid, because its seventh line names the
// shared memory by which PostgreSQL itself finds out whether children of the dead postmaster still write.
const NO_PROCESS = '2147483646';

async function disown(clusterDir: string): Promise<void> {
  const handle = await openFile(clusterDir, constants.O_RDWR);
  if (!handle) return;
  try {
    const [, ...rest] = (await handle.readFile('utf8')).split('\n');
    const text = [NO_PROCESS, ...rest].join('\n');
    await handle.write(text, 0);
    await handle.truncate(Buffer.byteLength(text));
  } finally {
    await handle.close();
  }
}

export type PidFileVerdict = 'free' | 'stopping';

/**
 * Clears the way past a `postmaster.pid` left by an earlier server. The caller holds the lock of the data folder.
 *
 * @param ownPid - the postmaster that an earlier launcher published; if it still lives, its launcher is dead
 * @returns `free` when the server can be tried, `stopping` when an orphan of ours was asked to stop and is not gone yet
 * @throws PostgresFailure DATA_DIR_IN_USE when a server that no launcher started uses the cluster
 */
export async function clearPidFile(clusterDir: string, ownPid: number | null, log: (line: string) => void): Promise<PidFileVerdict> {
  const file = await readPostmasterFile(clusterDir);
  if (!file) return 'free';
  const found = await inspectProcess(file.pid);
  if (found && isPostmasterOf(found, clusterDir)) {
    if (file.pid !== ownPid) {
      throw new PostgresFailure('DATA_DIR_IN_USE', `The data folder of the database, ${clusterDir}, is in use by a PostgreSQL with the pid ${file.pid} that this launcher did not start. Stop it first.`);
    }
    signalProcess(file.pid, 'SIGINT');
    return 'stopping';
  }
  if (found) log(`postmaster.pid names the pid ${file.pid}, which now belongs to another command; it is disregarded`);
  // A dead pid and a zombie too: PostgreSQL would take a zombie of its own user for a living server.
  if (String(file.pid) !== NO_PROCESS) await disown(clusterDir);
  return 'free';
}
