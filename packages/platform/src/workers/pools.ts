import { databaseAt } from '../process/environment';
import { openDatabase } from '../database';

/** Connections of one process, beside one listening connection for each database. */
export interface Pools {
  /** Of each service. */
  readonly service: number;
  /** Of the event bus. */
  readonly bus: number;
}

/** One database server, and what a process uses on it. */
export interface ServerUse {
  /** `host:port`. */
  readonly at: string;
  /** Connections for all who are no superuser. */
  readonly limit: number;
  readonly services: number;
  readonly bus: boolean;
}

/** The pools of a process that is alone. */
const largest = 20;
/** With fewer the event loops of a service leave no connection to its requests. */
const smallest = 6;
/** For migrations, commands beside the hub, and people who look. */
const reserve = 12;
/** What each worker should have, where the server is ours and can be told. */
const comfortable = 10;

const poolsOf = (service: number): Pools => ({ service, bus: Math.max(3, Math.ceil(service * 0.4)) });
const perProcess = ({ services, bus }: Pick<ServerUse, 'services' | 'bus'>, pools: Pools): number => services * (pools.service + 1) + (bus ? pools.bus + 1 : 0);

/** A database server has not enough connections for so many processes. */
export class TooFewConnections extends Error {
  constructor(server: ServerUse, workers: number) {
    const least = workers * perProcess(server, poolsOf(smallest)) + reserve;
    super(`PostgreSQL at ${server.at} gives ${server.limit} connections, and ${workers} workers need ${least} at least: raise its max_connections, or lower HUB_WORKERS`);
    this.name = 'TooFewConnections';
  }
}

/**
 * The largest pools with which all workers fit on all servers.
 *
 * @throws TooFewConnections
 */
export function planPools(workers: number, servers: readonly ServerUse[]): Pools {
  for (let service = largest; service >= smallest; service -= 1) {
    const pools = poolsOf(service);
    if (servers.every((server) => workers * perProcess(server, pools) + reserve <= server.limit)) return pools;
  }
  throw new TooFewConnections(servers.find((server) => workers * perProcess(server, poolsOf(smallest)) + reserve > server.limit) as ServerUse, workers);
}

/** What `max_connections` of a server of our own should be, its places for superusers included. */
export const connectionsFor = (workers: number, use: Pick<ServerUse, 'services' | 'bus'>): number => workers * perProcess(use, poolsOf(comfortable)) + reserve + 3;

/** The servers of databases, each once, with what they give. */
export async function serversOf(urls: Readonly<Record<string, string>>): Promise<ServerUse[]> {
  const servers = new Map<string, { readonly url: string; services: number; bus: boolean }>();
  for (const [name, url] of Object.entries(urls)) {
    const at = databaseAt(url).replace(/\/.*$/, '');
    const server = servers.get(at) ?? { url, services: 0, bus: false };
    servers.set(at, server);
    if (name === 'bus') server.bus = true;
    else server.services += 1;
  }
  return Promise.all([...servers].map(async ([at, { url, ...use }]) => ({ at, limit: await limitOf(url), ...use })));
}

async function limitOf(url: string): Promise<number> {
  const dataSource = await openDatabase({ url, applicationName: 'casebridge-limits', poolSize: 1 });
  try {
    const [row] = await dataSource.query<{ given: number }[]>(
      "select current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int - coalesce(current_setting('reserved_connections', true), '0')::int as given");
    return row?.given ?? 0;
  } finally {
    await dataSource.destroy();
  }
}
