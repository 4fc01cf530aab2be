import { AggregatorRegistry, Counter, Gauge, type MetricObjectWithValues, type MetricValue, Registry } from 'prom-client';
import type { Supervisor } from './supervisor';

type Snapshot = MetricObjectWithValues<MetricValue<string>>[];

/** Milliseconds that a scrape waits for a worker. */
const patienceMs = 2_000;
/** prom-client has enum numbers in its types, and these words in its data. */
const growing: ReadonlySet<unknown> = new Set(['counter', 'histogram']);
const requests = 'casebridge_http_requests_total';

/**
 * The figures of all workers as those of one process: counters and histograms are added up, gauges as each says of itself (`aggregator`).
 *
 * What a worker that has ended had counted stays in the sums, up to the last scrape that it answered: a sum that became smaller would be taken for a process that began anew,
 * and all that the others ever counted for what happened since.
 */
export class PooledMetrics {
  private readonly own = new Registry();
  private readonly latest = new Map<number, Snapshot>();
  private departed: Snapshot = [];

  constructor(private readonly supervisor: Supervisor) {
    const registers = [this.own];
    const states = ['starting', 'ready', 'away'] as const;
    const workers: Gauge<'state'> = new Gauge({ name: 'casebridge_workers', help: 'Processes that serve, by how they are', labelNames: ['state'], registers, collect: () => {
      for (const state of states) workers.set({ state }, supervisor.workers.filter((worker) => worker.state === state).length);
    } });
    const deaths: Counter = new Counter({ name: 'casebridge_worker_deaths_total', help: 'Workers that ended without being asked to', registers, collect: () => {
      deaths.reset();
      deaths.inc(supervisor.deaths);
    } });
    const answered: Counter<'worker'> = new Counter({ name: 'casebridge_worker_requests_total', help: 'Answers to HTTP requests, by worker', labelNames: ['worker'], registers, collect: () => {
      answered.reset();
      for (const [worker, snapshot] of this.latest) answered.inc({ worker: String(worker) }, totalOf(snapshot, requests));
    } });
    supervisor.onDeparture((worker) => this.keep(worker));
  }

  async render(): Promise<{ readonly contentType: string; readonly body: string }> {
    for (const asked of await this.supervisor.askAll('metrics', null, patienceMs)) if (asked.ok) this.latest.set(asked.worker, asked.value as Snapshot);
    const all = AggregatorRegistry.aggregate([...this.latest.values(), this.departed]);
    return { contentType: this.own.contentType, body: `${await all.metrics()}${await this.own.metrics()}` };
  }

  private keep(worker: number): void {
    const snapshot = this.latest.get(worker);
    if (!snapshot) return;
    this.latest.delete(worker);
    const counted = snapshot.filter(({ type }) => growing.has(type));
    void AggregatorRegistry.aggregate([this.departed, counted]).getMetricsAsJSON().then((sum) => (this.departed = sum as Snapshot));
  }
}

const totalOf = (snapshot: Snapshot, name: string): number =>
  snapshot.filter((metric) => metric.name === name).flatMap(({ values }) => values).reduce((sum, { value }) => sum + value, 0);
