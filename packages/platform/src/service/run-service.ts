import { join } from 'node:path';
import { stateCouncilCalendar, systemClock } from '@casebridge/kernel';
import { z } from 'zod';
import { migrate, type MigrationClass, openDatabase } from '../database';
import { busMigrations } from '../events';
import { serveSubgraph } from '../graph';
import { createInternalTokenVerifier, gatewayKeyName, InMemoryDirectory, readPublicKeys, startDirectoryFeed } from '../identity';
import {
  combineHealth, createLogger, createMetrics, databaseAt, dataDir, databaseUrl, filePath, httpUrl, installDrain, InvalidEnvironment, logLevel, openTracing, parseEnvironment, port, retry,
  share, startAdminServer, tracingConfig, wholeNumber,
} from '../process';
import type { ServiceDefinition } from './definition';
import { parkedRoutes } from './parked-routes';
import { citizenIdSecret, cursorSecret, openBus } from './shared';
import { startService } from './start-service';

const base = z.object({
  PORT: port.default(0),
  HUB_HOST: z.string().default('127.0.0.1'),
  HUB_ADMIN_PORT: port.optional(),
  HUB_ADMIN_HOST: z.string().default('127.0.0.1'),
  HUB_DATA_DIR: dataDir.default(join(process.cwd(), '.data')),
  HUB_INTERNAL_PUBLIC_KEY_FILE: filePath.optional(),
  HUB_SIGNING_KEY_FILE: filePath.optional(),
  DATABASE_URL_BUS: databaseUrl,
  DATABASE_OWNER_URL_BUS: databaseUrl.optional(),
  HUB_DATABASE_ATTEMPTS: wholeNumber(1, 1_000).default(10),
  LOG_LEVEL: logLevel.default('info'),
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl.optional(),
  OTEL_TRACES_SAMPLER_ARG: share.default(1),
});

interface ServiceConfig extends z.output<typeof base> {
  readonly databaseUrl: string;
  readonly ownerUrl: string;
}

/** Reads the variables of a service that runs alone; see `.env.example`. */
function configOf(definition: ServiceDefinition, env: NodeJS.ProcessEnv): ServiceConfig {
  const runtime = `DATABASE_URL_${definition.name.toUpperCase()}`;
  const owner = `DATABASE_OWNER_URL_${definition.name.toUpperCase()}`;
  const urls = z.object({ [runtime]: databaseUrl, [owner]: databaseUrl.optional() });
  const parsed = parseEnvironment(z.intersection(base, urls), env);
  const runtimeUrl = String(parsed[runtime]);
  return { ...parsed, databaseUrl: runtimeUrl, ownerUrl: String(parsed[owner] ?? runtimeUrl) };
}

/** Runs one service as a process of its own, over HTTP; ends on SIGTERM in good order. What keeps it from starting is said in one line. */
export function runService(definition: ServiceDefinition, env: NodeJS.ProcessEnv): void {
  serve(definition, env).catch((cause: unknown) => {
    process.stderr.write(`${cause instanceof Error ? cause.message : 'failed to start'}\n`);
    process.exit(cause instanceof InvalidEnvironment ? 78 : 1); // EX_CONFIG
  });
}

async function serve(definition: ServiceDefinition, env: NodeJS.ProcessEnv): Promise<void> {
  const config = configOf(definition, env);
  const clock = systemClock;
  const logger = createLogger({ name: definition.name, level: config.LOG_LEVEL, clock });
  const attempts = config.HUB_DATABASE_ATTEMPTS;
  /** Whatever keeps a database from being used at the start, the last word names it. */
  const reach = <T>(what: string, url: string, use: () => Promise<T>): Promise<T> => retry({ what: `database ${what} at ${databaseAt(url)}`, attempts, logger }, use);
  const prepare = (what: string, ownerUrl: string, runtimeUrl: string, migrations: readonly MigrationClass[], appendOnly: readonly string[]) =>
    reach(what, ownerUrl, () => migrate({ ownerUrl, runtimeRole: decodeURIComponent(new URL(runtimeUrl).username), migrations, appendOnly }));
  await prepare(definition.name, config.ownerUrl, config.databaseUrl, definition.migrations, definition.appendOnly);
  if (config.databaseUrl !== config.ownerUrl) {
    const applicationName = `casebridge-${definition.name}`;
    await reach(definition.name, config.databaseUrl, async () => (await openDatabase({ url: config.databaseUrl, applicationName, poolSize: 1 })).destroy());
  }
  if (config.DATABASE_OWNER_URL_BUS) await prepare('bus', config.DATABASE_OWNER_URL_BUS, config.DATABASE_URL_BUS, busMigrations, ['bus_event']);
  const bus = await reach('bus', config.DATABASE_URL_BUS, () => openBus(config.DATABASE_URL_BUS, logger));
  const directory = new InMemoryDirectory();
  const feed = startDirectoryFeed({ bus: bus.bus, directory, logger, clock });
  const service = await startService(definition, {
    databaseUrl: config.databaseUrl, bus: bus.bus, directory, clock, calendar: stateCouncilCalendar, logger, dataDir: config.HUB_DATA_DIR, signingKeyFile: config.HUB_SIGNING_KEY_FILE ?? null,
    cursorSecret: await cursorSecret(config.HUB_DATA_DIR), citizenIdSecret: await citizenIdSecret(config.HUB_DATA_DIR),
  });
  // The gateway makes its key at its first start, which may be a moment later than this service's.
  const keyFile = config.HUB_INTERNAL_PUBLIC_KEY_FILE ?? join(config.HUB_DATA_DIR, 'keys', `${gatewayKeyName}.public.jwk.json`);
  const keys = await retry({ what: `public key of the gateway in ${keyFile}`, logger }, () => readPublicKeys(keyFile));
  const tokens = createInternalTokenVerifier({ keys, service: definition.name, clock, directory });
  const tracing = await openTracing(tracingConfig(config), { name: definition.name, callerDecides: true, logger });
  const served = await serveSubgraph({ runtime: service.runtime, tokens, host: config.HUB_HOST, port: config.PORT, logger, tracing });
  const metrics = createMetrics();
  metrics.watchEvents(async () => [await service.eventLag()]);
  const admin = config.HUB_ADMIN_PORT === undefined
    ? null
    : await startAdminServer({
      host: config.HUB_ADMIN_HOST, port: config.HUB_ADMIN_PORT, metrics, logger, routes: parkedRoutes([service]),
      health: async () => combineHealth([await service.runtime.health()]),
    });
  installDrain({
    logger,
    steps: () => [
      { name: 'door', stop: () => served.stop() },
      { name: 'service', stop: () => service.stop() },
      { name: 'directory', stop: () => feed.stop() },
      { name: 'bus', stop: () => bus.close() },
      ...(tracing ? [{ name: 'traces', stop: () => tracing.close() }] : []),
      ...(admin ? [{ name: 'admin', stop: () => admin.close() }] : []),
    ],
  });
  process.stdout.write(`ready ${definition.name} http://${config.HUB_HOST}:${served.port}/graphql\n`);
}
