import { AggregatorRegistry, Counter, Histogram, type MetricObjectWithValues, type MetricValue, Registry } from 'prom-client';
import { Counts, Distributions } from './instruments';

const buckets = [1, 10, 100];
const values = [0, 1, 1.5, 10, 99, 100, 101, 5_000];

/** The same happenings, counted by the library and by us. */
function both(): { readonly library: Registry; readonly ours: Registry } {
  const [library, ours] = [new Registry(), new Registry()];
  const theirs = new Counter({ name: 'happenings_total', help: 'What happened', labelNames: ['kind', 'place'], registers: [library] });
  const own = new Counts({ name: 'happenings_total', help: 'What happened', labelNames: ['kind', 'place'], registers: [ours] });
  for (const [kind, place, times] of [['a', 'here', 3], ['b', 'here', 1], ['a', 'say "there"\n', 2]] as const) {
    for (let n = 0; n < times; n += 1) {
      theirs.labels(kind, place).inc();
      own.labels(kind, place).inc();
    }
  }
  const histogram = new Histogram({ name: 'sizes', help: 'How large', labelNames: ['kind'], buckets, registers: [library] });
  const sizes = new Distributions({ name: 'sizes', help: 'How large', labelNames: ['kind'], buckets, registers: [ours] });
  for (const value of values) {
    histogram.labels('x').observe(value);
    sizes.labels('x').observe(value);
  }
  return { library, ours };
}

it('tells what the library would tell', async () => {
  const { library, ours } = both();
  expect(await ours.metrics()).toBe(await library.metrics());
});

it('is added up over processes as the library is', async () => {
  const pooled = async (registry: Registry): Promise<string> => {
    const snapshot = (await registry.getMetricsAsJSON()) as unknown as MetricObjectWithValues<MetricValue<string>>[];
    return AggregatorRegistry.aggregate([structuredClone(snapshot), structuredClone(snapshot)]).metrics();
  };
  const { library, ours } = both();
  expect(await pooled(ours)).toBe(await pooled(library));
});

it('is there from the first labels on, at nought', async () => {
  const registry = new Registry();
  new Counts({ name: 'nothing_total', help: 'Nothing yet', labelNames: [], registers: [registry] }).labels();
  expect(await registry.metrics()).toContain('\nnothing_total 0\n');
});
