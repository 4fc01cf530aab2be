import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { BadUserInput, systemClock } from '@casebridge/kernel';
import {
  createInternalTokenSigner, createInternalTokenVerifier, createMetrics, createTokenVerifier, developmentJwks, directoryOf, Heartbeat,
  loadOrCreateSigningKey, mintDevelopmentToken, type RequestContext, type RuntimeOptions, type ServedSubgraph, ServiceRuntime, serveSubgraph, silentLogger,
} from '@casebridge/platform';
import { parse } from 'graphql';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { composePublic, composeSupergraph } from './compose';
import { createGateway, type Gateway } from './gateway';
import { HttpService } from './services/http-service';
import { TestFiles } from './testing/test-hub';

const sdl = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.10", import: ["@key", "@tag"])
  type Query { who: String @tag(name: "public") refused: String }
  type Mutation { act(note: String!): String }
  type Subscription { ticked(until: Int!): Int }
`;
const resolvers = {
  Query: {
    who: (_: unknown, __: unknown, { request }: RequestContext) =>
      `${request.principal.kind === 'agency' ? request.principal.officerId : 'public'} ${request.clientOperation} ${request.requestId}`,
    refused: () => {
      throw new BadUserInput('input.text', 'is empty');
    },
  },
  Mutation: { act: (_: unknown, { note }: { note: string }) => note },
  Subscription: {
    ticked: {
      subscribe: async function* (_: unknown, { until }: { until: number }) {
        yield new Heartbeat('cursor-0');
        for (let n = 1; n <= until; n += 1) yield { ticked: n };
      },
    },
  },
};

/** The platform's own server and runtime of a service, as it runs in production, behind the gateway. */
describe('the gateway before a service of the platform', () => {
  const agency = { code: 'DRA-210000', functions: ['DRUG' as const] };
  const directory = directoryOf([agency]);
  let dataDir: string;
  let subgraph: ServedSubgraph;
  let service: HttpService;
  let gateway: Gateway;
  let token: string;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'casebridge-wire-'));
    const clock = systemClock;
    const key = await loadOrCreateSigningKey(dataDir, 'gateway');
    const deps = { name: 'enforcement', clock, directory, dataSource: {} } as unknown as RuntimeOptions['deps'];
    const runtime = new ServiceRuntime({
      deps, schema: buildSubgraphSchema({ typeDefs: parse(sdl), resolvers: resolvers as never }), logger: silentLogger, files: new TestFiles(clock),
      accessLog: { write: () => Promise.resolve() },
      health: () => Promise.resolve({ name: 'enforcement', ok: true, checks: {} }),
    });
    const verifier = createInternalTokenVerifier({ keys: { keys: [key.publicJwk] }, service: 'enforcement', clock, directory });
    subgraph = await serveSubgraph({ runtime, tokens: verifier, host: '127.0.0.1', port: 0, logger: silentLogger });
    service = new HttpService({ name: 'enforcement', url: `http://127.0.0.1:${subgraph.port}`, signer: await createInternalTokenSigner({ key, clock }), logger: silentLogger, files: true });
    const jwks = await developmentJwks(dataDir, 'test');
    const sources = [{ name: 'enforcement', sdl }];
    gateway = await createGateway({
      supergraphSdl: composeSupergraph(sources), publicSupergraphSdl: composePublic(sources), services: [service], directory, clock,
      tokens: createTokenVerifier({ directory, clock, devJwks: () => jwks }), logger: silentLogger, metrics: createMetrics({ defaults: false }), port: 0,
    });
    token = await mintDevelopmentToken({ dataDir, nodeEnv: 'test', agency: directory.agency(agency.code)!, officerId: 'DRA-210000-1', clock });
  });
  afterAll(async () => {
    await gateway.stop();
    await service.close();
    await subgraph.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  const post = async (query: string) => {
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'x-request-id': 'request-0001' }, body: JSON.stringify({ query }),
    });
    return (await response.json()) as Record<string, unknown>;
  };

  it('carries reader, operation and request', async () => {
    expect(await post('query Mine { who }')).toEqual({ data: { who: 'DRA-210000-1 Mine request-0001' } });
    expect(await post('mutation { act(note: "x") }')).toEqual({ data: { act: 'x' } });
  });

  it('carries refusals', async () => {
    expect(await post('{ refused }')).toEqual({
      data: { refused: null }, errors: [{ message: 'input.text: is empty', path: ['refused'], extensions: { code: 'BAD_USER_INPUT', kind: 'BAD_USER_INPUT', field: 'input.text' } }],
    });
  });

  it('carries live streams and their heartbeats', async () => {
    const pings: unknown[] = [];
    const client = createClient({ url: `${gateway.url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0, connectionParams: { token } });
    client.on('ping', (received, payload) => void (received && pings.push(payload)));
    const events: unknown[] = [];
    for await (const event of client.iterate({ query: 'subscription { ticked(until: 3) }' })) events.push(event);
    expect(events).toEqual([1, 2, 3].map((ticked) => ({ data: { ticked } })));
    expect(pings).toEqual([{ heartbeat: { [Object.keys((pings[0] as { heartbeat: object }).heartbeat)[0]!]: 'cursor-0' } }]);
  });

  it('carries files and health', async () => {
    const authorization = `Bearer ${token}`;
    const stored = (await (await fetch(`${gateway.url}/files`, { method: 'POST', body: 'text', headers: { authorization } })).json()) as { id: string };
    expect(await (await fetch(`${gateway.url}/files/${stored.id}`, { headers: { authorization } })).text()).toBe('text');
    expect((await fetch(`${gateway.url}/files/${stored.id}`)).status).toBe(404);
    expect((await fetch(`${gateway.url}/readyz`)).status).toBe(200);
  });
});
