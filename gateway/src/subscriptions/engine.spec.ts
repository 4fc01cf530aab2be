import { setTimeout as sleep } from 'node:timers/promises';
import type { ExecutionResult } from 'graphql';
import { type Client as SseClient, createClient as createSseClient } from 'graphql-sse';
import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { until } from '../testing/carriers';
import { agencies, startTestHub, type TestHub } from '../testing/test-hub';

interface Heard {
  readonly results: ExecutionResult<Record<string, unknown>>[];
  readonly numbers: () => unknown[];
  ended: boolean;
  stop(): void;
}

const idOf = (token: string): string => (JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as { jti: string }).jti;

const logged = 'subscription Log($after: String) { logged(after: $after) { n cursor case { firm { name } } } }';
type Transport = 'a socket' | 'server-sent events';

describe.each<Transport>(['a socket', 'server-sent events'])('a shared stream over %s', (transport) => {
  let hub: TestHub;
  let token: string;
  const clients: (Client | SseClient)[] = [];

  const clientOf = (bearer: string): Client | SseClient => {
    const made = transport === 'a socket'
      ? createClient({ url: `${hub.gateway.url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0, connectionParams: { authorization: `Bearer ${bearer}` } })
      : createSseClient({ url: `${hub.gateway.url}/graphql`, retryAttempts: 0, headers: { authorization: `Bearer ${bearer}` } });
    clients.push(made);
    return made;
  };
  const hear = (variables: Record<string, unknown> = {}, query = logged, bearer = token): Heard => {
    const results: Heard['results'] = [];
    const heard: Heard = {
      results, ended: false, stop: () => undefined,
      numbers: () => results.map((r) => (r.data?.['logged'] as { n: number } | null | undefined)?.n ?? r.errors?.[0]?.extensions?.['code'] ?? r.extensions?.['gap']),
    };
    heard.stop = clientOf(bearer).subscribe<Record<string, unknown>>({ query, variables }, {
      next: (result) => void results.push(result as ExecutionResult<Record<string, unknown>>), error: () => void (heard.ended = true), complete: () => void (heard.ended = true),
    });
    return heard;
  };
  const upstreams = (): number => hub.enforcement.requests.filter((r) => r.query.includes('logged')).length;
  const executions = (): number => hub.inspection.requests.length;

  beforeEach(async () => {
    hub = await startTestHub('in process');
    token = await hub.token(agencies.drug, { officerId: 'DRA-210000-1' });
  });
  afterEach(async () => {
    for (const made of clients.splice(0)) void made.dispose();
    await hub.stop();
  });

  it('has one upstream and one execution per event for all who ask the same', async () => {
    const all = Array.from({ length: 20 }, () => hear());
    await until('the stream is open', () => hub.enforcement.feeds.size === 1 && hub.gateway.openStreams === 20);
    hub.enforcement.write({ id: '1' }, { id: '3' });
    await until('all have both', () => all.every(({ results }) => results.length === 2));
    expect(all.map((heard) => heard.numbers())).toEqual(all.map(() => [1, 2]));
    expect(all[7]?.results[1]).toEqual({ data: { logged: { n: 2, cursor: 'c2', case: { firm: { name: 'firm U3' } } } } });
    expect(upstreams()).toBe(1);
    expect(executions()).toBe(2);
    for (const heard of all) heard.stop();
    await until('the upstream is free', () => hub.enforcement.feeds.size === 0);
  });

  it('is not shared by another officer', async () => {
    const other = await hub.token(agencies.drug, { officerId: 'DRA-210000-2' });
    hear();
    hear({}, logged, other);
    await until('two upstreams', () => hub.enforcement.feeds.size === 2);
  });

  it('is not shared by those who ask for something else', async () => {
    hear();
    hear({ about: '1' }, 'subscription Log($after: String, $about: ID) { logged(after: $after, about: $about) { n } }');
    hear({ about: '2' }, 'subscription Log($after: String, $about: ID) { logged(after: $after, about: $about) { n } }');
    await until('three upstreams', () => hub.enforcement.feeds.size === 3);
  });

  it.each([true, false])('is joined from a cursor without loss and without a double (the service tells places: %s)', async (places) => {
    hub.enforcement.tellsPlaces = places;
    hub.enforcement.write({}, {}, {});
    const live = hear();
    await until('the stream is open', () => hub.enforcement.feeds.size === 1);
    hub.enforcement.write({}, {});
    const late = [hear({ after: 'c1' }), hear({ after: 'c4' }), hear({}, 'subscription Log { logged(after: "c2") { n } }')];
    await until('they are there', () => late.every(({ results }) => results.length >= 1));
    hub.enforcement.write({}, {});
    await until('all have all', () => live.results.length === 4 && late[0]!.results.length === 6 && late[1]!.results.length === 3 && late[2]!.results.length === 5);
    // The replays have ended; who asked with another text has a stream of his own.
    await until('two upstreams are left', () => hub.enforcement.feeds.size === 2);
    await sleep(30);
    expect([live, ...late].map((heard) => heard.numbers())).toEqual([[4, 5, 6, 7], [2, 3, 4, 5, 6, 7], [5, 6, 7], [3, 4, 5, 6, 7]]);
  });

  it('goes on after the service was away: nothing is missing, nothing comes twice', async () => {
    const one = hear();
    await until('the stream is open', () => hub.enforcement.feeds.size === 1);
    hub.enforcement.write({}, {});
    await until('two events', () => one.results.length === 2);
    hub.enforcement.fault = 'throw';
    hub.enforcement.cut();
    hub.enforcement.write({}, {});
    await sleep(150);
    hub.enforcement.fault = 'none';
    await until('the events in between', () => one.results.length === 4);
    hub.enforcement.write({});
    await until('the next', () => one.results.length === 5);
    expect(one.numbers()).toEqual([1, 2, 3, 4, 5]);
    expect(one.ended).toBe(false);
  });

  it('refuses a cursor that the service refuses, and nobody else notices', async () => {
    const one = hear();
    await until('the stream is open', () => hub.enforcement.feeds.size === 1);
    const bad = hear({ after: 'forged' });
    await until('the refusal', () => bad.ended);
    expect(bad.numbers()).toEqual(['CURSOR_INVALID']);
    hub.enforcement.write({});
    await until('the event', () => one.results.length === 1);
  });

  it('ends for a revoked officer within 2 s and goes on for another token of his', async () => {
    const second = await hub.token(agencies.drug, { officerId: 'DRA-210000-1', expiresIn: 600 });
    const one = hear();
    await until('the stream is open', () => hub.enforcement.feeds.size === 1);
    const two = hear({}, logged, second);
    await until('both are there', () => hub.gateway.openStreams === 2);
    hub.directory.revoke({ agencyCode: agencies.drug, tokenId: idOf(token) });
    await until('the end', () => one.ended, 2_000);
    expect(one.numbers()).toEqual(['TOKEN_REVOKED']);
    hub.enforcement.write({});
    await until('the event', () => two.results.length === 1);
    expect(two.numbers()).toEqual([1]);
  });

  it('says what is wrong with an operation in the stream', async () => {
    const invalid = hear({}, 'subscription { logged { nothing } }');
    await until('the refusal', () => invalid.ended);
    if (transport === 'server-sent events') expect(invalid.numbers()).toEqual(['GRAPHQL_VALIDATION_FAILED']);
  });
});
