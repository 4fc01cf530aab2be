import { type AdminAnswer, type AdminParams, type AdminRoute, type AdminServer, startAdminServer } from '../process/admin-server';
import { type HealthReport, type ServiceHealth } from '../process/health';
import type { Logger } from '../process/logger';
import { PooledMetrics } from './pooled-metrics';
import type { Asked, Supervisor } from './supervisor';

export interface PoolAdminOptions {
  readonly supervisor: Supervisor;
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly logger: Logger;
}

/** What a worker says when it is ready. */
export interface ReadyWorker {
  /** Names of its admin routes. */
  readonly routes: readonly string[];
}

/** Longer than a check of a worker may take. */
const healthMs = 3_000;
const routeMs = 30_000;
/** Each worker does it for itself; all else is done in a database, and one does it for all. */
const reload = 'POST /reload';
const forAll: ReadonlySet<string> = new Set([reload]);

/** Has every worker read the supergraph again. */
export const reloadWorkers = (supervisor: Supervisor): Promise<AdminAnswer> => doneByAll(supervisor, reload, {});

const doneByAll = async (supervisor: Supervisor, name: string, params: AdminParams): Promise<AdminAnswer> => inAll(await supervisor.askAll('route', { name, params }, routeMs));

/** The listener for operators of a primary: it answers for its workers. To be started when they are ready. */
export function startPoolAdmin({ host, logger, port, supervisor }: PoolAdminOptions): Promise<AdminServer> {
  const names = new Set(supervisor.workers.flatMap(({ said }) => (said as ReadyWorker).routes));
  const routes = Object.fromEntries([...names].map((name): [string, AdminRoute] => [
    name, async (params) => (forAll.has(name) ? doneByAll(supervisor, name, params) : inOne(await supervisor.askOne('route', { name, params }, routeMs))),
  ]));
  const workers: AdminRoute = () => ({ status: 200, body: supervisor.workers.map(({ pid, state, worker }) => ({ worker, state, pid })) });
  return startAdminServer({
    host, port, logger, routes: { ...routes, 'GET /workers': workers }, metrics: new PooledMetrics(supervisor), health: () => poolHealth(supervisor, false), readiness: () => poolHealth(supervisor, true),
  });
}

/**
 * The parts of all workers, each under the name of its worker.
 *
 * @param complete - whether it is a fault that a worker is missing; else it is one when all are
 */
export async function poolHealth(supervisor: Supervisor, complete: boolean): Promise<HealthReport> {
  const asked = new Map((await supervisor.askAll('health', null, healthMs)).map((answer) => [answer.worker, answer]));
  const parts = supervisor.workers.flatMap(({ worker }): ServiceHealth[] => {
    const answer = asked.get(worker);
    if (answer?.ok) return (answer.value as HealthReport).services.map((service) => ({ ...service, name: `worker-${worker}/${service.name}` }));
    return [{ name: `worker-${worker}`, ok: false, checks: { running: { ok: false, message: answer ? answer.reason : 'it is being started' } } }];
  });
  const missing = supervisor.workers.filter(({ worker }) => !asked.has(worker)).map(({ worker }) => `worker-${worker}`);
  const counted = complete || missing.length === supervisor.workers.length ? parts : parts.filter(({ name }) => !missing.includes(name));
  return { ok: counted.every(({ ok }) => ok), services: parts };
}

const nobody: AdminAnswer = { status: 503, body: { error: 'No worker is ready' } };

function inOne(asked: Asked | null): AdminAnswer {
  if (asked === null) return nobody;
  return asked.ok ? (asked.value as AdminAnswer) : { status: 503, body: { error: `Worker ${asked.worker}: ${asked.reason}` } };
}

interface ReloadOf {
  readonly reloaded: boolean;
  readonly reason?: string;
}

/** What is said of a reload: it is done where all have done it. */
function inAll(asked: readonly Asked[]): AdminAnswer {
  if (asked.length === 0) return nobody;
  const reloadOf = (answer: Asked): ReloadOf => (answer.ok ? ((answer.value as AdminAnswer).body as ReloadOf) : { reloaded: false, reason: answer.reason });
  const workers = asked.map((answer) => ({ worker: answer.worker, ...reloadOf(answer) }));
  const fault = workers.find(({ reloaded }) => !reloaded);
  return { status: 200, body: { reloaded: fault === undefined, ...(fault?.reason === undefined ? {} : { reason: fault.reason }), workers } };
}
