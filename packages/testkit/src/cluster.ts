import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '@casebridge/platform/dist/embedded-postgres';

/** Where tests find the superuser of the cluster of this run. */
export const clusterUrlVariable = 'CASEBRIDGE_TEST_CLUSTER';

export interface TestCluster {
  readonly superuserUrl: string;
  stop(): Promise<void>;
}

/** One throw-away PostgreSQL for a test run; durability is off, so it must never hold anything that is to last. */
export async function startTestCluster(): Promise<TestCluster> {
  const dataDir = await mkdtemp(join(tmpdir(), 'casebridge-test-'));
  const postgres = await startPostgres({ dataDir, durability: 'throwaway' });
  return {
    superuserUrl: postgres.superuserUrl('postgres'),
    stop: async () => {
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** The cluster that the run started; tests that need one say so by asking. */
export function clusterUrl(): string {
  const url = process.env[clusterUrlVariable];
  if (!url) throw new Error(`${clusterUrlVariable} is not set: integration tests are started through npm test`);
  return url;
}
