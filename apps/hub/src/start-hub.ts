import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Clock, stateCouncilCalendar, systemClock } from '@casebridge/kernel';
import { createGateway, type Gateway } from '@casebridge/gateway';
import {
  type AdminServer, createMetrics, createTokenVerifier, cursorSecret, developmentJwks, type DirectoryFeed, type DrainStep, InMemoryDirectory,
  type Logger, openBus, type RunningService, startAdminServer, startDirectoryFeed, startService,
} from '@casebridge/platform';
import type { RunningPostgres } from '@casebridge/platform/dist/embedded-postgres';
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

const supergraph = (file: string): string => readFileSync(resolve(__dirname, '../../../gateway', file), 'utf8');

/** Starts everything in this process: PostgreSQL, databases, demo data, four services, the gateway. Stops what it started when it fails. */
export async function startHub({ config, logger, clock = systemClock, progress, prepared }: HubOptions): Promise<RunningHub> {
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
  const ports = services.map((definition) => new DeferredPort(definition.name, definition.files !== undefined));
  const servicesUp = deferred<void>();
  const preparing = prepared ?? prepareDatabases(config, logger);
  try {
    // Schemas and supergraphs are this process's work while PostgreSQL starts in its own.
    for (const definition of services) definition.subgraph();
    const directory = new InMemoryDirectory();
    const devJwks = config.development ? await developmentJwks(config.dataDir, config.nodeEnv) : undefined;
    const tokens = createTokenVerifier({ directory, clock, ...(devJwks ? { devJwks: () => devJwks } : {}) });
    const metrics = createMetrics();
    let feed: DirectoryFeed | undefined;
    const opening = createGateway({
      supergraphSdl: supergraph('supergraph.graphql'), publicSupergraphSdl: supergraph('supergraph.public.graphql'),
      services: ports, tokens, directory, clock, logger, metrics, host: config.host, port: config.port, validateSupergraph: false,
      checks: { directory: () => feed?.check() ?? { ok: false } }, openAfter: servicesUp.promise,
    });
    opening.catch(() => undefined); // awaited below; what fails before is told first

    const { addresses, postgres } = await preparing;
    if (postgres) opened('postgres', () => postgres.stop());
    opened('tokens', () => tokens.close());
    if (config.seed) await ensureSeed({ addresses, seed: config.seed, dataDir: config.dataDir, logger, ...(progress ? { progress } : {}) });

    const bus = await openBus(addresses.bus.runtimeUrl, logger);
    opened('bus', () => bus.close());
    feed = startDirectoryFeed({ bus: bus.bus, directory, logger, clock });
    opened('directory', () => feed?.stop());

    const secret = await cursorSecret(config.dataDir);
    const running = await Promise.all(services.map((definition) =>
      startService(definition, {
        databaseUrl: addresses[definition.name].runtimeUrl, bus: bus.bus, directory, clock, calendar: stateCouncilCalendar, cursorSecret: secret,
        dataDir: config.dataDir, logger,
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
    const admin: AdminServer = await startAdminServer({
      host: config.adminHost, port: config.adminPort, metrics, logger,
      health: () => gateway.health(),
    });
    opened('admin', () => admin.close());

    return {
      url: `${gateway.url}/graphql`, publicUrl: `${gateway.url}/public/graphql`, adminUrl: admin.url, gateway, services: running, postgres, databases: addresses,
      steps: [{ name: 'readiness', stop: () => gateway.beginDrain() }, ...steps], stop: closeAll,
    };
  } catch (cause) {
    servicesUp.reject(cause);
    const { postgres } = await preparing.catch(() => ({ postgres: null }));
    if (postgres && !steps.some((step) => step.name === 'postgres')) opened('postgres', () => postgres.stop());
    await closeAll();
    throw cause;
  }
}
