import { resolve } from 'node:path';
import { setImmediate as breath } from 'node:timers/promises';
import { type Clock, stateCouncilCalendar, systemClock } from '@casebridge/kernel';
import { createGateway, EntityCache, folderSource, type Gateway, LastGood, type Ledger, loadTrustedDocuments, PostgresLedger, PostgresSlots, type SlotLedger, startCacheFeed, SupergraphLife } from '@casebridge/gateway';
import {
  type AdminRoute, createMetrics, createTokenVerifier, citizenIdSecret, cursorSecret, developmentJwks, type DirectoryFeed, type DrainStep, InMemoryDirectory,
  type Logger, type Metrics, openBus, openTracing, parkedRoutes, type RunningService, startAdminServer, startDirectoryFeed, startService,
} from '@casebridge/platform';
import { prepareDataDir, type RunningPostgres } from '@casebridge/platform/dist/embedded-postgres';
import type { HubConfig } from './config';
import { type Databases, prepareDatabases } from './databases';
import { deferred, DeferredPort } from './deferred-port';
import { ensureSeed } from './seed';
import { services } from './services';

export interface RunningHub {
  readonly url: string;
  readonly publicUrl: string;
  readonly adminUrl: string;
  readonly gateway: Gateway;
  readonly services: readonly RunningService[];
  readonly postgres: RunningPostgres | null;
  readonly databases: Databases['addresses'];
  /** Reads the supergraph again. */
  readonly reload: () => Promise<unknown>;
  /** What to close, in order. */
  readonly steps: readonly DrainStep[];
  stop(): Promise<void>;
}

export interface HubOptions {
  readonly config: HubConfig;
  readonly logger: Logger;
  readonly clock?: Clock;
  /** Databases that are being prepared already. */
  readonly prepared?: Promise<Databases>;
  /** Told how far the demo data has come. */
  readonly progress?: (message: string, share: number) => void;
}

const gatewayFolder = resolve(__dirname, '../../../gateway');

/** What runs in each process that serves. */
export interface HubParts extends Omit<RunningHub, 'adminUrl'> {
  readonly metrics: Metrics;
  /** Of the admin listener, beside those that every process has. */
  readonly routes: Readonly<Record<string, AdminRoute>>;
}

/** Starts everything in this process: PostgreSQL, databases, demo data, four services, the gateway, the admin listener. Stops what it started when it fails. */
export async function startHub(options: HubOptions): Promise<RunningHub> {
  const { adminHost, adminPort } = options.config;
  const { metrics, routes, ...parts } = await startParts(options);
  try {
    const admin = await startAdminServer({ host: adminHost, port: adminPort, metrics, logger: options.logger, health: () => parts.gateway.health(), routes });
    const [readiness, ...steps] = parts.steps;
    return {
      ...parts, adminUrl: admin.url,
      steps: [...(readiness ? [readiness] : []), { name: 'admin', stop: () => admin.close() }, ...steps],
      stop: async () => {
        await admin.close().catch((err: unknown) => options.logger.error({ err, step: 'admin' }, 'could not be stopped'));
        await parts.stop();
      },
    };
  } catch (cause) {
    await parts.stop();
    throw cause;
  }
}

/** The same without the admin listener. */
export async function startParts({ config, logger, clock = systemClock, progress, prepared }: HubOptions): Promise<HubParts> {
  const steps: DrainStep[] = [];
  const closeAll = async (): Promise<void> => {
    for (const { name, stop } of steps) {
      try {
        await stop();
      } catch (cause) {
        logger.error({ err: cause, step: name }, 'could not be stopped');
      }
    }
  };
  // What starts later stops earlier.
  const opened = (name: string, stop: () => void | Promise<void>): void => void steps.unshift({ name, stop });
  const ports = services.map((definition) => new DeferredPort(definition.name, { files: definition.files !== undefined, data: definition.data !== undefined }));
  const servicesUp = deferred<void>();
  const ledger = deferred<Ledger>();
  const slots = deferred<SlotLedger>();
  // On a database of its own one process has nobody to share with.
  const alone = config.workers === 1 && config.databases === null;
  for (const { promise } of [ledger, slots]) promise.catch(() => undefined);
  const preparing = prepared ?? prepareDatabases(config, logger);
  let opening: Promise<Gateway> | undefined;
  try {
    // Schemas and supergraphs are this process's work while PostgreSQL starts in its own.
    for (const definition of services) {
      definition.subgraph();
      await breath(); // what PostgreSQL has answered meanwhile is taken up
    }
    await prepareDataDir(config.dataDir); // whoever comes first makes it, with the mode that PostgreSQL needs
    const directory = new InMemoryDirectory();
    const devJwks = config.development ? await developmentJwks(config.dataDir, config.nodeEnv) : undefined;
    const tokens = createTokenVerifier({ directory, clock, ...(devJwks ? { devJwks: () => devJwks } : {}) });
    opened('tokens', () => tokens.close());
    const metrics = createMetrics();
    const tracing = await openTracing(config.tracing, { name: 'hub', callerDecides: false, logger });
    if (tracing) opened('traces', () => tracing.close());
    let feed: DirectoryFeed | undefined;
    const life = new SupergraphLife({ source: folderSource(gatewayFolder), logger, lastGood: new LastGood(resolve(config.dataDir, 'supergraph.json')) });
    const entityCache = config.entityCacheMb > 0 ? new EntityCache({ megabytes: config.entityCacheMb, clock, metrics }) : null;
    opening = life.start((supergraphs) => createGateway({
      ...supergraphs,
      services: ports, tokens, directory, clock, logger, metrics, tracing, host: config.host, port: config.port, ...config.gateway, validateSupergraph: false,
      checks: { directory: () => feed?.check() ?? { ok: false }, supergraph: () => life.check() }, openAfter: servicesUp.promise,
      trusted: loadTrustedDocuments(gatewayFolder), ...(entityCache ? { entityCache } : {}),
      ledger: {
        take: async (...args) => (await ledger.promise).take(...args), giveBack: async (...args) => (await ledger.promise).giveBack(...args), forgetIdle: async () => (await ledger.promise).forgetIdle?.(),
      },
      ...(alone ? {} : { slots: { hold: async (...args) => (await slots.promise).hold(...args), forgetIdle: async () => (await slots.promise).forgetIdle?.() } }),
    }));
    opening.catch(() => undefined); // awaited below; what fails before is told first

    const { addresses, pools, postgres } = await preparing;
    if (postgres) opened('postgres', () => postgres.stop());
    if (config.seed) await ensureSeed({ addresses, seed: config.seed, dataDir: config.dataDir, logger, clock, ...(progress ? { progress } : {}) });

    const bus = await openBus(addresses.bus.runtimeUrl, logger, pools?.bus);
    opened('bus', () => bus.close());
    ledger.resolve(new PostgresLedger(bus.manager));
    slots.resolve(new PostgresSlots(bus.manager));
    feed = startDirectoryFeed({ bus: bus.bus, directory, logger, clock });
    opened('directory', () => feed?.stop());
    const cacheFeed = entityCache ? startCacheFeed({ bus: bus.bus, cache: entityCache, logger }) : null;
    opened('entity cache', () => cacheFeed?.stop());

    const secrets = { cursorSecret: await cursorSecret(config.dataDir), citizenIdSecret: await citizenIdSecret(config.dataDir) };
    const running = await allOrFirstFailure(services.map((definition) =>
      startService(definition, {
        databaseUrl: addresses[definition.name].runtimeUrl, bus: bus.bus, directory, clock, calendar: stateCouncilCalendar, ...secrets,
        dataDir: config.dataDir, signingKeyFile: config.signingKeyFile, logger, ...(pools ? { poolSize: pools.service } : {}),
      }).then((service) => {
        opened(definition.name, () => service.stop());
        return service;
      })));
    await feed.ready;
    running.forEach((service, i) => ports[i]?.connect(service.runtime));
    metrics.watchEvents(() => Promise.all(running.map((service) => service.eventLag())));
    servicesUp.resolve();
    const gateway = await opening;
    opened('gateway', () => gateway.stop());
    const reload = () => life.reload(gateway);
    return {
      reload, url: `${gateway.url}/graphql`, publicUrl: `${gateway.url}/public/graphql`, gateway, services: running, postgres, databases: addresses, metrics,
      routes: { ...parkedRoutes(running), 'POST /reload': async () => ({ status: 200, body: await reload() }) },
      steps: [{ name: 'readiness', stop: () => gateway.beginDrain() }, ...steps], stop: closeAll,
    };
  } catch (cause) {
    servicesUp.reject(cause);
    ledger.reject(cause);
    slots.reject(cause);
    const { postgres } = await preparing.catch(() => ({ postgres: null }));
    if (postgres && !steps.some((step) => step.name === 'postgres')) steps.push({ name: 'postgres', stop: () => postgres.stop() });
    await opening?.catch(() => undefined); // it takes itself down where the services do not come up
    await closeAll();
    throw cause;
  }
}

/** Waits for all of them even where one fails, so that the others can be stopped. */
async function allOrFirstFailure<T>(starting: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(starting);
  return Promise.all(starting);
}
