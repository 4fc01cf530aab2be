import { type DatabaseAddress, type DatabaseName, databaseNames, ensureSeed, parseHubConfig, prepareDatabases } from '@casebridge/hub';
import type { Logger } from '@casebridge/platform';
import { ensureDatabase, loadOrCreateSecret, startPostgres } from '@casebridge/platform/dist/embedded-postgres';
import { Client } from 'pg';
import type { Options } from './options';

export interface BenchDatabases {
  /** Environment of whatever process works on them: all addresses, where the data folder is, development tokens allowed. */
  readonly env: Readonly<Record<string, string>>;
  readonly postgresVersion: string;
}

/** All targets are up at once, with a pool for each database: more than the hub alone ever opens. */
const maxConnections = '600';

/** Runs of different days measure the same data. */
const demoToday = '2026-11-15';

/**
 * A PostgreSQL of its own, with the settings of `npm start` but for the number of connections: nothing that makes data safe is switched
 * off. Then the databases, migrated and seeded.
 *
 * @param onStop - is given what stops it as soon as it runs
 */
export async function openDatabases(
  dataDir: string, { scale }: Options, logger: Logger, onStop: (stop: () => Promise<void>) => void,
): Promise<BenchDatabases> {
  const postgres = await startPostgres({ dataDir, settings: { max_connections: maxConnections } });
  onStop(() => postgres.stop());
  const superUrl = postgres.superuserUrl('postgres');
  const urls: Record<string, string> = {};
  for (const name of databaseNames) {
    const { ownerUrl, runtimeUrl } = await created(superUrl, dataDir, name);
    urls[`DATABASE_OWNER_URL_${name.toUpperCase()}`] = ownerUrl;
    urls[`DATABASE_URL_${name.toUpperCase()}`] = runtimeUrl;
  }
  const env = { NODE_ENV: 'development', HUB_DEV: '1', HUB_DATA_DIR: dataDir, HUB_HOST: '127.0.0.1', HUB_ADMIN_PORT: '0', LOG_LEVEL: 'warn', ...urls };
  const config = parseHubConfig({ ...env, HUB_SEED: scale, HUB_SEED_TODAY: demoToday });
  const { addresses } = await prepareDatabases(config, logger);
  if (!config.seed) throw new Error('the bench needs demo data');
  await ensureSeed({ addresses, seed: config.seed, dataDir, logger });
  await Promise.all(databaseNames.map((name) => analyze(addresses[name].ownerUrl)));
  return { env, postgresVersion: postgres.version };
}

const created = async (superUrl: string, dataDir: string, name: DatabaseName): Promise<DatabaseAddress> =>
  ensureDatabase(superUrl, {
    database: name,
    ownerRole: `casebridge_${name}_owner`, ownerPassword: await loadOrCreateSecret(dataDir, `database-${name}-owner`),
    runtimeRole: `casebridge_${name}`, runtimePassword: await loadOrCreateSecret(dataDir, `database-${name}`),
  });

/** As autovacuum would a minute later: plans must not change in the middle of the run. */
async function analyze(ownerUrl: string): Promise<void> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query('analyze');
  } finally {
    await client.end();
  }
}
