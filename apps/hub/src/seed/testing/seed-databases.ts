import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { busMigrations, silentLogger } from '@casebridge/platform';
import { cloneDatabase, type TestDatabase } from '@casebridge/testkit';
import { Client, type QueryResultRow } from 'pg';
import { type DatabaseAddress, type DatabaseName, databaseNames } from '../../config';
import { services } from '../../services';
import { ensureSeed, type SeedOptions } from '../ensure-seed';
import { testDay } from './collected-world';

/** Five fresh databases and a folder for files, as the hub finds them after migrating. */
export interface SeedDatabases {
  readonly addresses: Readonly<Record<DatabaseName, DatabaseAddress>>;
  readonly dataDir: string;
  seed(options?: Partial<SeedOptions>): Promise<string>;
  rows<Row extends QueryResultRow>(name: DatabaseName, text: string, values?: readonly unknown[]): Promise<Row[]>;
  drop(): Promise<void>;
}

const clone = (name: DatabaseName): Promise<TestDatabase> =>
  cloneDatabase(services.find((service) => service.name === name) ?? { name: 'bus', migrations: busMigrations, appendOnly: ['bus_event'] });

/** @param shared - databases that are taken over instead of made */
export async function givenDatabases(shared: Partial<SeedDatabases['addresses']> = {}): Promise<SeedDatabases> {
  const made: TestDatabase[] = [];
  const addresses = {} as Record<DatabaseName, DatabaseAddress>;
  for (const name of databaseNames) {
    const given = shared[name];
    if (given) {
      addresses[name] = given;
      continue;
    }
    const database = await clone(name);
    made.push(database);
    addresses[name] = { ownerUrl: database.ownerUrl, runtimeUrl: database.url };
  }
  const dataDir = await mkdtemp(join(tmpdir(), 'casebridge-seed-'));
  return {
    addresses, dataDir,
    seed: (options = {}) => ensureSeed({ addresses, dataDir, logger: silentLogger, seed: { scale: 'demo', number: 1, today: testDay }, ...options }),
    rows: async <Row extends QueryResultRow>(name: DatabaseName, text: string, values: readonly unknown[] = []) => {
      const client = new Client({ connectionString: addresses[name].ownerUrl });
      await client.connect();
      try {
        return (await client.query<Row>(text, [...values])).rows;
      } finally {
        await client.end();
      }
    },
    drop: async () => {
      await Promise.all(made.map((database) => database.drop()));
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
