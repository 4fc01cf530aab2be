import type { TestCluster } from './cluster';

export default async function teardown(): Promise<void> {
  await (globalThis as { casebridgeTestCluster?: TestCluster }).casebridgeTestCluster?.stop();
}
