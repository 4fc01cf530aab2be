import { traceparent } from '@casebridge/platform';
import { createTracing } from '@casebridge/platform/dist/process/otlp-tracing';
import { InMemorySpanExporter, type ReadableSpan, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { buildManifest, TrustedDocuments } from '../documents/trusted';
import { until } from '../testing/carriers';
import { agencies, startTestHub, type TestHub } from '../testing/test-hub';

const overServices = 'query Look($id: ID!) { case(id: $id) { no firm { uscc name rank } } }';
const trusted = new TrustedDocuments(buildManifest([{ name: 'look', text: overServices }]));
const withDebug = ['hub:introspect', 'hub:debug'];

interface Answered {
  readonly data?: unknown;
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
  readonly extensions?: {
    readonly sources?: Record<string, { status: string; asOf: string | null }>;
    readonly explain?: { plan: string; cost: { estimate: number; actual: number }; executor: string; cached: boolean };
  };
}

async function ask(hub: TestHub, query: string, options: Parameters<TestHub['post']>[1] = {}): Promise<Answered> {
  return (await hub.post(query, options)).body as Answered;
}

const text = async (hub: TestHub): Promise<string> => (await hub.metrics.render()).body;

/** The line of a request comes when its answer is out, which the client may see first. What was told so far is told. */
async function lastLine(hub: TestHub, message = 'request'): Promise<Record<string, unknown> & { graphql: Record<string, unknown> }> {
  const told = () => hub.lines.splice(0).map((each) => JSON.parse(each) as Record<string, unknown>).filter(({ msg }) => msg === message).at(-1);
  let line: Record<string, unknown> | undefined;
  await until('it is logged', () => (line = told()) !== undefined);
  return line as never;
}

describe.each(['in process', 'over HTTP'] as const)('what a client is told of services %s', (form) => {
  let hub: TestHub;
  let token: string;
  beforeAll(async () => {
    hub = await startTestHub(form);
    token = await hub.token(agencies.drug);
  });
  afterAll(() => hub.stop());
  afterEach(() => void (hub.inspection.fault = 'none'));

  it('is each that was asked, once it asks for that, and nothing otherwise', async () => {
    const before = Date.now();
    const { data, extensions } = await ask(hub, overServices, { token, variables: { id: '1' }, headers: { 'x-hub-sources': '1' } });
    expect(data).toEqual({ case: { no: 'A-1', firm: { uscc: 'U1', name: 'firm U1', rank: 'low' } } });
    expect(extensions?.sources).toEqual({
      credit: { status: 'ok', asOf: expect.any(String) }, enforcement: { status: 'ok', asOf: expect.any(String) }, inspection: { status: 'ok', asOf: expect.any(String) },
    });
    for (const { asOf } of Object.values(extensions?.sources ?? {})) expect(Date.parse(asOf!)).toBeGreaterThanOrEqual(before - 1);
    for (const headers of [undefined, { 'x-hub-sources': '0' }]) expect(await ask(hub, overServices, { token, variables: { id: '1' }, ...(headers ? { headers } : {}) })).toEqual({ data });
  });

  it('is which service is down, and that it has said nothing', async () => {
    hub.inspection.fault = 'throw';
    const { data, errors, extensions } = await ask(hub, overServices, { token, variables: { id: '1' }, headers: { 'x-hub-sources': '1' } });
    expect(data).toEqual({ case: { no: 'A-1', firm: { uscc: 'U1', name: null, rank: 'low' } } });
    expect(errors?.map((error) => error.extensions.code)).toEqual(['SERVICE_UNAVAILABLE']);
    expect(extensions?.sources).toMatchObject({ inspection: { status: 'unavailable', asOf: null }, credit: { status: 'ok' } });
  });

  it.each([['clash', 'refused'], ['bug', 'failed']])('tells a service that %s-es: %s', async (field, status) => {
    const { extensions } = await ask(hub, `{ ${field} }`, { token, headers: { 'x-hub-sources': '1' } });
    expect(extensions).toEqual({ sources: { enforcement: { status, asOf: expect.any(String) } } });
  });

  it('is told each of those who share a fetch, and only those who asked', async () => {
    const wishes = Array.from({ length: 24 }, (_, i) => (i % 3 === 2 ? '0' : '1'));
    const answers = await Promise.all(wishes.map((wish, i) =>
      ask(hub, overServices, { token, variables: { id: i % 2 ? '3' : '1' }, headers: { 'x-hub-sources': wish } })));
    expect(hub.inspection.requests.length).toBeLessThan(hub.enforcement.requests.length); // some were shared
    expect(answers.map(({ extensions }) => Object.keys(extensions?.sources ?? {}).length)).toEqual(wishes.map((wish) => (wish === '1' ? 3 : 0)));
  });
});

describe('an explanation', () => {
  let hub: TestHub;
  beforeAll(async () => void (hub = await startTestHub('in process')));
  afterAll(() => hub.stop());

  it('gives plan and cost to who has the scope, beside the very same answer', async () => {
    const query = 'query Explained($id: ID!) { case(id: $id) { no firm { name } } }';
    const options = { token: await hub.token(agencies.drug, { scopes: withDebug }), variables: { id: '1' } };
    const plain = await ask(hub, query, options);
    const { extensions, ...rest } = await ask(hub, query, { ...options, headers: { 'x-hub-explain': '1' } });
    expect(rest).toEqual(plain);
    expect(extensions?.explain).toEqual({ plan: expect.stringMatching(/^QueryPlan \{[^]*Fetch\(service: "enforcement"\)[^]*Fetch\(service: "inspection"\)/), cost: { estimate: expect.any(Number), actual: expect.any(Number) }, executor: 'compiled', cached: true });
    const { actual, estimate } = extensions!.explain!.cost;
    expect([actual > 0, actual <= estimate]).toEqual([true, true]);
    expect(extensions?.explain?.plan).not.toContain('"1"');
  });

  it('says when a plan is new, and which operations the stock executor answers', async () => {
    const token = await hub.token(agencies.drug, { scopes: withDebug });
    const names = Array.from({ length: 9 }, (_, i) => `v${i}`);
    const many = `query Many(${names.map((name) => `$${name}: Boolean!`).join(', ')}) { ${names.map((name) => `${name}: who @include(if: $${name})`).join(' ')} }`;
    const variables = Object.fromEntries(names.map((name) => [name, true]));
    const { extensions } = await ask(hub, many, { token, variables, headers: { 'x-hub-explain': '1' } });
    expect(extensions?.explain).toMatchObject({ executor: 'stock', cached: false });
    const body = await text(hub);
    expect(body).toContain('casebridge_compile_fallbacks_total{door="hub",reason="too many conditions"} 1');
    expect(body).toContain('casebridge_executor_runs_total{door="hub",executor="stock"} 1');
  });

  it('is left out in silence for who has not, also at the public door', async () => {
    const headers = { 'x-hub-explain': '1' };
    const query = '{ cases { no } }';
    const plain = await ask(hub, query, { token: await hub.token(agencies.drug) });
    expect(plain.data).toBeDefined();
    expect(await ask(hub, query, { token: await hub.token(agencies.drug), headers })).toEqual(plain);
    expect(await ask(hub, query, { path: '/public/graphql', headers })).toEqual(plain);
  });
});

describe('the line of a request in the log', () => {
  let hub: TestHub;
  beforeAll(async () => void (hub = await startTestHub('in process', { gateway: { trusted } })));
  afterAll(() => hub.stop());

  it('is one, with names, figures and codes, and without text, values or persons', async () => {
    const token = await hub.token(agencies.drug, { officerId: 'officer-77' });
    const from = hub.lines.length;
    await hub.post(overServices, { token, variables: { id: '1' } });
    await until('it is logged', () => hub.lines.length > from);
    expect(hub.lines.length - from).toBe(1);
    const line = await lastLine(hub);
    expect(line).toMatchObject({
      method: 'POST', path: '/graphql', status: 200, agency: agencies.drug, ms: expect.any(Number),
      graphql: {
        door: 'hub', operation: 'Look', type: 'query', trusted: 'look', hash: expect.stringMatching(/^[0-9a-f]{12}$/), executor: 'compiled', codes: [],
        cost: { estimate: expect.any(Number), actual: expect.any(Number) },
      },
    });
    expect(JSON.stringify(line)).not.toMatch(/officer-77|firm|uscc|"id"|A-1/);
  });

  it('has the codes of errors, of refusals and of documents that are none', async () => {
    const token = await hub.token(agencies.drug);
    await hub.post('{ clash bug }', { token });
    expect((await lastLine(hub)).graphql).toMatchObject({ operation: null, type: 'query', trusted: null, codes: expect.arrayContaining(['CONFLICT', 'INTERNAL_SERVER_ERROR']) });
    await hub.post('{ nothing }', { token });
    expect((await lastLine(hub)).graphql).toMatchObject({ operation: null, hash: null, cost: null, codes: ['GRAPHQL_VALIDATION_FAILED'] });
    await hub.post(overServices, { token: 'x.y.z', variables: { id: '1' } });
    expect(await lastLine(hub)).toMatchObject({ status: 401, code: expect.stringMatching(/^TOKEN_/) });
  });

  it('is there for operations on a socket too', async () => {
    const client = createClient({ url: `${hub.gateway.url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket, connectionParams: { token: await hub.token(agencies.police) }, retryAttempts: 0 });
    const first = await client.iterate({ query: overServices, variables: { id: '1' }, extensions: { hub: { sources: true } } }).next();
    expect(first.value).toMatchObject({ extensions: { sources: { enforcement: { status: 'ok' } } } });
    expect(await lastLine(hub, 'operation on a socket')).toMatchObject({ agency: agencies.police, graphql: { operation: 'Look', trusted: 'look', codes: [] } });
    await client.dispose();
  });
});

describe('metrics', () => {
  let hub: TestHub;
  let token: string;
  beforeAll(async () => {
    hub = await startTestHub('in process', { gateway: { trusted } });
    token = await hub.token(agencies.drug);
  });
  afterAll(() => hub.stop());

  it('tell trusted operations apart and all others not, whatever clients call theirs', async () => {
    await hub.post(overServices, { token, variables: { id: '1' } });
    for (let i = 0; i < 5; i++) await hub.post(`query Mine${i} { who }`, { token });
    await hub.post('query Mine { bug }', { token });
    const body = await text(hub);
    expect(body).toContain('casebridge_operations_total{door="hub",document="look",operation="Look",outcome="ok"} 1');
    expect(body).toContain('casebridge_operations_total{door="hub",document="other",operation="other",outcome="ok"} 5');
    expect(body).toContain('casebridge_operations_total{door="hub",document="other",operation="other",outcome="errors"} 1');
    expect(body).toContain('casebridge_operation_seconds_count{door="hub",document="other",operation="other"} 6');
    expect(body).toContain('casebridge_operation_cost_points_count{door="hub",kind="actual"} 7');
    expect(body).toMatch(/casebridge_plan_cache_total\{door="hub",result="miss"\} [1-9]/);
    expect(body).toMatch(/casebridge_plan_cache\{door="hub",kind="entries"\} [1-9]/);
    expect(body).toMatch(/casebridge_document_cache_bytes\{door="hub",kind="good"\} [1-9]/);
    expect(body).toContain('casebridge_operations_running 0');
    expect(body).not.toContain('Mine');
  });

  it('count a plan that was there as a hit', async () => {
    const hits = async () => Number(/casebridge_plan_cache_total\{door="hub",result="hit"\} (\d+)/.exec(await text(hub))?.[1] ?? 0);
    await hub.post('{ who }', { token });
    const before = await hits();
    await hub.post('{ who }', { token });
    expect(await hits()).toBe(before + 1);
  });

  it('count refusals by codes that the gateway knows', async () => {
    await hub.post('{ nothing }', { token });
    await hub.post('{', { token });
    expect(await text(hub)).toContain('casebridge_refusals_total{door="hub",code="GRAPHQL_VALIDATION_FAILED"} 1');
    expect(await text(hub)).toContain('casebridge_refusals_total{door="hub",code="GRAPHQL_PARSE_FAILED"} 1');
  });

  it('count what live streams do, and know what they share', async () => {
    const client = createClient({ url: `${hub.gateway.url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket, connectionParams: { token }, retryAttempts: 0 });
    const [one, other] = ['1', '2'].map(() => client.iterate({ query: 'subscription { logged { n } }' }));
    const both = Promise.all([one!.next(), other!.next()]);
    await until('both are there', () => hub.gateway.openStreams === 2 && hub.enforcement.feeds.size === 1);
    hub.enforcement.write({});
    await both;
    const body = await text(hub);
    expect(body).toContain('casebridge_subscription_happenings_total{door="hub",kind="event"} 1');
    expect(body).toContain('casebridge_subscription_upstreams{door="hub",kind="shared"} 1');
    expect(body).toContain('casebridge_subscriptions{kind="logged"} 2');
    hub.enforcement.cut();
    await until('it is opened again', async () => /casebridge_subscription_happenings_total\{door="hub",kind="reconnect"\} [1-9]/.test(await text(hub)));
    await client.dispose();
  });
});

describe.each(['in process', 'over HTTP'] as const)('a trace over services %s', (form) => {
  let hub: TestHub;
  const exporter = new InMemorySpanExporter();
  const tracing = createTracing({ name: 'gateway', share: 1, callerDecides: false, processor: new SimpleSpanProcessor(exporter) });
  beforeAll(async () => void (hub = await startTestHub(form, { gateway: { tracing } })));
  afterAll(async () => {
    await hub.stop();
    await tracing.close();
  });
  beforeEach(() => exporter.reset());

  const spansWith = async (name: string): Promise<readonly ReadableSpan[]> => {
    await until(`a span ${name}`, () => exporter.getFinishedSpans().some((span) => span.name === name));
    return exporter.getFinishedSpans();
  };

  it('goes from the caller over the request and its plan to the fetches, and names no value', async () => {
    const parent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    await hub.post('query Traced($id: ID!) { case(id: $id) { no firm { name } } }', { token: await hub.token(agencies.drug), variables: { id: '1' }, headers: { traceparent: parent } });
    const spans = await spansWith('query other');
    const named = (name: string): ReadableSpan => spans.find((span) => span.name === name)!;
    const request = named('query other');
    expect(spans.map(({ name }) => name).sort()).toEqual(['fetch enforcement', 'fetch inspection', 'plan', 'query other']);
    expect(request).toMatchObject({
      parentSpanId: 'b7ad6b7169203331',
      attributes: { 'http.route': '/graphql', 'http.response.status_code': 200, 'hub.door': 'hub', 'hub.agency': agencies.drug, 'graphql.operation.type': 'query', 'hub.trusted': 'other' },
    });
    for (const span of spans) expect(span.spanContext().traceId).toBe('0af7651916cd43dd8448eb211c80319c');
    for (const name of ['plan', 'fetch enforcement', 'fetch inspection']) expect(named(name).parentSpanId).toBe(request.spanContext().spanId);
    expect(named('fetch inspection').attributes).toEqual({ 'hub.service': 'inspection', 'hub.fetch': 'entities', 'hub.entities': 1, 'hub.outcome': 'ok' });
    expect(JSON.stringify(spans.map(({ attributes, events, name }) => ({ attributes, events, name })))).not.toMatch(/A-1|U1|firm U1|"1"/);
  });

  it('tells which service did not answer', async () => {
    hub.inspection.fault = 'throw';
    await hub.post('{ case(id: "1") { firm { name } } }', { token: await hub.token(agencies.drug) });
    hub.inspection.fault = 'none';
    const spans = await spansWith('query other');
    expect(spans.find((span) => span.name === 'fetch inspection')?.attributes['hub.outcome']).toBe('unavailable');
  });

  it('begins anew for each event of a stream, and has no part in health', async () => {
    await fetch(`${hub.gateway.url}/healthz`);
    const opened = jest.spyOn(hub.enforcement, 'subscribe');
    const places: (string | null)[] = [];
    opened.mockImplementationOnce((request) => {
      places.push(traceparent());
      return hub.enforcement.subscribe(request);
    });
    const response = await fetch(`${hub.gateway.url}/graphql`, {
      method: 'POST', body: JSON.stringify({ query: 'subscription { logged { n case { no } } }' }),
      headers: { 'content-type': 'application/json', accept: 'text/event-stream', authorization: `Bearer ${await hub.token(agencies.drug)}` },
    });
    await until('the stream is open', () => hub.enforcement.feeds.size === 1);
    hub.enforcement.write({});
    const spans = await spansWith('event logged');
    expect(spans.map(({ name }) => name)).toEqual(['event logged']);
    expect(spans[0]!.parentSpanId).toBeUndefined();
    expect(places).toEqual([null]); // the stream outlives the request by far
    await response.body?.cancel();
  });
});

describe('over HTTP', () => {
  it('hands its place in the trace to the services, and nothing where nothing is traced', async () => {
    const exporter = new InMemorySpanExporter();
    const tracing = createTracing({ name: 'gateway', share: 1, callerDecides: false, processor: new SimpleSpanProcessor(exporter) });
    const heard: (string | undefined)[] = [];
    for (const given of [{ tracing }, {}]) {
      const hub = await startTestHub('over HTTP', { gateway: given });
      hub.served('enforcement').server.on('request', ({ headers }) => void heard.push(headers['traceparent'] as string | undefined));
      await hub.post('{ who }', { token: await hub.token(agencies.drug) });
      await hub.stop();
    }
    const span = exporter.getFinishedSpans().find(({ name }) => name === 'fetch enforcement')!;
    expect(heard).toEqual([`00-${span.spanContext().traceId}-${span.spanContext().spanId}-01`, undefined]);
  });
});
