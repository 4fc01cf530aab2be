import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { publicReader, systemClock } from '@casebridge/kernel';
import { parse } from 'graphql';
import { directoryOf, type InternalTokenVerifier } from '../identity';
import { admit } from '../identity/admission';
import { silentLogger } from '../process';
import { DateScalar } from './scalars';
import { type ServedSubgraph, serveSubgraph } from './serve-subgraph';
import { type RuntimeOptions, ServiceRuntime } from './service-runtime';

const typeDefs = parse('scalar Date input Filter { from: Date } type Query { slowly(ms: Int!): String days(filter: Filter): String }');
let begun = 0;
const resolvers = {
  Date: DateScalar,
  Query: {
    days: () => 'some',
    slowly: (_: unknown, { ms }: { ms: number }) => {
      begun += 1;
      return sleep(ms, 'x'.repeat(50_000));
    },
  },
};

const runtimeOf = (): ServiceRuntime =>
  new ServiceRuntime({
    deps: { name: 'credit', clock: systemClock, directory: directoryOf([]), dataSource: {} } as unknown as RuntimeOptions['deps'],
    schema: buildSubgraphSchema({ typeDefs, resolvers }), logger: silentLogger, accessLog: { write: () => Promise.resolve() },
    health: () => Promise.resolve({ name: 'credit', ok: true, checks: {} }),
  });

const start = (runtime = runtimeOf()): Promise<ServedSubgraph> => {
  const tokens: InternalTokenVerifier = { verify: () => Promise.resolve(admit({ ...publicReader })) };
  return serveSubgraph({ runtime, tokens, host: '127.0.0.1', port: 0, logger: silentLogger });
};

interface Outcome {
  readonly status?: number;
  readonly size?: number;
  readonly keeps?: boolean;
  readonly error?: string;
}

const ask = (port: number, agent: Agent, ms: number): Promise<Outcome> =>
  new Promise((resolve) => {
    const asked = request({ port, host: '127.0.0.1', path: '/graphql', method: 'POST', agent, headers: { 'content-type': 'application/json', authorization: 'Bearer x' } }, (response) => {
      let size = 0;
      response.on('data', (chunk: Buffer) => void (size += chunk.length));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, size, keeps: response.headers.connection !== 'close' }));
      response.on('error', (error: NodeJS.ErrnoException) => resolve({ error: `cut: ${error.code}` }));
    });
    asked.on('error', (error: NodeJS.ErrnoException) => resolve({ error: `${error.code ?? error.message}${asked.reusedSocket ? ' reused' : ''}` }));
    asked.end(JSON.stringify({ query: `{ slowly(ms: ${ms}) }` }));
  });

/** Also after a test that failed half way. */
const endings: (() => void)[] = [];
const onTestFinish = (end: () => void): void => void endings.push(end);
afterEach(() => endings.splice(0).forEach((end) => end()));

it.each<[string, Record<string, unknown>, string, string]>([
  ['{ slowly(ms: 1) days(filter: { from: "2026-02-30" }) }', {}, 'BAD_USER_INPUT', 'filter.from'],
  ['query ($d: Date) { days(filter: { from: $d }) }', { d: '' }, 'BAD_USER_INPUT', 'filter.from'],
  ['query ($f: Filter) { days(filter: $f) }', { f: { from: 'x' } }, 'BAD_USER_INPUT', 'filter.from'],
  ['{ days(filter: { until: "2026-01-01" }) }', {}, 'GRAPHQL_VALIDATION_FAILED', ''],
  ['{ days(filter: "2026-01-01") }', {}, 'BAD_USER_INPUT', 'filter'],
  ['{ nights }', {}, 'GRAPHQL_VALIDATION_FAILED', ''],
])('refuses the values of %s the same in process and over HTTP', async (query, variables, code, field) => {
  const runtime = runtimeOf();
  const request = { variables, principal: admit({ ...publicReader }), requestId: 'r', clientOperation: null, receivedAt: new Date(0) };
  const near = [await runtime.execute({ ...request, query, scope: {} })];
  // As a gateway in the same process asks, which has validated what it can.
  if (field !== '') near.push(await runtime.execute({ ...request, query, document: parse(query), scope: {} }));
  const served = await start(runtime);
  const response = await fetch(`http://127.0.0.1:${served.port}/graphql`, {
    method: 'POST', headers: { 'content-type': 'application/json', authorization: 'Bearer x' }, body: JSON.stringify({ query, variables }),
  });
  const far = (await response.json()) as unknown;
  await served.stop();
  const plain = near.map((answer): unknown => JSON.parse(JSON.stringify(answer)));
  for (const answer of plain) expect(answer).toEqual(far);
  expect(far).toMatchObject({ errors: [{ extensions: { code, kind: 'BAD_USER_INPUT', ...(field === '' ? {} : { field }) } }] });
});

it('drains while clients hammer it: every request that got in is answered whole, and the end does not wait for them to stop', async () => {
  begun = 0;
  const served = await start();
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const outcomes: Outcome[] = [];
  let hammering = true;
  const hammer = async (n: number): Promise<void> => {
    while (hammering && outcomes.length < 20_000) {
      const outcome = await ask(served.port, agent, 1 + (n % 4) * 7);
      outcomes.push(outcome);
      if (outcome.error) await sleep(20);
    }
  };
  onTestFinish(() => void (hammering = false));
  const clients = Array.from({ length: 16 }, (_, n) => hammer(n));
  const long = ask(served.port, new Agent({ keepAlive: true }), 700);
  // A slow machine takes longer to be hammered.
  const alive = (): number => outcomes.filter((o) => o.status === 200 && o.keeps).length;
  for (let waited = 0; alive() <= 50 && waited < 3_000; waited += 10) await sleep(10);
  expect(alive()).toBeGreaterThan(50);
  const before = outcomes.length;

  const startedAt = performance.now();
  await served.stop();
  const took = performance.now() - startedAt;
  await sleep(50);
  hammering = false;
  await Promise.all(clients);
  agent.destroy();

  expect(took).toBeLessThan(10_000);
  expect(await long).toMatchObject({ status: 200, size: expect.any(Number) });
  // What comes to a door that closes is not let in; but nobody who was in, on a connection or with a request, is thrown out.
  const refused = new Set(outcomes.slice(before).flatMap(({ error }) => error ?? []));
  refused.delete('ECONNRESET'); // a new connection that the listener had not taken when it closed
  expect(refused).toEqual(new Set(['ECONNREFUSED']));
  const answered = outcomes.filter((o) => o.error === undefined);
  expect(answered.every(({ status, size }) => status === 200 && size! > 50_000)).toBe(true);
  expect(answered).toHaveLength(begun - 1);
}, 20_000);

it('does not wait for connections on which nobody asks anything', async () => {
  const served = await start();
  const agent = new Agent({ keepAlive: true });
  expect(await ask(served.port, agent, 1)).toMatchObject({ status: 200, keeps: true });
  const startedAt = performance.now();
  await served.stop();
  expect(performance.now() - startedAt).toBeLessThan(1_000);
  agent.destroy();
});
