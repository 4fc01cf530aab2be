import { createMetrics } from '@casebridge/platform';
import { Breaker } from '../sources/breaker';
import { Bulkhead } from '../sources/bulkhead';
import { figuresOf } from './figures';

const given = () => {
  const metrics = createMetrics({ defaults: false });
  return { metrics, figures: figuresOf(metrics), body: async () => (await metrics.render()).body };
};

it('shows in which state the breaker of each service is, and what waits, as it is at the scrape', async () => {
  const { body, figures } = given();
  const breaker = new Breaker({ failures: 1 });
  const bulkhead = new Bulkhead({ width: 1, queue: 1, maxWaitMs: 10_000 });
  figures.watchSource('credit', () => ({ breaker: breaker.state, running: bulkhead.inUse, waiting: bulkhead.queued }));
  expect(await body()).toContain('casebridge_breaker_state{service="credit",state="closed"} 1');
  breaker.enter()?.done(false);
  void bulkhead.enter();
  const waiting = bulkhead.enter();
  const later = await body();
  for (const line of [
    'casebridge_breaker_state{service="credit",state="closed"} 0', 'casebridge_breaker_state{service="credit",state="open"} 1',
    'casebridge_service_fetches_running{service="credit"} 1', 'casebridge_service_fetches_waiting{service="credit"} 1',
  ]) expect(later).toContain(line);
  bulkhead.leave();
  await waiting;
});

it('makes no label of what it does not know: codes and reasons of others are one', async () => {
  const { body, figures } = given();
  const door = figures.door('hub');
  for (const code of ['BUDGET_EXHAUSTED', 'MADE_UP_1', 'toString', undefined, 7]) door.refused(code);
  for (const reason of ['no field Query.a', 'no field Query.b', 'something new']) door.fellBack(reason);
  const text = await body();
  expect(text.match(/^casebridge_refusals_total.*$/gm)).toEqual(['casebridge_refusals_total{door="hub",code="BUDGET_EXHAUSTED"} 1', 'casebridge_refusals_total{door="hub",code="other"} 4']);
  expect(text.match(/^casebridge_compile_fallbacks_total.*$/gm)).toEqual([
    'casebridge_compile_fallbacks_total{door="hub",reason="no field"} 2', 'casebridge_compile_fallbacks_total{door="hub",reason="other"} 1',
  ]);
});

it('are the same for all who hold the same metrics, and a newer state takes the place of an older', async () => {
  const { body, figures, metrics } = given();
  expect(figuresOf(metrics)).toBe(figures);
  expect(figuresOf(createMetrics({ defaults: false }))).not.toBe(figures);
  for (const entries of [1, 2]) figures.watchDoor('hub', () => ({ documents: { good: 0, bad: 0 }, plans: { entries, bytes: 10 }, upstreams: 0 }));
  figures.watchConcurrency(() => ({ running: 3, waiting: 4 }));
  const text = await body();
  for (const line of ['casebridge_plan_cache{door="hub",kind="entries"} 2', 'casebridge_operations_running 3', 'casebridge_operations_waiting 4']) expect(text).toContain(line);
});
