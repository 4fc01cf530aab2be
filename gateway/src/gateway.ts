import { setTimeout as sleep } from 'node:timers/promises';
import { type Clock, uuidv7 } from '@casebridge/kernel';
import {
  type Check, combineHealth, type Directory, type HealthReport, type Logger, type Metrics, runChecks, type ServicePort, type TokenVerifier, type Tracing, wellIf,
} from '@casebridge/platform';
import type { Policies } from './authorization';
import type { TrustedDocuments } from './documents';
import type { GraphQLFormattedError } from 'graphql';
import { Door } from './door';
import { publicError } from './errors';
import { accountsOf, atLeisure, type BudgetPolicies, Budgets, ConcurrencyGate, concurrencyLimits, type ConcurrencyLimits, type DoorName, type Ledger, LocalLedger, SlotLeases, type SlotLedger } from './limits';
import { trustedProxies } from './http/client-address';
import type { ConnectionLimits } from './http/connections';
import { createHttpFront } from './http/server';
import type { HttpTimeouts } from './http/timeouts';
import { HttpService } from './services/http-service';
import { inProcess } from './services/in-process';
import { figuresOf } from './observability/figures';
import { SupergraphUnservable } from './supergraph/life';
import type { EntityCache } from './sources/entity-cache';
import type { EngineLimits, SocketLimits } from './subscriptions/limits';
import { serveSockets } from './subscriptions/sockets';

export interface GatewayOptions {
  readonly supergraphSdl: string;
  /** The contract of the public door; without it there is none. */
  readonly publicSupergraphSdl?: string;
  /** One per service of the supergraph, in this process or across the network. They stay the caller's, who stops them afterwards. */
  readonly services: readonly ServicePort[];
  readonly tokens: TokenVerifier;
  readonly directory: Directory;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Null, or left out: nothing is traced. It stays the caller's, who closes it afterwards. */
  readonly tracing?: Tracing | null;
  /** 0 takes a free one. */
  readonly port: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Milliseconds for a fetch from a service in this process; an `HttpService` has its own. Default 5000. */
  readonly deadlineMs?: number;
  /** Milliseconds for one operation, all its waits and fetches together. Default 15 000. */
  readonly operationMs?: number;
  /** Where the budgets of agencies are kept; without it this process keeps them for itself. */
  readonly ledger?: Ledger;
  /** Where the operations at once of each agency's reader are counted; without it this process counts for itself. */
  readonly slots?: SlotLedger;
  /** Addresses and networks (CIDR) of proxies whose `X-Forwarded-For` is believed. Default none. */
  readonly trustedProxies?: readonly string[];
  /** Nobody has to say who he is: all are the public reader, and whatever token they send is not looked at. */
  readonly anonymous?: boolean;
  /** Points that one operation may cost, at both doors or at each. */
  readonly costLimit?: number | Readonly<Record<DoorName, number>>;
  /** What clients see of an error. Default: `publicError`, the contract of this hub. */
  readonly formatError?: (error: GraphQLFormattedError) => GraphQLFormattedError;
  readonly budgetPolicies?: BudgetPolicies;
  readonly concurrencyLimits?: ConcurrencyLimits;
  /** Documents that are known beforehand. */
  readonly trusted?: TrustedDocuments;
  /** Doors that answer trusted documents only. Default: none. */
  readonly strictDoors?: readonly DoorName[];
  /** Functions behind `@policy`. Default: those of this hub. */
  readonly policies?: Policies;
  /** False for supergraphs that were composed and compared when this software was built. Default true. */
  readonly validateSupergraph?: boolean;
  /** The listener opens only after this: loading the supergraphs may run while the services start. */
  readonly openAfter?: Promise<unknown>;
  /** How long a client may take, and what may be on one socket. */
  readonly timeouts?: Partial<HttpTimeouts>;
  readonly connectionLimits?: Partial<ConnectionLimits>;
  readonly socketLimits?: Partial<SocketLimits>;
  /** How many live streams there may be, and what may wait for a slow reader. */
  readonly streamLimits?: Partial<EngineLimits>;
  /** What is remembered of entities: the caller's, who feeds it. Without it nothing is. */
  readonly entityCache?: EntityCache;
  /** What else must be well before `/readyz` says so, e.g. the feed of the directory. */
  readonly checks?: Readonly<Record<string, Check>>;
}

export interface Reload {
  readonly supergraphSdl: string;
  readonly publicSupergraphSdl?: string;
  /** Those that are new, or at another address, with this supergraph. */
  readonly services?: readonly ServicePort[];
}

export interface Gateway {
  readonly port: number;
  readonly url: string;
  /** Live streams of all doors. */
  readonly openStreams: number;
  /** Serves other supergraphs from now on; when one cannot be loaded nothing changes for it. */
  reload(next: Reload): Promise<void>;
  /** The services and the gateway itself, with messages: for operators, not for the open listener. */
  health(): Promise<HealthReport>;
  /** From now on `/readyz` says no, so that no more work is sent here; everything is still served. Part of `stop`. */
  beginDrain(): void;
  /** Completes live streams, lets answers under way go out, closes sockets and listener. Idempotent. */
  stop(): Promise<void>;
}

/**
 * The one door of the hub.
 *
 * @throws when a supergraph cannot be loaded, names a service that is not there, or the port is taken
 */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const { clock, directory, host = '127.0.0.1', logger, metrics, tokens, tracing = null } = options;
  const guarded = guard(options);
  const services = new Map<string, ServicePort>(options.services.map((service) => [service.name, guarded(service)]));
  for (const service of options.services) if (service instanceof HttpService) figuresOf(metrics).watchSource(service.name, () => service.state);
  const exposeDocuments = options.services.some((service) => !(service instanceof HttpService));
  const budgets = new Budgets({
    ledger: options.ledger ?? new LocalLedger(clock), clock,
    onLedgerFailure: (err) => logger.warn({ err }, 'the ledger of budgets did not answer: this process spends on its own account'),
  });
  const leases = options.slots ? new SlotLeases({
    ledger: options.slots, holder: uuidv7(clock), limit: (options.concurrencyLimits ?? concurrencyLimits).perReader, onGrant: () => concurrency.admitWaiting(),
    onLedgerFailure: (err) => logger.warn({ err }, 'the ledger of operations at once did not answer: this process counts for itself'),
  }) : null;
  const concurrency = new ConcurrencyGate(options.concurrencyLimits, leases);
  const doorOf = (name: DoorName, supergraphSdl: string): Door => new Door({
    door: name, openSchema: name === 'public' || options.anonymous === true, budgets, concurrency,
    ...costLimitOf(options.costLimit, name), ...(options.streamLimits ? { streamLimits: options.streamLimits } : {}), ...(options.budgetPolicies ? { budgetPolicies: options.budgetPolicies } : {}),
    ...(options.operationMs === undefined ? {} : { operationMs: options.operationMs }),
    ...(options.trusted ? { trusted: options.trusted } : {}), strict: options.strictDoors?.includes(name) ?? false,
    ...(options.policies ? { policies: options.policies } : {}),
    formatError: options.formatError ?? publicError,
    ...(options.entityCache ? { entityCache: options.entityCache } : {}),
    supergraphSdl, services, exposeDocuments, directory, clock, logger, metrics, tracing,
    ...(options.validateSupergraph === undefined ? {} : { validate: options.validateSupergraph }),
  });
  const { door, publicDoor } = await opened(options, doorOf);
  const giveBack = setInterval(() => void budgets.giveBackIdle(), 1_000);
  giveBack.unref();
  const endLeisure = atLeisure([options.ledger, options.slots], (err) => logger.warn({ err }, 'idle accounts could not be forgotten'));
  const doors = publicDoor ? [door, publicDoor] : [door];

  let draining = false;
  const health = once(async () => {
    const own = await runChecks('gateway', {
      directory: () => wellIf(directory.ready, 'the agency registry is not loaded yet'),
      draining: () => ({ ok: !draining }),
      ...options.checks,
    });
    return combineHealth([own, ...(await Promise.all([...services.values()].map((service) => service.health())))]);
  });

  const identify = options.anonymous ? null : tokens;
  const proxies = trustedProxies(options.trustedProxies ?? []);
  const front = createHttpFront({
    host, port: options.port, door, publicDoor, health, tokens: identify, proxies, clock, logger, metrics, tracing, ...(options.timeouts ? { timeouts: options.timeouts } : {}),
    ...(options.connectionLimits ? { connectionLimits: options.connectionLimits } : {}),
    files: [...services.values()].find((service) => service.files)?.files ?? null,
    data: [...services.values()].find((service) => service.data)?.data ?? null,
    charge: (principal, address, points) => budgets.charge(accountsOf(principal, address, options.budgetPolicies), points),
  });
  const sockets = serveSockets({ http: front.server, path: '/graphql', door, tokens: identify, proxies, connections: front.connections, directory, clock, logger, tracing, ...(options.socketLimits ? { limits: options.socketLimits } : {}) });
  const stop = async (): Promise<void> => {
    draining = true;
    for (const { engine } of doors) engine.drain();
    await Promise.all([front.close(), sockets.drain()]);
    await Promise.all(doors.map((each) => each.stop()));
    clearInterval(giveBack);
    endLeisure();
    await Promise.all([budgets.close(), leases?.close()]);
  };
  let port: number;
  try {
    await options.openAfter;
    port = await front.listen();
  } catch (cause) {
    await stop();
    throw cause;
  }
  // The word that it is ready goes out first: planning takes the thread.
  for (const each of doors) sleep(warmUpAfterMs, undefined, { ref: false }).then(() => each.warmUp()).catch((err: unknown) => logger.error({ err }, 'the known operations could not be planned'));
  let stopping: Promise<void> | null = null;
  return {
    port,
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    get openStreams() {
      return doors.reduce((sum, { engine }) => sum + engine.openStreams, 0);
    },
    reload: async ({ publicSupergraphSdl, services: others = [], supergraphSdl }) => {
      // Supergraphs that are served already keep the services that they were loaded with.
      const before = new Map(services);
      for (const service of others) services.set(service.name, guarded(service));
      try {
        const ready = await Promise.all([
          door.prepare(supergraphSdl), ...(publicDoor && publicSupergraphSdl !== undefined ? [publicDoor.prepare(publicSupergraphSdl)] : []),
        ]);
        for (const serve of ready) await serve();
      } catch (cause) {
        for (const { name } of others) restore(services, name, before.get(name));
        throw cause;
      }
    },
    health,
    beginDrain: () => void (draining = true),
    stop: () => (stopping ??= stop()),
  };
}

/** Milliseconds. */
const warmUpAfterMs = 100;

/** @throws SupergraphUnservable */
async function opened(
  { publicSupergraphSdl, supergraphSdl }: GatewayOptions,
  doorOf: (name: DoorName, sdl: string) => Door,
): Promise<{ readonly door: Door; readonly publicDoor: Door | null }> {
  const made: Door[] = [];
  const make = (name: DoorName, sdl: string): Door => {
    const door = doorOf(name, sdl);
    made.push(door);
    return door;
  };
  try {
    const door = make('hub', supergraphSdl);
    const publicDoor = publicSupergraphSdl === undefined ? null : make('public', publicSupergraphSdl);
    await Promise.all(made.map((each) => each.start()));
    return { door, publicDoor };
  } catch (cause) {
    for (const { engine } of made) engine.close();
    throw new SupergraphUnservable(cause);
  }
}

/** The same for the same service: live streams stay where they are when a supergraph comes with a service that it had before. */
function guard({ deadlineMs, logger }: GatewayOptions): (service: ServicePort) => ServicePort {
  const known = new WeakMap<ServicePort, ServicePort>();
  return (service) => {
    if (service instanceof HttpService) return service;
    const port = known.get(service) ?? inProcess(service, { logger, ...(deadlineMs === undefined ? {} : { deadlineMs }) });
    known.set(service, port);
    return port;
  };
}

const costLimitOf = (limit: GatewayOptions['costLimit'], door: DoorName): { readonly costLimit?: number } =>
  limit === undefined ? {} : { costLimit: typeof limit === 'number' ? limit : limit[door] };

function restore<K, V>(map: Map<K, V>, key: K, value: V | undefined): void {
  if (value === undefined) map.delete(key);
  else map.set(key, value);
}

/** Questions asked while one is being answered share its answer: the open listener must not multiply into checks of databases. */
function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | null = null;
  return () => {
    asked ??= ask().finally(() => (asked = null));
    return asked;
  };
}
