import type { AdminParams, AdminRoute } from '../process/admin-server';
import { type Drain, type DrainStep, installDrain } from '../process/drain';
import type { HealthReport } from '../process/health';
import type { Logger } from '../process/logger';
import type { Metrics } from '../process/metrics';
import type { ReadyWorker } from './pool-admin';
import type { PrimaryLink } from './primary-link';

export interface WorkerOptions {
  readonly link: PrimaryLink;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly health: () => Promise<HealthReport>;
  readonly routes: Readonly<Record<string, AdminRoute>>;
  readonly steps: readonly DrainStep[];
}

/** Of a worker, for all that it has to close. */
const workerDrainMs = 18_000;
/** Of the primary; what is left of its 25 s is for PostgreSQL. */
export const workerPatienceMs = 20_000;

/** From now on the primary sends work here, asks, and says when to end. */
export function serveAsWorker({ health, link, logger, metrics, routes, steps }: WorkerOptions): Drain {
  link.answers({
    metrics: () => metrics.registry.getMetricsAsJSON(),
    health,
    route: async (params) => {
      const asked = params as { readonly name: string; readonly params: AdminParams };
      const route = routes[asked.name];
      if (!route) throw new Error(`has no route ${asked.name}`);
      return route(asked.params);
    },
  });
  const drain = installDrain({ logger, steps: () => steps, source: link.signals, deadlineMs: workerDrainMs });
  link.onDrain(() => void drain.run('the primary ends'));
  const ready: ReadyWorker = { routes: Object.keys(routes) };
  link.ready(ready);
  return drain;
}
