import { clusterUrlVariable, startTestCluster, type TestCluster } from './cluster';

const shared = globalThis as { casebridgeTestCluster?: TestCluster };

/** Starts the cluster of the run; jest hands the environment on to its workers. */
export default async function setup(): Promise<void> {
  const cluster = await startTestCluster();
  shared.casebridgeTestCluster = cluster;
  process.env[clusterUrlVariable] = cluster.superuserUrl;
}
