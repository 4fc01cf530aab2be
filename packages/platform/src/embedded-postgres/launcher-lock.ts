import { randomBytes } from 'node:crypto';
import { link, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createFile } from './atomic-write';
import { PostgresFailure, folderFailure, errorCode } from './errors';
import { inspectProcess } from './process-table';

/** A launcher that was just killed or is unlocking is still there for a moment. */
const PATIENCE_MS = 1_000;

interface Holder {
  readonly pid: number;
  /** Start of the process, so that a pid given to another process is not taken for the holder. */
  readonly identity: string | null;
}

function parseHolder(text: string): Holder | null {
  try {
    const { pid, identity } = JSON.parse(text) as Partial<Holder>;
    return typeof pid === 'number' ? { pid, identity: identity ?? null } : null;
  } catch {
    return null;
  }
}

async function isLive(holder: Holder | null): Promise<boolean> {
  const found = holder ? await inspectProcess(holder.pid) : null;
  if (!holder || !found) return false;
  return holder.identity === null || found.identity === null || found.identity === holder.identity;
}

const textOrNull = (path: string): Promise<string | null> => readFile(path, 'utf8').catch((error: unknown) => {
  if (errorCode(error) === 'ENOENT') return null;
  throw folderFailure(error, `read ${path}`);
});

/** Moves a dead holder's lock away; gives it back when somebody else took it in the meantime. */
async function clearStale(path: string, stale: string): Promise<void> {
  const aside = `${path}.${randomBytes(6).toString('hex')}.stale`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    throw error;
  }
  if ((await readFile(aside, 'utf8')) !== stale) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
}

/**
 * Takes the data folder for this launcher. The lock of a process that died is taken over.
 *
 * @returns a function that gives the folder free
 * @throws PostgresFailure DATA_DIR_IN_USE with the folder and the other launcher's pid
 */
export async function lockDataDir(dataDir: string): Promise<() => Promise<void>> {
  const path = join(dataDir, 'launcher.lock');
  const own = `${JSON.stringify({
    pid: process.pid, identity: (await inspectProcess(process.pid))?.identity ?? null, token: randomBytes(6).toString('hex'),
  })}\n`;
  const patience = performance.now() + PATIENCE_MS;
  for (let attempt = 0; attempt < 200; attempt += 1) {
    try {
      if (await createFile(path, own)) {
        return async () => {
          if ((await textOrNull(path)) === own) await rm(path, { force: true });
        };
      }
    } catch (error) {
      throw folderFailure(error, `write ${path}`);
    }
    const text = await textOrNull(path);
    if (text === null) continue;
    const holder = parseHolder(text);
    if (holder && (await isLive(holder))) {
      if (holder.pid !== process.pid && performance.now() < patience) {
        await sleep(20);
        continue;
      }
      const who = holder.pid === process.pid ? 'this process itself' : 'another launcher';
      throw new PostgresFailure('DATA_DIR_IN_USE', `The data folder ${dataDir} is in use by ${who} (pid ${holder.pid}). Stop it, or choose another data folder.`);
    }
    await clearStale(path, text);
  }
  throw new PostgresFailure('DATA_DIR_IN_USE', `The data folder ${dataDir} could not be locked: other launchers keep taking ${path}.`);
}
