import type { ServiceName } from '@casebridge/contracts';
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import { Counts, Distributions } from './instruments';

/** How far the events of one service have come. */
export interface EventLag {
  readonly service: ServiceName;
  /** Rows of the outbox that have no position yet. */
  readonly unsequenced: number;
  /** Positions that the bus does not have yet. */
  readonly unrelayed: number;
  readonly consumers: readonly {
    readonly source: ServiceName;
    /** Positions of the source that were not handled yet. */
    readonly behind: number;
    /** Subjects set aside because an event of theirs keeps failing. */
    readonly parkedSubjects: number;
  }[];
}

export interface HttpRequestFacts {
  readonly method: string;
  /** The pattern of the route (`/files/:id`), never the path: labels must not grow with the data. */
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

export interface OperationFacts {
  readonly service: string;
  readonly kind: 'query' | 'mutation' | 'subscription' | 'entities';
  readonly outcome: 'ok' | 'refused' | 'failed' | 'unavailable';
  readonly seconds: number;
}

export interface Metrics {
  readonly registry: Registry;
  httpRequest(facts: HttpRequestFacts): void;
  /** One operation on one service. */
  operation(facts: OperationFacts): void;
  /** The same for one service, for callers who count many: its figures are found once. */
  operationsOf(service: string): (facts: Omit<OperationFacts, 'service'>) => void;
  /** A live stream began; call what it returns, once, when it ended. */
  subscriptionOpened(kind: string): () => void;
  /** Has the lag of events asked for at each scrape. Where that fails the gauges are absent, not zero. */
  watchEvents(collect: () => readonly EventLag[] | Promise<readonly EventLag[]>): void;
  /** The Prometheus text of all, with its content type. */
  render(): Promise<{ readonly contentType: string; readonly body: string }>;
}

const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/**
 * The figures of a process.
 *
 * @param options.defaults - memory, event loop and garbage collection of the process too; default true
 */
export function createMetrics({ defaults = true }: { readonly defaults?: boolean } = {}): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (defaults) collectDefaultMetrics({ register: registry });

  const requests = new Counts({ name: 'casebridge_http_requests_total', help: 'Answers to HTTP requests', labelNames: ['method', 'route', 'status'], registers });
  const requestSeconds = new Distributions({ name: 'casebridge_http_request_seconds', help: 'Time to answer an HTTP request', labelNames: ['method', 'route'], buckets, registers });
  const operations = new Counts({ name: 'casebridge_subgraph_operations_total', help: 'Operations on the services', labelNames: ['service', 'kind', 'outcome'], registers });
  const operationSeconds = new Distributions({ name: 'casebridge_subgraph_operation_seconds', help: 'Time of an operation on a service', labelNames: ['service', 'kind'], buckets, registers });
  const subscriptions = new Gauge({ name: 'casebridge_subscriptions', help: 'Live streams that are open', labelNames: ['kind'], registers });

  const requestCounter = kept((method, route, status) => requests.labels(method, route, status));
  const requestTimer = kept((method, route) => requestSeconds.labels(method, route));
  const recorders = kept((service) => {
    const counter = kept((kind, outcome) => operations.labels(service, kind, outcome));
    const timer = kept((kind) => operationSeconds.labels(service, kind));
    return ({ kind, outcome, seconds }: Omit<OperationFacts, 'service'>): void => {
      counter(kind, outcome).inc();
      timer(kind).observe(seconds);
    };
  });

  return {
    registry,
    httpRequest({ method, route, status, seconds }) {
      const known = methods.has(method) ? method : 'other'; // the method is the client's word: it must not make labels
      requestCounter(known, route, String(status)).inc();
      requestTimer(known, route).observe(seconds);
    },
    operation: (facts) => recorders(facts.service)(facts),
    operationsOf: (service) => recorders(service),
    subscriptionOpened(kind) {
      subscriptions.inc({ kind });
      let open = true;
      return () => {
        if (!open) return;
        open = false;
        subscriptions.dec({ kind });
      };
    },
    watchEvents: (collect) => watchEvents(registry, collect),
    render: async () => ({ contentType: registry.contentType, body: await registry.metrics() }),
  };
}

/** What was made for some labels, found again by them: nothing is put together to count what was counted before. */
export function kept<Labels extends readonly string[], T>(make: (...labels: Labels) => T): (...labels: Labels) => T {
  const root = new Map<string, unknown>();
  return (...labels) => {
    let map = root;
    const last = labels.length - 1;
    for (let i = 0; i < last; i++) {
      let below = map.get(labels[i] as string) as Map<string, unknown> | undefined;
      if (!below) map.set(labels[i] as string, (below = new Map<string, unknown>()));
      map = below;
    }
    let found = map.get(labels[last] as string) as T | undefined;
    if (found === undefined) map.set(labels[last] as string, (found = make(...labels)));
    return found;
  };
}

function watchEvents(registry: Registry, collect: () => readonly EventLag[] | Promise<readonly EventLag[]>): void {
  const registers = [registry];
  const aggregator = 'max'; // all workers tell of the same databases
  const outbox = new Gauge({ name: 'casebridge_outbox_unsequenced', aggregator, help: 'Outbox events without a position', labelNames: ['service'], registers });
  const relay = new Gauge({ name: 'casebridge_relay_lag', aggregator, help: 'Positions that the bus does not have yet', labelNames: ['service'], registers });
  const consumer = new Gauge({ name: 'casebridge_consumer_lag', aggregator, help: 'Positions of a source that a service has not handled yet', labelNames: ['service', 'source'], registers });
  const parked = new Gauge({ name: 'casebridge_parked_subjects', aggregator, help: 'Subjects set aside because an event of theirs keeps failing', labelNames: ['service', 'source'], registers });
  const failures = new Counter({ name: 'casebridge_event_lag_failures_total', help: 'Scrapes at which the lag of events could not be asked for', registers });

  // The registry collects its metrics side by side, so one of them asks for all, and the others wait for it.
  let asked: Promise<void> | null = null;
  const ask = async (): Promise<void> => {
    for (const gauge of [outbox, relay, consumer, parked]) gauge.reset();
    try {
      for (const lag of await collect()) {
        outbox.set({ service: lag.service }, lag.unsequenced);
        relay.set({ service: lag.service }, lag.unrelayed);
        for (const { source, behind, parkedSubjects } of lag.consumers) {
          consumer.set({ service: lag.service, source }, behind);
          parked.set({ service: lag.service, source }, parkedSubjects);
        }
      }
    } catch {
      failures.inc(); // a scrape must not fail because a database is down: that is when it is needed
    }
  };
  const once = (): Promise<void> => {
    asked ??= ask().finally(() => (asked = null));
    return asked;
  };
  for (const gauge of [outbox, relay, consumer, parked]) Object.assign(gauge, { collect: once });
}
