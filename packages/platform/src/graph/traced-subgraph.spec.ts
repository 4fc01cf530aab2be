import { buildSubgraphSchema } from '@apollo/subgraph';
import { publicReader, systemClock } from '@casebridge/kernel';
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { parse } from 'graphql';
import { Client } from 'pg';
import { directoryOf } from '../identity';
import { admit } from '../identity/admission';
import { silentLogger, traceparent, type Tracing } from '../process';
import { createTracing } from '../process/otlp-tracing';
import { PreparingClient } from '../sql';
import { serveSubgraph } from './serve-subgraph';
import { type RuntimeOptions, ServiceRuntime } from './service-runtime';

const given = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

async function ask(tracing: Tracing | null): Promise<unknown> {
  jest.spyOn(Client.prototype, 'query').mockImplementation((() => Promise.resolve({ rows: [] })) as never);
  const client = new PreparingClient({}) as unknown as { query(...args: unknown[]): Promise<unknown> };
  const resolvers = {
    Query: {
      who: async () => {
        await client.query('select 1 from person where id = $1', ['secret']);
        return String(traceparent());
      },
    },
  };
  const runtime = new ServiceRuntime({
    deps: { name: 'credit', clock: systemClock, directory: directoryOf([]), dataSource: {} } as unknown as RuntimeOptions['deps'],
    schema: buildSubgraphSchema({ typeDefs: parse('type Query { who: String }'), resolvers }), logger: silentLogger, accessLog: { write: () => Promise.resolve() },
    health: () => Promise.resolve({ name: 'credit', ok: true, checks: {} }),
  });
  const served = await serveSubgraph({
    runtime, tokens: { verify: () => Promise.resolve(admit({ ...publicReader })) }, host: '127.0.0.1', port: 0, logger: silentLogger, tracing,
  });
  try {
    const response = await fetch(`http://127.0.0.1:${served.port}/graphql`, {
      method: 'POST', headers: { 'content-type': 'application/json', authorization: 'Bearer x', traceparent: given }, body: '{"query":"{ who }"}',
    });
    return ((await response.json()) as { data: { who: string } }).data.who;
  } finally {
    await served.stop();
  }
}

afterEach(() => jest.restoreAllMocks());

it('goes on in a service, over its execution, to its statements', async () => {
  const exporter = new InMemorySpanExporter();
  await ask(createTracing({ name: 'credit', share: 0, callerDecides: true, processor: new SimpleSpanProcessor(exporter) }));
  const spans = exporter.getFinishedSpans();
  const [statement, execute, request] = ['select', 'execute', 'POST /graphql'].map((name) => spans.find((span) => span.name === name)!);
  expect(spans).toHaveLength(3);
  expect(request!.parentSpanId).toBe('b7ad6b7169203331');
  expect(execute!.parentSpanId).toBe(request!.spanContext().spanId);
  expect(statement).toMatchObject({ parentSpanId: execute!.spanContext().spanId, attributes: { 'db.query.text': 'select 1 from person where id = $1' } });
});

it('is nothing where nothing is traced, whatever the caller sends', async () => {
  expect(await ask(null)).toBe('null');
});
