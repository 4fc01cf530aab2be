import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Clock, stateCouncilCalendar, systemClock } from '@casebridge/kernel';
import { createGateway, type Gateway } from '@casebridge/gateway';
import {
  type AdminServer, createMetrics, createTokenVerifier, cursorSecret, developmentJwks, type DrainStep, InMemoryDirectory,
  type Logger, openBus, type RunningService, startAdminServer, startDirectoryFeed, startService,
} from '@casebridge/platform';
import type { RunningPostgres } from '@casebridge/platform/dist/embedded-postgres';
import type { HubConfig } from './config';
import { type Databases, prepareDatabases } from './databases';
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
  /** Told how far the demo data has come. */
  readonly progress?: (message: string, share: number) => void;
}

const supergraph = (file: string): string => readFileSync(resolve(__dirname, '../../../gateway', file), 'utf8');

/** Starts everything in this process: PostgreSQL, databases, demo data, four services, the gateway. Stops what it started when it fails. */
export async function startHub({ config, logger, clock = systemClock, progress }: HubOptions): Promise<RunningHub> {
  const steps: DrainStep[] = [];
  const closeAll = async (): Promise<void> => {
    for (const step of steps) await step.stop();
  };
  // What starts later stops earlier.
  const opened = (name: string, stop: () => void | Promise<void>): void => void steps.unshift({ name, stop });
  try {
    const { addresses, postgres } = await prepareDatabases(config, logger);
    if (postgres) opened('postgres', () => postgres.stop());
    if (config.seed) await ensureSeed({ addresses, seed: config.seed, dataDir: config.dataDir, logger, ...(progress ? { progress } : {}) });

    const bus = await openBus(addresses.bus.runtimeUrl, logger);
    opened('bus', () => bus.close());
    const directory = new InMemoryDirectory();
    const feed = startDirectoryFeed({ bus: bus.bus, directory, logger, clock });
    opened('directory', () => feed.stop());

    const secret = await cursorSecret(config.dataDir);
    const running = await Promise.all(services.map((definition) =>
      startService(definition, {
        databaseUrl: addresses[definition.name].runtimeUrl, bus: bus.bus, directory, clock, calendar: stateCouncilCalendar, cursorSecret: secret,
        dataDir: config.dataDir, logger,
      })));
    for (const service of running) opened(service.deps.name, () => service.stop());
    await feed.ready;

    const devJwks = config.development ? await developmentJwks(config.dataDir, config.nodeEnv) : undefined;
    const tokens = createTokenVerifier({ directory, clock, ...(devJwks ? { devJwks: () => devJwks } : {}) });
    const metrics = createMetrics();
    metrics.watchEvents(() => Promise.all(running.map((service) => service.eventLag())));
    const gateway = await createGateway({
      supergraphSdl: supergraph('supergraph.graphql'), publicSupergraphSdl: supergraph('supergraph.public.graphql'),
      services: running.map((service) => service.runtime), tokens, directory, clock, logger, metrics, host: config.host, port: config.port, validateSupergraph: false,
      checks: { directory: () => feed.check() },
    });
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
    await closeAll();
    throw cause;
  }
}
