import { findSecret, readPostgresState } from '@casebridge/platform/dist/embedded-postgres';
import { type DatabaseName, databaseNames, type HubConfig } from './config';
import type { Databases } from './databases';

/** The databases of a hub that runs, for commands beside it. */
export async function runningDatabases(config: HubConfig): Promise<Databases['addresses']> {
  if (config.databases) return config.databases;
  const state = await readPostgresState(config.dataDir);
  if (!state || state.pid === null) throw new Error(`No hub runs on ${config.dataDir}: start it first (npm start), or set HUB_DATA_DIR`);
  const url = (role: string, password: string, database: string): string =>
    `postgres://${role}:${encodeURIComponent(password)}@${state.host}:${state.port}/${database}`;
  const secret = async (name: string): Promise<string> => {
    const found = await findSecret(config.dataDir, name);
    if (found === null) throw new Error(`The data folder ${config.dataDir} lacks the secret ${name}`);
    return found;
  };
  const entries = await Promise.all(databaseNames.map(async (name): Promise<[DatabaseName, Databases['addresses'][DatabaseName]]> => [name, {
    ownerUrl: url(`casebridge_${name}_owner`, await secret(`database-${name}-owner`), name),
    runtimeUrl: url(`casebridge_${name}`, await secret(`database-${name}`), name),
  }]));
  return Object.fromEntries(entries) as Databases['addresses'];
}
