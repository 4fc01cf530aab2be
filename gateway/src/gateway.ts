import type { ServiceName } from '@casebridge/contracts';
import type { Clock } from '@casebridge/kernel';
import {
  type Check, combineHealth, type Directory, type HealthReport, type Logger, type Metrics, runChecks, type ServicePort, type TokenVerifier,
} from '@casebridge/platform';
import { Generation } from './federation/generation';
import { createDoor } from './http/graphql-route';
import { createHttpFront } from './http/server';
import { HttpService } from './services/http-service';
import { inProcess } from './services/in-process';
import { serveSockets } from './subscriptions/sockets';

export interface GatewayOptions {
  readonly supergraphSdl: string;
  /** The contract of the public door. */
  readonly publicSupergraphSdl: string;
  /** One per service of the supergraph, in this process or across the network. They stay the caller's, who stops them afterwards. */
  readonly services: readonly ServicePort[];
  readonly tokens: TokenVerifier;
  readonly directory: Directory;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** 0 takes a free one. */
  readonly port: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Milliseconds for a fetch from a service in this process; an `HttpService` has its own. Default 5000. */
  readonly deadlineMs?: number;
  /** False for supergraphs that were composed and compared when this software was built. Default true. */
  readonly validateSupergraph?: boolean;
  /** The listener opens only after this: loading the supergraphs may run while the services start. */
  readonly openAfter?: Promise<unknown>;
  /** What else must be well before `/readyz` says so, e.g. the feed of the directory. */
  readonly checks?: Readonly<Record<string, Check>>;
}

export interface Gateway {
  readonly port: number;
  readonly url: string;
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
  const { clock, directory, host = '127.0.0.1', logger, metrics, tokens } = options;
  const services = new Map<ServiceName, ServicePort>(options.services.map((service) => [service.name, guarded(service, options)]));
  const exposeDocuments = options.services.some((service) => !(service instanceof HttpService));
  const generationOf = (supergraphSdl: string) => new Generation({
    supergraphSdl, services, exposeDocuments, logger, metrics, ...(options.validateSupergraph === undefined ? {} : { validate: options.validateSupergraph }),
  });
  const generation = generationOf(options.supergraphSdl);
  const door = createDoor(generation, logger);
  const publicDoor = createDoor(generationOf(options.publicSupergraphSdl), logger);
  await Promise.all([door.start(), publicDoor.start()]);

  let draining = false;
  const health = once(async () => {
    const own = await runChecks('gateway', {
      directory: () => ({ ok: directory.ready, ...(directory.ready ? {} : { message: 'the agency registry is not loaded yet' }) }),
      draining: () => ({ ok: !draining }),
      ...options.checks,
    });
    return combineHealth([own, ...(await Promise.all([...services.values()].map((service) => service.health())))]);
  });

  const front = createHttpFront({
    host, port: options.port, door, publicDoor, health, tokens, clock, logger, metrics,
    files: [...services.values()].find((service) => service.files)?.files ?? null,
  });
  const sockets = serveSockets({ http: front.server, path: '/graphql', generation, apollo: door, tokens, directory, clock, logger, metrics });
  const stop = async (): Promise<void> => {
    draining = true;
    await Promise.all([front.close(), sockets.drain()]);
    await Promise.all([door.stop(), publicDoor.stop()]);
  };
  let port: number;
  try {
    await options.openAfter;
    port = await front.listen();
  } catch (cause) {
    await stop();
    throw cause;
  }
  let stopping: Promise<void> | null = null;
  return {
    port,
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    health,
    beginDrain: () => void (draining = true),
    stop: () => (stopping ??= stop()),
  };
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
