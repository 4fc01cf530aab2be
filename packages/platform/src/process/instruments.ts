import { type Metric, type MetricObjectWithValues, type MetricValue, type MetricValueWithName, type Registry } from 'prom-client';

interface InstrumentOptions {
  readonly name: string;
  readonly help: string;
  readonly labelNames: readonly string[];
  readonly registers: readonly Registry[];
}

export interface Count {
  inc(): void;
}

export interface Distribution {
  observe(value: number): void;
}

/**
 * Counters and histograms of what happens many times in each request. The library's own look their labels up at each count; here who counts holds the
 * number itself, and it is put into the library's form when somebody asks for the figures.
 */
abstract class Instrument<T> {
  private readonly children = new Map<string, { readonly labels: Readonly<Record<string, string>>; readonly state: T }>();

  constructor(private readonly type: 'counter' | 'histogram', protected readonly options: InstrumentOptions) {
    const { help, name, registers } = options;
    const metric = { name, help, aggregator: 'sum', get: () => Promise.resolve(this.figures()), reset: () => this.children.clear() };
    // The library's types know its own classes only; what it calls are these two.
    for (const registry of registers) registry.registerMetric(metric as unknown as Metric<string>);
  }

  /** The one of these values, in the order of the names; the same each time. */
  labels(...values: readonly string[]): T {
    const key = values.join('\n');
    let child = this.children.get(key);
    if (!child) this.children.set(key, (child = { labels: Object.fromEntries(this.options.labelNames.map((name, i) => [name, values[i] ?? ''])), state: this.begin() }));
    return child.state;
  }

  protected abstract begin(): T;
  protected abstract export(state: T, labels: Readonly<Record<string, string>>): MetricValueWithName<string>[];

  private figures(): MetricObjectWithValues<MetricValue<string>> {
    const { help, name } = this.options;
    const values = [...this.children.values()].flatMap(({ labels, state }) => this.export(state, labels));
    return { name, help, type: this.type, aggregator: 'sum', values } as unknown as MetricObjectWithValues<MetricValue<string>>;
  }
}

class Counted implements Count {
  total = 0;

  inc(): void {
    this.total += 1;
  }
}

export class Counts extends Instrument<Counted> {
  constructor(options: InstrumentOptions) {
    super('counter', options);
  }

  protected begin(): Counted {
    return new Counted();
  }

  protected export({ total }: Counted, labels: Readonly<Record<string, string>>): MetricValueWithName<string>[] {
    return [{ labels, value: total }];
  }
}

class Observed implements Distribution {
  /** One more than there are bounds: what is above all of them. */
  readonly counts: number[];
  sum = 0;

  constructor(private readonly bounds: readonly number[]) {
    this.counts = [...bounds.map(() => 0), 0];
  }

  observe(value: number): void {
    const { bounds } = this;
    let i = 0;
    while (i < bounds.length && value > (bounds[i] as number)) i += 1;
    this.counts[i] = (this.counts[i] as number) + 1;
    this.sum += value;
  }
}

export class Distributions extends Instrument<Observed> {
  private readonly buckets: readonly number[];

  /** @param options.buckets - upper bounds, rising */
  constructor({ buckets, ...options }: InstrumentOptions & { readonly buckets: readonly number[] }) {
    super('histogram', options);
    this.buckets = buckets;
  }

  protected begin(): Observed {
    return new Observed(this.buckets);
  }

  protected export({ counts, sum }: Observed, labels: Readonly<Record<string, string>>): MetricValueWithName<string>[] {
    const { name } = this.options;
    let count = 0;
    const below = counts.map((own, i) => ({ metricName: `${name}_bucket`, labels: { le: this.buckets[i] ?? '+Inf', ...labels }, value: (count += own) }));
    return [...below, { metricName: `${name}_sum`, labels, value: sum }, { metricName: `${name}_count`, labels, value: count }];
  }
}
