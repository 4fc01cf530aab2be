import { busMigrations, connectionsFor, databaseAt, type Logger, migrate, type MigrationClass, type Pools, retry } from '@casebridge/platform';
import {
  ensureDatabase, loadOrCreateSecret, type RunningPostgres, startPostgres,
} from '@casebridge/platform/dist/embedded-postgres';
import { type DatabaseAddress, type DatabaseName, databaseNames, type HubConfig } from './config';
import { services } from './services';

export interface Databases {
  readonly addresses: Readonly<Record<DatabaseName, DatabaseAddress>>;
  /** The embedded server, when it is ours. */
  readonly postgres: RunningPostgres | null;
  /** Where several processes share them; else each pool is as large as it likes. */
  readonly pools?: Pools;
}

/** Of the embedded server, for one process. */
const usualConnections = 200;

/**
 * Finds or starts PostgreSQL, and makes sure that each service has its database, its roles and its tables.
 *
 * @param onLaunch - called once when our own PostgreSQL is at work in its processes; not when it runs elsewhere, or fails before
 */
export async function prepareDatabases(config: HubConfig, logger: Logger, onLaunch: () => void = () => undefined): Promise<Databases> {
  if (config.databases) {
    await migrateAll(config.databases, config, logger);
    return { addresses: config.databases, postgres: null };
  }
  const postgres = await startPostgres({
    dataDir: config.dataDir, log: (line) => logger.info(line), onLaunch,
    ...(config.postgresPort === undefined ? {} : { port: config.postgresPort }),
    ...(config.postgresBinDir === undefined ? {} : { binDir: config.postgresBinDir }),
    ...(config.workers === 1 ? {} : { settings: { max_connections: String(Math.max(usualConnections, connectionsFor(config.workers, { services: services.length, bus: true }))) } }),
  });
  try {
    const superUrl = postgres.superuserUrl('postgres');
    const ensured = await Promise.all(databaseNames.map(async (name) => [name, await ensureDatabase(superUrl, {
      database: name,
      ownerRole: `casebridge_${name}_owner`, ownerPassword: await loadOrCreateSecret(config.dataDir, `database-${name}-owner`),
      runtimeRole: `casebridge_${name}`, runtimePassword: await loadOrCreateSecret(config.dataDir, `database-${name}`),
    })] as const));
    const addresses = Object.fromEntries(ensured) as Record<DatabaseName, DatabaseAddress>;
    await migrateAll(addresses, config, logger);
    return { addresses, postgres };
  } catch (cause) {
    await postgres.stop();
    throw cause;
  }
}

async function migrateAll(addresses: Databases['addresses'], { databaseAttempts }: HubConfig, logger: Logger): Promise<void> {
  const one = async (name: DatabaseName, migrations: readonly MigrationClass[], appendOnly: readonly string[]): Promise<void> => {
    const { ownerUrl, runtimeUrl } = addresses[name];
    const ran = await retry({ what: `database ${name} at ${databaseAt(ownerUrl)}`, attempts: databaseAttempts, logger }, () =>
      migrate({ ownerUrl, runtimeRole: decodeURIComponent(new URL(runtimeUrl).username), migrations, appendOnly }));
    if (ran.length > 0) logger.info({ database: name, migrations: ran.length }, 'migrated');
  };
  await Promise.all([
    ...services.map((service) => one(service.name, service.migrations, service.appendOnly)),
    one('bus', busMigrations, ['bus_event']),
  ]);
}
