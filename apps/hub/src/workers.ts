import { systemClock } from '@casebridge/kernel';
import {
  citizenIdSecret, cursorSecret, developmentJwks, type Drain, forkWorker, installDrain, type Logger, originOf, planPools, primaryLink, reloadWorkers, serveAsWorker, serversOf, sharedPort, startPoolAdmin, Supervisor,
  workerNumber, workerPatienceMs,
} from '@casebridge/platform';
import { prepareDataDir } from '@casebridge/platform/dist/embedded-postgres';
import { databaseNames, type HubConfig } from './config';
import { type Databases, prepareDatabases } from './databases';
import { ensureSeed } from './seed';

export interface WorkersOptions {
  readonly config: HubConfig;
  readonly logger: Logger;
  /** Told how far the demo data has come. */
  readonly progress: (message: string, share: number) => void;
}

export interface WorkerPool {
  readonly url: string;
  readonly publicUrl: string;
  readonly adminUrl: string;
  readonly drain: Drain;
}

/** What workers are told when all is prepared. */
type Prepared = Pick<Databases, 'addresses' | 'pools'>;

/** In the primary: starts PostgreSQL and the workers. In a worker: services and gateway, and null. */
export async function startWorkers(options: WorkersOptions): Promise<WorkerPool | null> {
  const worker = workerNumber();
  if (worker === null) return startPrimary(options);
  await startWorker({ ...options, logger: options.logger.child({ worker }) });
  return null;
}

async function startWorker({ config, logger }: WorkersOptions): Promise<void> {
  const link = primaryLink();
  const { startParts } = await import('./start-hub.js');
  const prepared = link.begin.then((begun): Databases => ({ ...(begun as Prepared), postgres: null }));
  const hub = await startParts({ config: { ...config, seed: null }, logger, prepared });
  serveAsWorker({ link, logger, metrics: hub.metrics, health: () => hub.gateway.health(), routes: hub.routes, steps: hub.steps });
}

async function startPrimary({ config, logger, progress }: WorkersOptions): Promise<WorkerPool> {
  const { dataDir, development, host, nodeEnv, workers } = config;
  const port = await sharedPort(host, config.port);
  await prepareDataDir(dataDir);
  // Made once, before the workers look for them.
  if (development) await developmentJwks(dataDir, nodeEnv);
  await cursorSecret(dataDir);
  await citizenIdSecret(dataDir);

  let drain: Drain | null = null;
  const supervisor = new Supervisor({
    count: workers, logger, fork: (worker) => forkWorker(worker, { HUB_WORKERS: String(workers), PORT: String(port) }), onGiveUp: (reason) => void drain?.run(reason, 1),
  });
  const databases = prepareDatabases(config, logger);
  databases.catch(() => undefined); // awaited below
  const workerFailed = new Promise<never>((_, reject) => void supervisor.ready.catch(reject));
  workerFailed.catch(() => undefined);
  supervisor.start(); // they load their programs while PostgreSQL starts
  try {
    const { addresses } = await Promise.race([databases, workerFailed]);
    const seeded = config.seed ? ensureSeed({ addresses, seed: config.seed, dataDir, logger, clock: systemClock, progress }) : Promise.resolve();
    await Promise.race([seeded, workerFailed]);
    const urls = Object.fromEntries(databaseNames.map((name) => [name, addresses[name].runtimeUrl]));
    const prepared: Prepared = { addresses, pools: planPools(workers, await serversOf(urls)) };
    supervisor.begin(prepared);
    await supervisor.ready;
    const admin = await startPoolAdmin({ supervisor, host: config.adminHost, port: config.adminPort, logger });
    const { postgres } = await databases;
    drain = installDrain({
      logger,
      steps: () => [
        { name: 'workers', stop: () => supervisor.drain(workerPatienceMs) },
        { name: 'admin', stop: () => admin.close() },
        ...(postgres ? [{ name: 'postgres', stop: () => postgres.stop() }] : []),
      ],
    });
    const toEnd = drain;
    postgres?.onExit((exit) => {
      logger.error({ code: exit.code, signal: exit.signal }, exit.message);
      void toEnd.run('the embedded PostgreSQL ended', 1);
    });
    process.on('SIGHUP', () => void reloadWorkers(supervisor));
    const url = originOf(host, port);
    return { url: `${url}/graphql`, publicUrl: `${url}/public/graphql`, adminUrl: admin.url, drain };
  } catch (cause) {
    await supervisor.drain(workerPatienceMs).catch(() => undefined);
    const { postgres } = await databases.catch(() => ({ postgres: null }));
    await postgres?.stop();
    throw cause;
  }
}
