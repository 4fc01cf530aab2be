import type { Clock } from '@casebridge/kernel';
import {
  type Check, combineHealth, type Directory, type HealthReport, type Logger, type Metrics, runChecks, type ServicePort, type TokenVerifier, type Tracing,
} from '@casebridge/platform';
import type { Policies } from './authorization';
import type { TrustedDocuments } from './documents';
import type { GraphQLFormattedError } from 'graphql';
import { Door } from './door';
import { publicError } from './errors';
import { type BudgetPolicies, Budgets, ConcurrencyGate, type ConcurrencyLimits, type DoorName, type Ledger, LocalLedger } from './limits';
import { trustedProxies } from './http/client-address';
import { createHttpFront, type HttpTimeouts } from './http/server';
import { HttpService } from './services/http-service';
import { inProcess } from './services/in-process';
import { figuresOf } from './observability/figures';
import { SupergraphUnservable } from './supergraph/life';
import { serveSockets, type SocketLimits } from './subscriptions/sockets';

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
  /** Where the budgets of agencies are kept; without it this process keeps them for itself. */
  readonly ledger?: Ledger;
  /** Addresses and networks (CIDR) of proxies whose `X-Forwarded-For` is believed. Default none. */
  readonly trustedProxies?: readonly string[];
  /** Nobody has to say who he is: all are the public reader, and whatever token they send is not looked at. */
  readonly anonymous?: boolean;
  readonly costLimit?: number;
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
  readonly socketLimits?: Partial<SocketLimits>;
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
  const services = new Map<string, ServicePort>(options.services.map((service) => [service.name, guarded(service, options)]));
  for (const service of options.services) if (service instanceof HttpService) figuresOf(metrics).watchSource(service.name, () => service.state);
  const exposeDocuments = options.services.some((service) => !(service instanceof HttpService));
  const budgets = new Budgets({
    ledger: options.ledger ?? new LocalLedger(clock), clock,
    onLedgerFailure: (err) => logger.warn({ err }, 'the ledger of budgets did not answer: this process spends on its own account'),
  });
  const concurrency = new ConcurrencyGate(options.concurrencyLimits);
  const doorOf = (name: DoorName, supergraphSdl: string): Door => new Door({
    door: name, openSchema: name === 'public' || options.anonymous === true, budgets, concurrency,
    ...(options.costLimit === undefined ? {} : { costLimit: options.costLimit }), ...(options.budgetPolicies ? { budgetPolicies: options.budgetPolicies } : {}),
    ...(options.trusted ? { trusted: options.trusted } : {}), strict: options.strictDoors?.includes(name) ?? false,
    ...(options.policies ? { policies: options.policies } : {}),
    formatError: options.formatError ?? publicError,
    supergraphSdl, services, exposeDocuments, directory, clock, logger, metrics, tracing,
    ...(options.validateSupergraph === undefined ? {} : { validate: options.validateSupergraph }),
  });
  const { door, publicDoor } = await opened(options, doorOf);
  const giveBack = setInterval(() => void budgets.giveBackIdle(), 1_000);
  giveBack.unref();
  const doors = publicDoor ? [door, publicDoor] : [door];

  let draining = false;
  const health = once(async () => {
    const own = await runChecks('gateway', {
      directory: () => ({ ok: directory.ready, ...(directory.ready ? {} : { message: 'the agency registry is not loaded yet' }) }),
      draining: () => ({ ok: !draining }),
      ...options.checks,
    });
    return combineHealth([own, ...(await Promise.all([...services.values()].map((service) => service.health())))]);
  });

  const identify = options.anonymous ? null : tokens;
  const proxies = trustedProxies(options.trustedProxies ?? []);
  const front = createHttpFront({
    host, port: options.port, door, publicDoor, health, tokens: identify, proxies, clock, logger, metrics, tracing, ...(options.timeouts ? { timeouts: options.timeouts } : {}),
    files: [...services.values()].find((service) => service.files)?.files ?? null,
  });
  const sockets = serveSockets({ http: front.server, path: '/graphql', door, tokens: identify, directory, clock, logger, tracing, ...(options.socketLimits ? { limits: options.socketLimits } : {}) });
  const stop = async (): Promise<void> => {
    draining = true;
    for (const { engine } of doors) engine.drain();
    await Promise.all([front.close(), sockets.drain()]);
    await Promise.all(doors.map((each) => each.stop()));
    clearInterval(giveBack);
    await budgets.close();
  };
  let port: number;
  try {
    await options.openAfter;
    port = await front.listen();
  } catch (cause) {
    await stop();
    throw cause;
  }
  for (const each of doors) each.warmUp().catch((err: unknown) => logger.error({ err }, 'the known operations could not be planned'));
  let stopping: Promise<void> | null = null;
  return {
    port,
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    get openStreams() {
      return doors.reduce((sum, { engine }) => sum + engine.openStreams, 0);
    },
    reload: async ({ publicSupergraphSdl, services: others = [], supergraphSdl }) => {
      // Supergraphs that are served already keep the services that they were loaded with.
      for (const service of others) services.set(service.name, guarded(service, options));
      const ready = await Promise.all([
        door.prepare(supergraphSdl), ...(publicDoor && publicSupergraphSdl !== undefined ? [publicDoor.prepare(publicSupergraphSdl)] : []),
      ]);
      for (const serve of ready) await serve();
    },
    health,
    beginDrain: () => void (draining = true),
    stop: () => (stopping ??= stop()),
  };
}

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

const guarded = (service: ServicePort, { deadlineMs, logger }: GatewayOptions): ServicePort =>
  service instanceof HttpService ? service : inProcess(service, { logger, ...(deadlineMs === undefined ? {} : { deadlineMs }) });

/** Questions asked while one is being answered share its answer: the open listener must not multiply into checks of databases. */
function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | null = null;
  return () => {
    asked ??= ask().finally(() => (asked = null));
    return asked;
  };
}
