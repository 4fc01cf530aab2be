import { rm } from 'node:fs/promises';
import { isAbsolute, resolve } from 'node:path';
import { findBinaries } from './binaries';
import { checkCluster, createCluster } from './cluster';
import { PostgresFailure } from './errors';
import { lockDataDir } from './launcher-lock';
import { runsAsRoot } from './os-user';
import { findPlace, prepareDataDir, type Place } from './place';
import { findSecret, loadOrCreateSecret } from './secrets';
import { serverSettings, startServer, type Server } from './server';
import { ServerLog } from './server-log';
import { readPostgresState, removePostgresState, writePostgresState, type PostgresState } from './state-file';
import type { PostgresExit, RunningPostgres, StartPostgresOptions } from './types';

const SUPERUSER_SECRET = 'postgres-superuser';
const HOST = '127.0.0.1';
const START_PATIENCE_MS = 300_000;

async function superPassword(dataDir: string, place: Place, known: string | null): Promise<string> {
  if (known !== null) return known;
  if (place.exists) {
    throw new PostgresFailure('PASSWORD_LOST', `${place.clusterDir} holds a database, but its superuser's password, ${dataDir}/secrets/${SUPERUSER_SECRET}, is gone. Put the file back, or remove both to start with an empty database.`);
  }
  return loadOrCreateSecret(dataDir, SUPERUSER_SECRET);
}

interface Started {
  readonly server: Server;
  readonly place: Place;
  readonly version: string;
  readonly password: string;
}

async function start(dataDir: string, serverLog: ServerLog, options: StartPostgresOptions): Promise<Started> {
  const log = options.log ?? (() => undefined);
  let launched = false;
  const onLaunch = (): void => {
    if (!launched) options.onLaunch?.();
    launched = true;
  };
  const throwaway = options.durability === 'throwaway';
  const systemDir = options.systemDir ?? '/var/lib/casebridge';
  const state = await readPostgresState(dataDir);
  const knownPassword = options.superPassword ?? (await findSecret(dataDir, SUPERUSER_SECRET));
  const place = await findPlace({ dataDir, state, throwaway, passwordKnown: knownPassword !== null, systemDir, log });
  const binaries = await findBinaries({
    user: place.user, binDir: options.binDir, log, copyTo: runsAsRoot() ? [systemDir, place.home] : [place.home],
  });
  const password = await superPassword(dataDir, place, knownPassword);
  if (place.exists) await checkCluster(place.clusterDir, binaries);
  else {
    log(`Creating the database with PostgreSQL ${binaries.version}${place.user ? `, run by the user ${place.user.name}` : ''}, in ${place.clusterDir}`);
    const cleared = await createCluster({ place, binaries, password, throwaway, serverLog, onLaunch });
    if (cleared > 0) log('An earlier start was interrupted while it created the database; its remains were removed');
  }
  const server = await startServer({
    place, binaries, serverLog, log, onLaunch,
    settings: serverSettings(throwaway, options.settings ?? {}),
    preferredPort: options.port ?? state?.port ?? null,
    formerPid: state?.pid ?? null,
    patienceMs: options.startPatienceMs ?? START_PATIENCE_MS,
  });
  return { server, place, version: binaries.version, password };
}

function handle(dataDir: string, started: Started, options: StartPostgresOptions, cleanUp: () => Promise<void>): RunningPostgres {
  const { server, place, version, password } = started;
  const { pid, port } = server;
  const state: PostgresState = { clusterDir: place.clusterDir, relocated: place.relocated, host: HOST, port, pid, version };
  const listeners: ((exit: PostgresExit) => void)[] = [];
  let unexpected: PostgresExit | null = null;
  let stopping: Promise<void> | null = null;

  const ended = server.ended.then(async (exit) => {
    if (stopping === null) {
      await cleanUp(); // first: a listener may start it again
      unexpected = exit;
      for (const listener of listeners) listener(exit);
      return;
    }
    await writePostgresState(dataDir, { ...state, pid: null });
    if (place.relocated && options.durability === 'throwaway') {
      await rm(place.home, { recursive: true, force: true });
      await removePostgresState(dataDir);
    }
    await cleanUp();
  });
  ended.catch(() => undefined); // stop() passes it on

  return {
    host: HOST, port, pid, dataDir, clusterDir: place.clusterDir, version,
    superuserUrl: (database) => `postgres://postgres:${encodeURIComponent(password)}@${HOST}:${port}/${encodeURIComponent(database)}`,
    stop: () => {
      stopping ??= unexpected ? Promise.resolve() : server.stop().then(() => ended);
      return stopping;
    },
    onExit: (callback) => {
      if (unexpected) callback(unexpected);
      else listeners.push(callback);
    },
  };
}

/**
 * Starts the PostgreSQL of a data folder, creating its cluster on the first run.
 *
 * The server listens on 127.0.0.1 only, asks for passwords (SCRAM), runs as an unprivileged user when this process is root,
 * and ends with this process, however that ends. `postgres.json` in the data folder tells its port, `postgres.log` what it
 * wrote.
 *
 * @throws PostgresFailure with a code and a message an operator can act on; nothing is left running then
 */
export async function startPostgres(options: StartPostgresOptions): Promise<RunningPostgres> {
  if (options.binDir !== undefined && !isAbsolute(options.binDir)) {
    throw new PostgresFailure('BINARY_MISSING', `PG_BIN_DIR must be an absolute path, not ${options.binDir}`);
  }
  const dataDir = await prepareDataDir(resolve(options.dataDir));
  const unlock = await lockDataDir(dataDir);
  let serverLog: ServerLog | null = null;
  let server: Server | null = null;
  const cleanUp = async (): Promise<void> => {
    await serverLog?.close();
    serverLog = null;
    await unlock();
  };
  try {
    serverLog = await ServerLog.open(dataDir);
    const started = await start(dataDir, serverLog, options);
    const { place, version } = started;
    ({ server } = started);
    await writePostgresState(dataDir, { clusterDir: place.clusterDir, relocated: place.relocated, host: HOST, port: server.port, pid: server.pid, version });
    return handle(dataDir, started, options, cleanUp);
  } catch (error) {
    await server?.stop();
    await cleanUp();
    throw error;
  }
}
