import { readFile, readlink } from 'node:fs/promises';
import { basename } from 'node:path';
import { errorCode } from './errors';
import { runToEnd } from './run';

export interface ProcessInfo {
  /** Same process, same text; a pid given to another process gives another text. Null when it cannot be read. */
  readonly identity: string | null;
  readonly argv: readonly string[];
  /** Working directory, null when it may not be read. */
  readonly cwd: string | null;
  /** Id of its session, to all of which a terminal sends its Ctrl-C; null where the system does not tell. */
  readonly session: string | null;
}

async function textOrNull(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return null;
  }
}

/** Fields 3 (state), 6 (session) and 22 (start time in ticks since boot) of /proc/PID/stat; the name before may hold blanks. */
function parseStat(stat: string): { state: string; session: string; startTicks: string } {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0] ?? '', session: fields[3] ?? '', startTicks: fields[19] ?? '' };
}

async function inspectByPs(pid: number): Promise<ProcessInfo | null> {
  try {
    const { code, output } = await runToEnd('ps', ['-o', 'stat=,sess=,lstart=,command=', '-p', String(pid)], null);
    // "S    4711 Sat Nov 21 23:10:35 2026 /path/postgres -D …"
    const found = /^(\S+)\s+(\S+)\s+((?:\S+\s+){4}\S+)\s+(.*)$/.exec(output.trim());
    if (code !== 0 || !found || found[1]?.startsWith('Z')) return null;
    return { identity: found[3] ?? null, argv: (found[4] ?? '').split(' '), cwd: null, session: found[2] ?? null };
  } catch {
    return { identity: null, argv: [], cwd: null, session: null };
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) !== 'ESRCH'; // EPERM: it lives, as another user
  }
}

/**
 * What is known of a living process.
 *
 * @returns null when there is none; a zombie counts as none, it can neither write nor hold anything
 */
export async function inspectProcess(pid: number): Promise<ProcessInfo | null> {
  if (!exists(pid)) return null;
  const stat = await textOrNull(`/proc/${pid}/stat`);
  if (stat === null) return exists(pid) ? inspectByPs(pid) : null; // it may have ended just now
  const { state, session, startTicks } = parseStat(stat);
  if (state === 'Z' || state === 'X') return null;
  const boot = (await textOrNull('/proc/sys/kernel/random/boot_id'))?.trim() ?? '';
  const argv = ((await textOrNull(`/proc/${pid}/cmdline`)) ?? '').split('\0').filter((part) => part !== '');
  const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => null);
  return { identity: `${boot}/${startTicks}`, argv, cwd, session };
}

/** Whether a process is the postmaster of this cluster: it always works inside its PGDATA. */
export function isPostmasterOf(info: ProcessInfo, clusterDir: string): boolean {
  const name = basename(info.argv[0] ?? '');
  if (name !== 'postgres' && name !== 'postmaster') return false;
  return info.cwd === null ? info.argv.includes(clusterDir) : info.cwd === clusterDir;
}

/** Sends a signal; a process that has ended meanwhile is what was wanted. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error;
  }
}
