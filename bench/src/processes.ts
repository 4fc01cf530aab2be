import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';

const home = resolve(__dirname, '../..');
const startMs = 60_000;
const stopMs = 15_000;

export interface ChildSpec {
  readonly name: string;
  /** Below the repository. */
  readonly script: string;
  /** For node itself. */
  readonly flags?: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

export interface Child {
  readonly name: string;
  readonly pid: number;
  /** What its `ready` line names first. */
  readonly url: string;
  /** The end of what it wrote to stderr. */
  lastWords(): string;
}

/** What `npm start` and `npm run gateway` give node: an answer's objects die young, and with more room for them fewer are copied before they do. */
export const servingFlags: readonly string[] = ['--max-semi-space-size=64'];

const running = new Set<ChildProcess>();

/** Ends at once what was started here and still runs: for an end of this process that closes nothing. */
export function endLeftovers(): void {
  for (const child of running) child.kill('SIGKILL');
}

/**
 * Starts a process and waits for its `ready` line.
 *
 * @param onStop - is given what ends it as soon as there is something to end
 * @throws with the last words of the process when it ends, or takes longer than a minute
 */
export function startChild(spec: ChildSpec, onStop: (stop: () => Promise<void>) => void): Promise<Child> {
  spec.signal.throwIfAborted();
  const child = spawn(process.execPath, [...(spec.flags ?? []), resolve(home, spec.script)], {
    // A group of its own: Ctrl-C in the terminal reaches this process alone, which then ends the others once, in order.
    detached: true, stdio: ['ignore', 'pipe', 'pipe'],
    env: spec.env,
  });
  running.add(child);
  const exited = new Promise<void>((done) => {
    child.once('error', () => done());
    child.once('exit', () => done());
  }).finally(() => running.delete(child));
  let asked = false;
  onStop(() => {
    asked = true;
    return end(child, exited);
  });

  let out = '';
  let words = '';
  child.stderr?.on('data', (chunk: Buffer) => (words = (words + chunk.toString()).slice(-2_000)));
  return new Promise((ready, reject) => {
    const give = (settle: () => void): void => {
      clearTimeout(late);
      spec.signal.removeEventListener('abort', abort);
      settle();
    };
    const abort = (): void => give(() => reject(new Error('interrupted')));
    const late = setTimeout(() => give(() => reject(new Error(`${spec.name} was not ready within ${startMs / 1_000} s\n${words}`))), startMs);
    spec.signal.addEventListener('abort', abort, { once: true });
    child.stdout?.on('data', (chunk: Buffer) => {
      out = (out + chunk.toString()).slice(-10_000);
      const url = /^ready .*?(http:\/\/[^\s)]+)/m.exec(out)?.[1];
      if (url) give(() => ready({ name: spec.name, pid: child.pid ?? 0, url, lastWords: () => words }));
    });
    void exited.then(() => {
      give(() => reject(new Error(`${spec.name} ended before it was ready\n${words}`)));
      if (!asked) process.stderr.write(`${spec.name} ended (${child.signalCode ?? child.exitCode}) though nobody asked it to\n${words}`);
    });
  });
}

async function end(child: ChildProcess, exited: Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), stopMs);
  await exited;
  clearTimeout(timer);
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const { createServer } = await import('node:net');
  return new Promise((found, reject) => {
    const server = createServer().once('error', reject).listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address ? found(address.port) : reject(new Error('no port'))));
    });
  });
}
