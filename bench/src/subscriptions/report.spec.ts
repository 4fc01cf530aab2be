import { type FanOutMeasurement, missing, perCore, perReader, subscriptionText } from './report';

const memory = (heap: number, external: number, resident: number) => ({ heap, external, resident });
const measured: FanOutMeasurement = {
  readers: 100, rate: 10, size: 60, burst: { events: 20, cpuMs: 50, loopDelayP99Ms: 2 }, heard: { messages: 1_990, p50: 1, p99: 4, broken: 0 },
};

it('divides what the readers took by the readers', () => {
  expect(perReader({ readers: 10, before: memory(1_000, 500, 9_000), after: memory(90_000, 1_500, 309_000) })).toEqual({ heap: 9_000, resident: 30_000 });
});

it('counts messages per second of CPU time, and those that did not come', () => {
  expect(perCore(measured)).toBe(39_800);
  expect(missing(measured)).toBe(10);
});

it('says whether the bars are met', () => {
  const text = subscriptionText({ readers: 10, before: memory(0, 0, 0), after: memory(160_000, 0, 0) }, [measured]);
  expect(text).toContain('16.0 kB of heap and buffers each (bar 15: missed)');
  expect(text).toContain('39800 (bar 35000: met)');
});
