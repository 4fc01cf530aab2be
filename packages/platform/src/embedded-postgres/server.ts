import { setTimeout as sleep } from 'node:timers/promises';
import type { Binaries } from './binaries';
import { PostgresFailure, classifyLog, failureFromLog, quoteTail } from './errors';
import { findFreePort } from './free-port';
import type { Place } from './place';
import { clearPidFile, readPostmasterFile } from './postmaster-pid';
import { inspectProcess, isPostmasterOf, signalProcess } from './process-table';
import { spawnGuarded, type Guarded } from './run';
import type { ServerLog } from './server-log';
import type { PostgresExit } from './types';

/** A killed postmaster stays a zombie for up to 2 s in a container, a stopping one needs its checkpoint. */
const LOCK_PATIENCE_MS = 10_000;
const STOP_PATIENCE_MS = 20_000;
const PORT_ATTEMPTS = 20;

export interface ServerRequest {
  readonly place: Place;
  readonly binaries: Binaries;
  readonly settings: Readonly<Record<string, string>>;
  readonly preferredPort: number | null;
  /** The postmaster published by an earlier launcher, if it was not stopped in order. */
  readonly formerPid: number | null;
  readonly serverLog: ServerLog;
  readonly log: (line: string) => void;
  /** Called each time the server has been launched. */
  readonly onLaunch: () => void;
  /** Milliseconds from the start of the server, or from its last word of how far recovery has come, until it must be ready. */
  readonly patienceMs: number;
}

export interface Server {
  readonly pid: number;
  readonly port: number;
  /** Resolves when every process of the server has ended. */
  readonly ended: Promise<PostgresExit>;
  stop(): Promise<void>;
}

/** What every server gets; the command line wins over postgresql.conf, so an older cluster follows a newer launcher. */
export function serverSettings(throwaway: boolean, more: Readonly<Record<string, string>>): Record<string, string> {
  return {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '', // no path limit, no stale lock files in /tmp, one way in
    max_connections: '200',
    shared_buffers: '128MB',
    max_wal_size: '1GB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    logging_collector: 'off',
    log_destination: 'stderr',
    log_line_prefix: '%m [%p] ',
    // The log must hold no personal data: neither statements nor the DETAIL line with the values of a violated key.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_checkpoints: 'off',
    ...(throwaway ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
    ...more,
  };
}

function exitMessage(code: number | null, signal: NodeJS.Signals | null, lines: readonly string[]): string {
  const killed = signal ?? (code !== null && code > 128 ? `signal ${code - 128}` : null);
  return `PostgreSQL ended unexpectedly (${killed ?? `exit code ${code}`}).${quoteTail(lines)}`;
}

/** When the guard itself was killed, the server may live on without anybody: stop it. */
async function endOrphan(pid: number, clusterDir: string): Promise<void> {
  for (const [signal, patienceMs] of [['SIGINT', 10_000], ['SIGKILL', 5_000]] as const) {
    const until = performance.now() + patienceMs;
    for (let asked = false; performance.now() < until; asked = true) {
      const found = await inspectProcess(pid);
      if (!found || !isPostmasterOf(found, clusterDir)) return;
      if (!asked) signalProcess(pid, signal);
      await sleep(20);
    }
  }
}

function supervise(guarded: Guarded, pid: number, port: number, { place, serverLog }: ServerRequest): Server {
  const ended = guarded.exit.then(async ({ code, signal }): Promise<PostgresExit> => {
    await endOrphan(pid, place.clusterDir);
    const lastLines = await serverLog.lastLines();
    return { code, signal, lastLines, message: exitMessage(code, signal, lastLines) };
  });
  const stop = async (): Promise<void> => {
    guarded.guard.ref(); // so that node waits for the end
    guarded.release();
    for (const signal of ['SIGQUIT', 'SIGKILL'] as const) {
      const timer = new AbortController();
      const late = sleep(STOP_PATIENCE_MS, 'late' as const, { signal: timer.signal }).catch(() => 'late' as const);
      const first = await Promise.race([ended, late]);
      timer.abort();
      if (first !== 'late') return;
      const found = await inspectProcess(pid);
      if (found && isPostmasterOf(found, place.clusterDir)) signalProcess(pid, signal);
    }
    await ended;
  };
  return { pid, port, ended, stop };
}

/** What it says every ten seconds while it recovers after a crash: however long that takes, it is at work. */
const AT_WORK = /, elapsed time: [\d.]+ s, current /;

/** Waits until the server says "ready" or has ended; false when it ended. */
async function becomesReady(guarded: Guarded, pid: number, { place, log, serverLog, patienceMs }: ServerRequest): Promise<boolean> {
  let ended = false;
  guarded.exit.then(() => { ended = true; }, () => { ended = true; });
  const newest = async (): Promise<string> => (await serverLog.lastLines(1))[0] ?? '';
  const began = performance.now();
  let until = began + patienceMs;
  let atWork = '';
  for (let nextNews = 5_000; !ended; ) {
    const file = await readPostmasterFile(place.clusterDir);
    if (file?.pid === pid && file.ready) return true;
    const waited = performance.now() - began;
    if (performance.now() > until) {
      const line = await newest();
      if (line === atWork || !AT_WORK.test(line)) throw await startTimeout(place.clusterDir, waited, serverLog);
      atWork = line;
      until = performance.now() + patienceMs;
    }
    if (waited > nextNews) {
      nextNews += 5_000;
      log(`PostgreSQL is still starting (${Math.round(waited / 1000)} s): ${(await newest()) || 'no news'}`);
    }
    await sleep(10);
  }
  return false;
}

const startTimeout = async (clusterDir: string, waitedMs: number, serverLog: ServerLog): Promise<PostgresFailure> => new PostgresFailure(
  'START_TIMEOUT',
  `PostgreSQL in ${clusterDir} was not ready after ${(waitedMs / 1000).toFixed(1)} s and told no progress; it was stopped, the data was not touched. ` +
    `See whether the disk answers and the machine has room for it, and start again.${quoteTail(await serverLog.lastLines())}`,
);

async function attempt(port: number, request: ServerRequest): Promise<Server | readonly string[]> {
  const { place, binaries, settings, serverLog } = request;
  await serverLog.startAttempt();
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const guarded = spawnGuarded(binaries.postgres, ['-D', place.clusterDir, '-p', String(port), ...flags], place.user, serverLog.fd);
  request.onLaunch();
  const pid = await guarded.pid;
  const server = supervise(guarded, pid, port, request);
  try {
    if (!(await becomesReady(guarded, pid, request))) return (await server.ended).lastLines;
  } catch (error) {
    await server.stop();
    throw error;
  }
  guarded.guard.unref(); // a forgotten server must not keep node alive; it ends with it
  return server;
}

/**
 * Starts the server of an existing cluster and waits until it takes connections.
 *
 * @throws PostgresFailure DATA_DIR_IN_USE, PORT_IN_USE, DISK_FULL, DATA_DIR_FORBIDDEN, START_FAILED, START_TIMEOUT
 */
export async function startServer(request: ServerRequest): Promise<Server> {
  const { place, preferredPort, formerPid, log } = request;
  const patience = performance.now() + LOCK_PATIENCE_MS;
  let port = preferredPort ?? (await findFreePort());
  let saidWaiting = false;
  for (let portsTried = 1; ; ) {
    const verdict = await clearPidFile(place.clusterDir, formerPid, log);
    const outcome = verdict === 'free' ? await attempt(port, request) : [`lock file "postmaster.pid" already exists: pid ${formerPid} of the last run has not ended`];
    if ('ended' in outcome) return outcome;
    const fault = classifyLog(outcome.join('\n'));
    if (fault === 'STILL_LOCKED' && performance.now() < patience) {
      if (!saidWaiting) log('The PostgreSQL of the last run is still ending; waiting for it');
      saidWaiting = true;
      await sleep(100);
    } else if (fault === 'PORT_IN_USE' && portsTried < PORT_ATTEMPTS) {
      portsTried += 1;
      const busy = port;
      port = await findFreePort();
      log(`Port ${busy} cannot be used (${/could not bind .*: (.*)/.exec(outcome.join('\n'))?.[1] ?? 'busy'}); trying ${port}`);
    } else if (fault === 'PORT_IN_USE') {
      throw new PostgresFailure('PORT_IN_USE', `PostgreSQL found no port of 127.0.0.1 to listen on in ${PORT_ATTEMPTS} attempts.${quoteTail(outcome)}`);
    } else {
      throw failureFromLog(`PostgreSQL did not start in ${place.clusterDir}.`, outcome, 'START_FAILED');
    }
  }
}
