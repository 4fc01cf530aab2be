import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { BadUserInput, Conflict, Forbidden, NotFound, systemClock } from '@casebridge/kernel';
import {
  AuthenticationRequired, createInternalTokenSigner, createInternalTokenVerifier, createMetrics, createTokenVerifier, developmentJwks, directoryOf, Heartbeat,
  type InternalTokenSigner, loadOrCreateSigningKey, mintDevelopmentToken, type RequestContext, type RuntimeOptions, type ServedSubgraph, ServiceRuntime, serveSubgraph, silentLogger, type TokenVerifier,
} from '@casebridge/platform';
import { type ExecutionResult, parse } from 'graphql';
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
  type Subscription { ticked(until: Int!): Int refusedLive(how: String!, late: Boolean): Int }
`;
const refusals: Readonly<Record<string, () => Error>> = {
  BAD_USER_INPUT: () => new BadUserInput('after', 'is not a cursor'),
  FORBIDDEN: () => new Forbidden('not for this agency'),
  NOT_FOUND: () => new NotFound('Case'),
  AUTHENTICATION_REQUIRED: () => new AuthenticationRequired(),
  CONFLICT: () => new Conflict('The record changed', { state: 'FILED', basis: { instrument: '刑事诉讼法(2018)', article: '113', mark: 'V' } as never }),
  INTERNAL_SERVER_ERROR: () => new TypeError('connect 10.0.0.7 as postgres'),
};

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
    refusedLive: {
      subscribe: (_: unknown, { how, late }: { how: string; late?: boolean }) => {
        const refuse = (): never => {
          throw refusals[how]!();
        };
        return late ? (async function* () { yield { refusedLive: 1 }; refuse(); })() : refuse();
      },
    },
    ticked: {
      subscribe: async function* (_: unknown, { until }: { until: number }) {
        yield new Heartbeat('cursor-0', 0);
        for (let n = 1; n <= until; n += 1) yield { ticked: n };
      },
    },
  },
};

/** The platform's own server and runtime of a service, as it runs in production, behind the gateway. */
describe('the gateway before a service of the platform', () => {
  const agency = { code: 'DRA-210000', functions: ['DRUG' as const] };
  const directory = directoryOf([agency]);
  /** The service's own, which may know of a change before the gateway does. */
  const serviceDirectory = directoryOf([agency]);
  let dataDir: string;
  let subgraph: ServedSubgraph;
  let service: HttpService;
  let gateway: Gateway;
  let token: string;
  let signer: InternalTokenSigner;
  let tokens: TokenVerifier;
  let mint: (officerId: string) => Promise<string>;
  let logFails = false;
  const logged: string[] = [];

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'casebridge-wire-'));
    const clock = systemClock;
    const key = await loadOrCreateSigningKey(dataDir, 'gateway');
    const deps = { name: 'enforcement', clock, directory, dataSource: {} } as unknown as RuntimeOptions['deps'];
    const runtime = new ServiceRuntime({
      deps, schema: buildSubgraphSchema({ typeDefs: parse(sdl), resolvers: resolvers as never }), logger: silentLogger, files: new TestFiles(clock),
      accessLog: {
        write: ({ requestId }) => {
          logged.push(requestId);
          return logFails ? Promise.reject(new Error('no room on 10.0.0.7')) : Promise.resolve();
        },
      },
      health: () => Promise.resolve({ name: 'enforcement', ok: true, checks: {} }),
    });
    signer = await createInternalTokenSigner({ key, clock });
    const verifier = createInternalTokenVerifier({ keys: { keys: [key.publicJwk] }, service: 'enforcement', clock, directory: serviceDirectory });
    subgraph = await serveSubgraph({ runtime, tokens: verifier, host: '127.0.0.1', port: 0, logger: silentLogger });
    service = new HttpService({ name: 'enforcement', url: `http://127.0.0.1:${subgraph.port}`, signer, logger: silentLogger, files: true });
    const jwks = await developmentJwks(dataDir, 'test');
    tokens = createTokenVerifier({ directory, clock, devJwks: () => jwks });
    const sources = [{ name: 'enforcement', sdl: sdl.replace('type Subscription {', 'type Subscription { notThere: Int ') }];
    gateway = await createGateway({
      supergraphSdl: composeSupergraph(sources), publicSupergraphSdl: composePublic(sources), services: [service], directory, clock,
      tokens, logger: silentLogger, metrics: createMetrics({ defaults: false }), port: 0,
    });
    mint = (officerId) => mintDevelopmentToken({ dataDir, nodeEnv: 'test', agency: directory.agency(agency.code)!, officerId, clock });
    token = await mint('DRA-210000-1');
  });
  afterAll(async () => {
    await gateway.stop();
    await service.close();
    await subgraph.stop();
    tokens.close();
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

  it('carries the ids of all requests that share a fetch into the log', async () => {
    logged.length = 0;
    const principal = await tokens.verify(token);
    const alsoFor = ['request-0003', 'request-0004'];
    const answer = await service.execute({ query: '{ who }', principal, requestId: 'request-0002', alsoFor, clientOperation: 'Shared', receivedAt: systemClock.now(), scope: {} });
    expect(answer.data).toEqual({ who: 'DRA-210000-1 Shared request-0002' });
    expect(logged).toEqual(['request-0002', ...alsoFor]);
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

  const listen = async (query: string, params: Record<string, unknown> = { token }): Promise<ExecutionResult[]> => {
    const client = createClient({ url: `${gateway.url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0, connectionParams: params });
    const results: ExecutionResult[] = [];
    for await (const result of client.iterate({ query })) results.push(result as ExecutionResult);
    await client.dispose();
    return results;
  };

  it.each(Object.keys(refusals).flatMap((how) => [[how, false], [how, true]] as const))('carries the refusal %s of a live stream with its own code (after an event: %s)', async (how, late) => {
    const results = await listen(`subscription { refusedLive(how: "${how}", late: ${late}) }`);
    if (late) expect(results.shift()).toEqual({ data: { refusedLive: 1 } });
    expect(results).toHaveLength(1);
    const error = results[0]!.errors![0]!;
    expect(error).toMatchObject({ path: ['refusedLive'], extensions: { code: how } });
    if (how === 'BAD_USER_INPUT') expect(error).toMatchObject({ message: 'after: is not a cursor', extensions: { kind: 'BAD_USER_INPUT', field: 'after' } });
    if (how === 'CONFLICT') expect(error.extensions).toMatchObject({ state: 'FILED', basis: { instrument: '刑事诉讼法(2018)', article: '113' } });
    expect(JSON.stringify(results)).not.toContain('10.0.0.7');
  });

  it('tells the reader of a live stream that the service no longer takes the token, and says nothing of the call between the processes', async () => {
    serviceDirectory.revoke({ agencyCode: agency.code, officerId: 'DRA-210000-7', revokedAt: new Date(Date.now() + 60_000) });
    const revoked = await mint('DRA-210000-7');
    const [result] = await listen('subscription { ticked(until: 1) }', { token: revoked });
    expect(result?.errors).toEqual([expect.objectContaining({ path: ['ticked'], extensions: { code: 'TOKEN_REVOKED', kind: 'UNAUTHENTICATED' } })]);

    const socket = new WebSocket(`ws://127.0.0.1:${subgraph.port}/graphql`, 'graphql-transport-ws');
    socket.on('open', () => socket.send('{"type":"connection_init"}'));
    expect(await new Promise((resolve) => socket.on('close', (code, reason) => resolve([code, String(reason)])))).toEqual([4403, 'TOKEN_MALFORMED']);
  });

  it('takes a service that does not know what the supergraph promises for unavailable, also live', async () => {
    const [result] = await listen('subscription { notThere }');
    expect(result?.errors).toEqual([expect.objectContaining({ path: ['notThere'], extensions: { code: 'SERVICE_UNAVAILABLE', kind: 'UNAVAILABLE', service: 'enforcement' } })]);
  });

  it('runs queries that come over the socket of a service by its own rules, and keeps the socket after a bug', async () => {
    const reader = await tokens.verify(token);
    const authorization = `Bearer ${await signer.sign(reader, 'enforcement')}`;
    class Signed extends WebSocket {
      constructor(url: string, protocols: string) {
        super(url, protocols, { headers: { authorization, 'x-request-id': 'request-0009', 'x-client-operation': 'Who' } });
      }
    }
    const closed: unknown[] = [];
    const client = createClient({ url: `ws://127.0.0.1:${subgraph.port}/graphql`, webSocketImpl: Signed, retryAttempts: 0, lazy: false, on: { closed: (event) => closed.push(event) } });
    const once = async (query: string) => (await client.iterate({ query }).next()).value as unknown;
    expect(await once('{ who }')).toEqual({ data: { who: 'DRA-210000-1 Who request-0009' } });
    logFails = true;
    expect(await once('{ who }')).toEqual({ errors: [{ message: 'Internal server error', extensions: { code: 'INTERNAL_SERVER_ERROR', kind: 'INTERNAL' } }] });
    logFails = false;
    expect(await once('{ who }')).toEqual({ data: { who: 'DRA-210000-1 Who request-0009' } });
    expect(closed).toEqual([]);
    await client.dispose();
  });

  it('carries files and health', async () => {
    const authorization = `Bearer ${token}`;
    const stored = (await (await fetch(`${gateway.url}/files`, { method: 'POST', body: 'text', headers: { authorization } })).json()) as { id: string };
    expect(await (await fetch(`${gateway.url}/files/${stored.id}`, { headers: { authorization } })).text()).toBe('text');
    expect((await fetch(`${gateway.url}/files/${stored.id}`)).status).toBe(404);
    expect((await fetch(`${gateway.url}/readyz`)).status).toBe(200);
  });
});
