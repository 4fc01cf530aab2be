import { createMetrics, type EventLag } from './metrics';

const text = async (metrics: ReturnType<typeof createMetrics>): Promise<string> => (await metrics.render()).body;

it('counts requests and operations, with labels that cannot grow with what clients send', async () => {
  const metrics = createMetrics({ defaults: false });
  metrics.httpRequest({ method: 'GET', route: '/files/:id', status: 404, seconds: 0.004 });
  metrics.httpRequest({ method: 'X-EVIL-1', route: '/graphql', status: 405, seconds: 0.001 });
  metrics.httpRequest({ method: 'X-EVIL-2', route: '/graphql', status: 405, seconds: 0.001 });
  metrics.operation({ service: 'credit', kind: 'entities', outcome: 'unavailable', seconds: 0.2 });
  const body = await text(metrics);
  expect(body).toContain('casebridge_http_requests_total{method="GET",route="/files/:id",status="404"} 1');
  expect(body).toContain('casebridge_http_requests_total{method="other",route="/graphql",status="405"} 2');
  expect(body).toContain('casebridge_subgraph_operations_total{service="credit",kind="entities",outcome="unavailable"} 1');
  expect(body).toContain('casebridge_http_request_seconds_bucket{le="0.005",method="GET",route="/files/:id"} 1');
});

it('knows how many streams are open, also when one is closed twice', async () => {
  const metrics = createMetrics({ defaults: false });
  const close = metrics.subscriptionOpened('referral');
  metrics.subscriptionOpened('referral');
  close();
  close();
  expect(await text(metrics)).toContain('casebridge_subscriptions{kind="referral"} 1');
});

it('asks once per scrape how far the events have come, and shows nothing rather than a stale figure', async () => {
  const metrics = createMetrics({ defaults: false });
  let asked = 0;
  let answer: () => Promise<EventLag[]> = async () => [
    { service: 'credit', unsequenced: 2, unrelayed: 3, consumers: [{ source: 'enforcement', behind: 4, parkedSubjects: 1 }] },
  ];
  metrics.watchEvents(() => {
    asked += 1;
    return answer();
  });
  const body = await text(metrics);
  expect(asked).toBe(1);
  for (const line of [
    'casebridge_outbox_unsequenced{service="credit"} 2',
    'casebridge_relay_lag{service="credit"} 3',
    'casebridge_consumer_lag{service="credit",source="enforcement"} 4',
    'casebridge_parked_subjects{service="credit",source="enforcement"} 1',
  ]) expect(body).toContain(line);

  answer = () => Promise.reject(new Error('database down'));
  const down = await text(metrics);
  expect(down).not.toContain('casebridge_relay_lag{');
  expect(await text(metrics)).toMatch(/casebridge_event_lag_failures_total [12]/);
});

it('shows the process too unless told not to, and two of them do not meet', async () => {
  const [one, other] = [createMetrics(), createMetrics()];
  one.httpRequest({ method: 'GET', route: '/', status: 200, seconds: 1 });
  expect(await text(one)).toContain('process_resident_memory_bytes');
  expect(await text(other)).not.toContain('route="/"');
  expect(await text(createMetrics({ defaults: false }))).not.toContain('process_');
});
