import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';

const home = resolve(__dirname, '../../..');
const patienceMs = 600_000;

export interface TimedCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<NodeJS.ProcessEnv>;
  readonly signal: AbortSignal;
}

const running = new Set<ChildProcess>();

/** The command and what it has started: npm does not always hand a signal on. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, signal);
  } catch {
    // It has ended meanwhile, which is what was wanted.
  }
}

/** Ends at once what was started here and still runs: for an end of this process that closes nothing. */
export function endTimedCommands(): void {
  for (const child of running) signalGroup(child, 'SIGKILL');
}

/**
 * Runs a command of the checkout in a process group of its own.
 *
 * @param until - ends the measurement as soon as what was printed on stdout matches, and the command with SIGTERM; null: it ends by itself
 * @returns milliseconds from the start of the command until then
 * @throws with the last words of the command when it ends before, ends badly, or takes longer than ten minutes
 */
export async function timed({ command, args, env, signal }: TimedCommand, until: RegExp | null): Promise<number> {
  signal.throwIfAborted();
  const what = [command, ...args].join(' ');
  const began = performance.now();
  const child = spawn(command, args, { cwd: home, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  let seen: number | null = null;
  let out = '';
  let words = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
    words = (words + chunk.toString()).slice(-2_000);
    if (seen !== null || !until?.test(out)) return;
    seen = performance.now() - began;
    signalGroup(child, 'SIGTERM');
  });
  child.stderr.on('data', (chunk: Buffer) => (words = (words + chunk.toString()).slice(-2_000)));
  const end = (): void => signalGroup(child, 'SIGTERM');
  signal.addEventListener('abort', end, { once: true });
  const late = setTimeout(() => signalGroup(child, 'SIGKILL'), patienceMs);
  try {
    // Not `exit`: what the command has started may outlive it for a moment, and holds the pipes until it has ended.
    const code = await new Promise<number | null>((done, reject) => child.once('error', reject).once('close', (status) => done(status)));
    signal.throwIfAborted();
    if (until === null && code === 0) return performance.now() - began;
    if (seen === null) throw new Error(`${what} ended with ${code}${until ? ' before it was ready' : ''}\n${words}`);
    return seen;
  } finally {
    clearTimeout(late);
    signal.removeEventListener('abort', end);
    running.delete(child);
  }
}
