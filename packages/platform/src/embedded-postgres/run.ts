import { spawn, type ChildProcess } from 'node:child_process';
import type { OsUser } from './types';

/** Nothing of the caller's environment (PGDATA, PGPORT, LANG, LD_PRELOAD …) may reach PostgreSQL. */
export const CLEAN_ENVIRONMENT = { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C', TZ: 'UTC' };

/** `/` can be entered by every user, which the caller's working directory cannot. */
export const WORKING_DIRECTORY = '/';

export interface RunResult {
  /** Exit code; null when the process was ended by a signal. */
  readonly code: number | null;
  readonly output: string;
}

/** The uid and gid for `spawn`; node then drops the supplementary groups as well. */
export const asUser = (user: OsUser | null): { uid?: number; gid?: number } => (user ? { uid: user.uid, gid: user.gid } : {});

/**
 * Runs a short command to its end.
 *
 * @returns exit code and stdout with stderr, at most the first 64 KiB
 * @throws the system error of `spawn` (ENOENT, EACCES, EPERM) when the command cannot be run at all
 */
export function runToEnd(command: string, args: readonly string[], user: OsUser | null): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: WORKING_DIRECTORY, env: CLEAN_ENVIRONMENT, stdio: ['ignore', 'pipe', 'pipe'], ...asUser(user),
    });
    let output = '';
    const collect = (chunk: Buffer): void => {
      if (output.length < 65_536) output += chunk.toString('utf8');
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}

// The guard lives exactly as long as its command. Its stdin is a pipe that only the launcher holds: when the launcher
// ends in whatever way, SIGKILL included, the pipe closes and the command gets SIGINT (for PostgreSQL a fast shutdown).
// Background commands of sh start with SIGINT ignored; PostgreSQL and initdb install their own handlers, and whoever asks before
// they have done so is not heard: the signal is sent until the command has ended (a second one changes nothing for them).
const GUARD = `
exec 3<&0
P=
trap '[ -z "$P" ] || kill -INT "$P"' TERM INT HUP
"$@" </dev/null >&2 3<&- &
P=$!
echo "$P"
{ while read -r _ <&3; do :; done; while kill -INT "$P"; do sleep 1; done; } >/dev/null 2>&1 &
W=$!
exec 3<&- >&-
wait "$P"; S=$?
while kill -0 "$P" 2>/dev/null; do wait "$P"; S=$?; done
kill "$W" 2>/dev/null
exit "$S"
`;

export interface Guarded {
  /** The shell that guards; its exit is the command's exit, a signal shown as 128 + number. */
  readonly guard: ChildProcess;
  /** Process id of the command itself. */
  readonly pid: Promise<number>;
  readonly exit: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** Asks the command to end with SIGINT, as the launcher's death would. */
  release(): void;
}

/**
 * Starts a command that cannot outlive this process, in its own session so that Ctrl-C reaches only the launcher.
 *
 * @param outputFd - file descriptor that receives stdout and stderr of the command
 */
export function spawnGuarded(command: string, args: readonly string[], user: OsUser | null, outputFd: number): Guarded {
  const guard = spawn('/bin/sh', ['-c', GUARD, 'casebridge-guard', command, ...args], {
    cwd: WORKING_DIRECTORY, env: CLEAN_ENVIRONMENT, detached: true, stdio: ['pipe', 'pipe', outputFd], ...asUser(user),
  });
  const { stdin, stdout } = guard;
  if (!stdin || !stdout) throw new Error('spawn gave no pipes'); // cannot be: both are asked for
  stdin.on('error', () => undefined); // EPIPE when the guard is gone already; its exit tells the story
  const exit = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve, reject) => {
    guard.once('error', reject);
    guard.once('exit', (code, signal) => {
      stdin.destroy();
      resolve({ code, signal });
    });
  });
  exit.catch(() => undefined); // also reported through pid
  const pid = new Promise<number>((resolve, reject) => {
    let text = '';
    stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      if (text.includes('\n')) resolve(Number.parseInt(text, 10));
    });
    exit.then(() => reject(new Error('The guard ended before it had started its command')), reject);
  });
  pid.catch(() => undefined);
  return { guard, pid, exit, release: () => stdin.end() };
}
