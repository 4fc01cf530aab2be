import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { Client } from 'pg';
import { PreparingClient } from '../sql';
import type { Logger } from './logger';
import { silentLogger } from './logger';
import { createTracing, openOtlpTracing } from './otlp-tracing';
import { annotate, isTraced, traced, traceparent, untraced } from './trace';

const given = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

function start({ callerDecides = true, share = 1 } = {}) {
  const exporter = new InMemorySpanExporter();
  const tracing = createTracing({ name: 'test', share, callerDecides, processor: new SimpleSpanProcessor(exporter) });
  return { tracing, spans: () => exporter.getFinishedSpans(), named: (name: string) => exporter.getFinishedSpans().find((span) => span.name === name)! };
}

describe('a trace', () => {
  it('goes on from the caller, through promises and turns of the event loop, to what is called', async () => {
    const { named, tracing } = start();
    const handed = await tracing.begin('request', given, { kind: 'server' }, async () => {
      await sleep(1);
      annotate({ 'hub.door': 'hub' }, 'query A');
      return traced('fetch', { attributes: { n: 2 } }, async () => {
        await new Promise((resolve) => setImmediate(resolve));
        return traceparent();
      });
    });
    const [request, fetch] = [named('query A'), named('fetch')];
    expect(request).toMatchObject({ parentSpanId: 'b7ad6b7169203331', attributes: { 'hub.door': 'hub' }, resource: { attributes: { 'service.name': 'casebridge-test' } } });
    expect(fetch.parentSpanId).toBe(request.spanContext().spanId);
    expect(handed).toBe(`00-0af7651916cd43dd8448eb211c80319c-${fetch.spanContext().spanId}-01`);
  });

  it.each([
    ['nothing', undefined], ['no trace', 'hello'], ['the version that must not be', given.replace(/^00/, 'ff')], ['more than version 00 has', `${given}-00`],
    ['no trace id', `00-${'0'.repeat(32)}-b7ad6b7169203331-01`], ['capitals', given.toUpperCase()],
  ])('begins anew where the caller names %s', (_what, header) => {
    const { named, tracing } = start();
    tracing.begin('request', header, {}, () => undefined);
    expect(named('request').parentSpanId).toBeUndefined();
  });

  it('reads a later version, of which it knows the beginning', () => {
    const { named, tracing } = start();
    tracing.begin('request', `${given.replace(/^00/, '01')}-what-may-come`, {}, () => undefined);
    expect(named('request').parentSpanId).toBe('b7ad6b7169203331');
  });

  it('tells the class of an error and none of its words, and how good work ended', async () => {
    const { named, spans, tracing } = start();
    const broken = new RangeError('Key (id)=(110101199003077758) already exists');
    expect(() => tracing.begin('throws', null, {}, () => {
      throw broken;
    })).toThrow(broken);
    await expect(tracing.begin('rejects', null, {}, () => Promise.reject(broken))).rejects.toBe(broken);
    await tracing.begin('ends', null, { conclude: (span, rows: number[]) => span.setAttribute('rows', rows.length) }, async () => [1, 2]);
    expect(named('throws')).toMatchObject({ status: { code: 2 }, attributes: { 'error.type': 'RangeError' }, events: [] });
    expect(named('rejects').attributes).toEqual({ 'error.type': 'RangeError' });
    expect(named('ends').attributes).toEqual({ rows: 2 });
    expect(JSON.stringify(spans().map(({ attributes, events, status }) => ({ attributes, events, status })))).not.toContain('11010');
  });

  it('is not known outside, nor where work goes on after its request', async () => {
    const { named, tracing } = start();
    expect([isTraced(), traceparent(), traced('alone', {}, () => 1)]).toEqual([false, null, 1]);
    let after: Promise<boolean> | undefined;
    tracing.begin('request', null, {}, () => {
      after = untraced(async () => {
        await sleep(1);
        return traced('stream', {}, isTraced);
      });
    });
    expect(await after).toBe(false);
    expect(named('stream')).toBeUndefined();
  });

  it('is recorded as often as asked, whatever a client says of it; services believe the gateway', () => {
    for (const { callerDecides, flags, recorded, share } of [
      { callerDecides: false, share: 0, flags: '01', recorded: 0 }, { callerDecides: false, share: 1, flags: '00', recorded: 1 },
      { callerDecides: true, share: 0, flags: '01', recorded: 1 }, { callerDecides: true, share: 1, flags: '00', recorded: 0 },
    ]) {
      const { spans, tracing } = start({ callerDecides, share });
      const handed = tracing.begin('request', given.replace(/01$/, flags), {}, traceparent);
      expect([callerDecides, flags, spans().length, handed?.slice(-2)]).toEqual([callerDecides, flags, recorded, recorded ? '01' : '00']);
    }
  });
});

describe('a statement', () => {
  afterEach(() => jest.restoreAllMocks());

  it('is a span with its text, without values, and nothing where nothing is traced', async () => {
    const sent = jest.spyOn(Client.prototype, 'query').mockImplementation((() => Promise.resolve({ rows: [] })) as never);
    const { spans, tracing } = start();
    const client = new PreparingClient({}) as unknown as { query(...args: unknown[]): Promise<unknown> };
    await client.query('select 1');
    await tracing.begin('request', null, {}, async () => {
      await client.query("select name from person where id = $1 and kind = 'it''s secret'", ['110101199003077758']);
      await client.query('COMMIT');
      await client.query({ text: 'a cursor' });
    });
    expect(sent).toHaveBeenCalledTimes(4);
    expect(spans().map(({ attributes, kind, name }) => ({ attributes, kind, name }))).toEqual([
      { name: 'select', kind: 2, attributes: { 'db.system.name': 'postgresql', 'db.query.text': "select name from person where id = $1 and kind = '?'" } },
      { name: 'commit', kind: 2, attributes: { 'db.system.name': 'postgresql', 'db.query.text': 'COMMIT' } },
      { name: 'request', kind: 0, attributes: {} },
    ]);
  });
});

describe('the export', () => {
  let server: Server;
  const bodies: { path: string | undefined; type: string | undefined; text: string }[] = [];
  let status = 200;

  beforeAll(async () => {
    server = createServer((request, response) => {
      void textOf(request).then((text) => {
        bodies.push({ path: request.url, type: request.headers['content-type'], text });
        response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const endpoint = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  it('sends spans as OTLP over HTTP, at the latest when it is closed', async () => {
    const tracing = openOtlpTracing({ name: 'gateway', callerDecides: false, config: { endpoint: endpoint(), share: 1 }, logger: silentLogger });
    tracing.begin('request', null, {}, () => traced('fetch', {}, () => undefined));
    await tracing.close();
    expect(bodies).toHaveLength(1);
    expect(bodies[0]).toMatchObject({ path: '/v1/traces', type: 'application/json' });
    const sent = JSON.parse(bodies[0]!.text) as { resourceSpans: { resource: { attributes: unknown[] }; scopeSpans: { spans: { name: string }[] }[] }[] };
    expect(sent.resourceSpans[0]!.scopeSpans[0]!.spans.map(({ name }) => name)).toEqual(['fetch', 'request']);
    expect(sent.resourceSpans[0]!.resource.attributes).toContainEqual({ key: 'service.name', value: { stringValue: 'casebridge-gateway' } });
    expect(bodies[0]!.text).not.toMatch(/host\.name|process\./);
  });

  it('says that nobody takes the spans, and goes on', async () => {
    status = 400;
    const warnings: string[] = [];
    const logger: Logger = { ...silentLogger, warn: (_fields: unknown, message?: string) => void warnings.push(String(message)) };
    const tracing = openOtlpTracing({ name: 'gateway', callerDecides: false, config: { endpoint: endpoint(), share: 1 }, logger });
    expect(tracing.begin('request', null, {}, () => 7)).toBe(7);
    await tracing.close();
    expect(warnings).toEqual(['the collector does not take traces']);
  });
});

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  return (request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString('utf8');
}
