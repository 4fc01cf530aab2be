import { type Count, Counts, Distributions, kept, type Metrics } from '@casebridge/platform';
import { Gauge, type Registry } from 'prom-client';
import { refusals } from '../limits/refusals';

/** What a door has in memory when it is asked. */
export interface DoorState {
  /** Bytes of the documents that are remembered, good and bad ones. */
  readonly documents: { readonly good: number; readonly bad: number };
  readonly plans: { readonly entries: number; readonly bytes: number };
  readonly upstreams: number;
}

/** How a service does, as the gateway sees it. */
export interface SourceState {
  readonly breaker: 'closed' | 'open' | 'half-open';
  /** Fetches under way, and those that wait for a place. */
  readonly running: number;
  readonly waiting: number;
}

/** Of one operation that ran. */
export interface RunFacts {
  /** Of a trusted document; null for all others, which are one to the metrics: clients make up what they ask. */
  readonly trusted: { readonly document: string; readonly operation: string } | null;
  readonly outcome: 'ok' | 'errors' | 'failed';
  readonly seconds: number;
  /** In points. */
  readonly estimate: number;
  readonly actual: number;
}

/** Figures of one door. */
export interface DoorFigures {
  ran(facts: RunFacts): void;
  /** @param code - of an error that the gateway answered with, before a service was asked */
  refused(code: unknown): void;
  /** An operation was looked for among the plans. */
  planned(hit: boolean): void;
  ranOn(executor: 'compiled' | 'stock'): void;
  /** The compiler did not know something. */
  fellBack(reason: string): void;
  readonly streams: { event(): void; overflow(): void; gap(): void; reconnect(): void };
}

export interface Figures {
  door(name: string): DoorFigures;
  /** Asked at each scrape; who comes later under a name takes its place. */
  watchDoor(name: string, state: () => DoorState): void;
  watchSource(service: string, state: () => SourceState): void;
  watchConcurrency(load: () => { readonly running: number; readonly waiting: number }): void;
  watchConnections(open: () => number): void;
  connectionRefused(): void;
}

const seconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const points = [1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000, 100_000];
const breakerStates = ['closed', 'half-open', 'open'] as const;
const all = new WeakMap<Registry, Figures>();

/** The gateway's figures among those of a process: the same for all who hold the same metrics. */
export function figuresOf({ registry }: Pick<Metrics, 'registry'>): Figures {
  const known = all.get(registry) ?? makeFigures(registry);
  all.set(registry, known);
  return known;
}

function makeFigures(registry: Registry): Figures {
  const registers = [registry];
  const counter = (name: string, help: string, labelNames: readonly string[]): Counts => new Counts({ name: `casebridge_${name}`, help, labelNames, registers });
  const histogram = (name: string, help: string, labelNames: readonly string[], buckets: readonly number[]): Distributions =>
    new Distributions({ name: `casebridge_${name}`, help, labelNames, buckets, registers });

  const runs = counter('operations_total', 'Operations that ran; of documents that are not trusted, together', ['door', 'document', 'operation', 'outcome']);
  const runSeconds = histogram('operation_seconds', 'Time of an operation, from being let in to its answer', ['door', 'document', 'operation'], seconds);
  const cost = histogram('operation_cost_points', 'What operations may cost before they run, and did cost', ['door', 'kind'], points);
  const refused = counter('refusals_total', 'Requests refused before a service was asked', ['door', 'code']);
  const plans = counter('plan_cache_total', 'Operations looked for among the plans', ['door', 'result']);
  const executors = counter('executor_runs_total', 'Operations by what executed them', ['door', 'executor']);
  const fallbacks = counter('compile_fallbacks_total', 'Operations that the compiler left to the stock executor', ['door', 'reason']);
  const streams = counter('subscription_happenings_total', 'Events put together, overflows, gaps and reconnections of live streams', ['door', 'kind']);
  const refusedConnections = counter('connections_refused_total', 'Connections that were more than there may be', []).labels();
  const watchers = watched(registers);

  const doorFigures = (door: string): DoorFigures => {
    const run = kept((document, operation) => {
      const outcome = kept((name) => runs.labels(door, document, operation, name));
      return { outcome, time: runSeconds.labels(door, document, operation) };
    });
    const [estimated, actual] = [cost.labels(door, 'estimated'), cost.labels(door, 'actual')];
    const refusal = kept((code) => refused.labels(door, code));
    const [hits, misses] = [plans.labels(door, 'hit'), plans.labels(door, 'miss')];
    const executor = kept((name) => executors.labels(door, name));
    const stream = (kind: string): (() => void) => {
      const count: Count = streams.labels(door, kind);
      return () => count.inc();
    };
    return {
      ran: (facts) => {
        const { outcome, time } = run(facts.trusted?.document ?? 'other', facts.trusted?.operation ?? 'other');
        outcome(facts.outcome).inc();
        time.observe(facts.seconds);
        estimated.observe(facts.estimate);
        actual.observe(facts.actual);
      },
      refused: (code) => refusal(typeof code === 'string' && Object.hasOwn(refusals, code) ? code : 'other').inc(),
      planned: (hit) => (hit ? hits : misses).inc(),
      ranOn: (name) => executor(name).inc(),
      fellBack: (reason) => fallbacks.labels(door, knownReason(reason)).inc(),
      streams: { event: stream('event'), gap: stream('gap'), overflow: stream('overflow'), reconnect: stream('reconnect') },
    };
  };
  return { door: kept(doorFigures), ...watchers, connectionRefused: () => refusedConnections.inc() };
}

/** Some reasons name a type or a field of a document; labels must not grow with what clients send. */
const knownReasons = ['too many conditions', 'values from the context of a field', 'a plan node of kind', 'a response key that objects', 'a fragment on no composite type', 'no field', 'values of'];
const knownReason = (reason: string): string => knownReasons.find((known) => reason.startsWith(known)) ?? 'other';

/** Figures that are asked for at a scrape, and cost nothing between. */
function watched(registers: Registry[]): Pick<Figures, 'watchConcurrency' | 'watchConnections' | 'watchDoor' | 'watchSource'> {
  const doors = new Map<string, () => DoorState>();
  const sources = new Map<string, () => SourceState>();
  let load: () => { readonly running: number; readonly waiting: number } = () => ({ running: 0, waiting: 0 });
  let connections = (): number => 0;
  const gauge = <L extends string>(name: string, help: string, labelNames: readonly L[], collect: (gauge: Gauge<L>) => void, aggregator: 'sum' | 'max' = 'sum'): void => {
    const made: Gauge<L> = new Gauge({ name: `casebridge_${name}`, help, labelNames, registers, aggregator, collect: () => {
      made.reset();
      collect(made);
    } });
  };
  const ofDoors = (name: string, help: string, values: (state: DoorState) => Readonly<Record<string, number>>): void =>
    gauge(name, help, ['door', 'kind'], (made) => {
      for (const [door, state] of doors) for (const [kind, value] of Object.entries(values(state()))) made.labels(door, kind).set(value);
    });
  const ofSources = (name: string, help: string, value: (state: SourceState) => number): void =>
    gauge(name, help, ['service'], (made) => {
      for (const [service, state] of sources) made.labels(service).set(value(state()));
    });

  ofDoors('document_cache_bytes', 'Documents that are remembered, good and bad ones', ({ documents }) => ({ good: documents.good, bad: documents.bad }));
  ofDoors('plan_cache', 'Plans that are remembered, and their bytes', ({ plans }) => ({ entries: plans.entries, bytes: plans.bytes }));
  ofDoors('subscription_upstreams', 'Streams of services that live streams share', ({ upstreams }) => ({ shared: upstreams }));
  gauge('breaker_state', 'One where it is: the breaker before a service', ['service', 'state'], (made) => {
    for (const [service, state] of sources) for (const name of breakerStates) made.labels(service, name).set(state().breaker === name ? 1 : 0);
  }, 'max');
  ofSources('service_fetches_running', 'Fetches under way at a service', (state) => state.running);
  ofSources('service_fetches_waiting', 'Fetches that wait for a place at a service', (state) => state.waiting);
  gauge('connections_open', 'Connections of clients', [], (made) => made.set(connections()));
  gauge('operations_running', 'Operations that run', [], (made) => made.set(load().running));
  gauge('operations_waiting', 'Operations that wait for their turn', [], (made) => made.set(load().waiting));
  return {
    watchDoor: (name, state) => void doors.set(name, state),
    watchSource: (service, state) => void sources.set(service, state),
    watchConcurrency: (next) => void (load = next),
    watchConnections: (next) => void (connections = next),
  };
}
