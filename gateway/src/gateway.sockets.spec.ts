import { setTimeout as sleep } from 'node:timers/promises';
import { FixedClock } from '@casebridge/kernel';
import type { ExecutionResult } from 'graphql';
import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import { until } from './testing/carriers';
import { agencies, type Form, startTestHub, type TestHub } from './testing/test-hub';

const forms: Form[] = ['in process', 'over HTTP'];
const live = 'subscription Live { decided { n who case { no firm { name marks } } } }';

/** Everything that one subscription was sent, and whether it was completed. */
interface Heard {
  readonly results: ExecutionResult<Record<string, unknown>>[];
  done: 'no' | 'complete' | 'error';
  error: unknown;
  stop(): void;
}

function hear(client: Client, query: string, variables?: Record<string, unknown>): Heard {
  const heard: Heard = { results: [], done: 'no', error: null, stop: () => undefined };
  heard.stop = client.subscribe<Record<string, unknown>>(
    { query, ...(variables ? { variables } : {}) },
    {
      next: (result) => void heard.results.push(result as ExecutionResult<Record<string, unknown>>),
      error: (error) => void Object.assign(heard, { done: 'error', error }),
      complete: () => void (heard.done = 'complete'),
    },
  );
  return heard;
}

const codes = (result: ExecutionResult | undefined): unknown[] => result?.errors?.map((e) => e.extensions?.['code']) ?? [];

describe.each(forms)('sockets, with services %s', (form) => {
  let hub: TestHub;
  let token: string;
  const clients: Client[] = [];
  const client = (connectionParams?: Record<string, unknown>): Client => {
    const made = createClient({ url: `${hub.gateway.url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0, ...(connectionParams ? { connectionParams } : {}) });
    clients.push(made);
    return made;
  };
  const officer = () => client({ authorization: `Bearer ${token}` });
  const opened = (feeds = 1) => until('the upstream is open', () => hub.enforcement.feeds.size === feeds);

  beforeEach(async () => {
    hub = await startTestHub(form);
    token = await hub.token(agencies.drug, { officerId: 'DRA-210000-1' });
  });
  afterEach(async () => {
    for (const made of clients.splice(0)) void made.dispose();
    await hub.stop();
  });

  it('completes each event with what two other services know', async () => {
    const heard = hear(officer(), live);
    await opened();
    hub.enforcement.push({ decided: { n: 1, id: '1' } }, { decided: { n: 2, id: '2' } });
    await until('two events', () => heard.results.length === 2);
    const who = `${agencies.drug}/DRA-210000-1 Live`;
    expect(heard.results).toEqual([
      { data: { decided: { n: 1, who, case: { no: 'A-1', firm: { name: 'firm U1', marks: [1, 2] } } } } },
      { data: { decided: { n: 2, who, case: { no: 'A-2', firm: null } } } },
    ]);
    expect((await hub.metrics.render()).body).toContain('casebridge_subscriptions{kind="decided"} 1');
  });

  it('sends 500 events in their order, although some take longer than the next', async () => {
    const execute = hub.inspection.execute.bind(hub.inspection);
    let asked = 0;
    hub.inspection.execute = async (request) => {
      asked += 1;
      if (asked % 50 === 1) await sleep(15);
      return execute(request);
    };
    const heard = hear(officer(), 'subscription { decided { n case { firm { name } } } }');
    await opened();
    hub.enforcement.push(...Array.from({ length: 500 }, (_, i) => ({ decided: { n: i, id: '1' } })));
    await until('500 events', () => heard.results.length === 500, 15_000);
    expect(heard.results.map((r) => (r.data as { decided: { n: number } }).decided.n)).toEqual(Array.from({ length: 500 }, (_, i) => i));
    expect(heard.results.every((r) => r.errors === undefined)).toBe(true);
  }, 60_000);

  it('sends the event when another service is down, with an error that names it', async () => {
    hub.credit.fault = 'throw';
    const heard = hear(officer(), 'subscription { decided { n case { firm { name marks } } } }');
    await opened();
    hub.enforcement.push({ decided: { n: 1, id: '1' } });
    await until('an event', () => heard.results.length === 1);
    expect(heard.results[0]).toEqual({
      data: { decided: { n: 1, case: { firm: { name: 'firm U1', marks: null } } } },
      errors: [{ message: 'credit is unavailable', path: ['decided', 'case', 'firm', 'marks'], extensions: { code: 'SERVICE_UNAVAILABLE', kind: 'UNAVAILABLE', service: 'credit' } }],
    });
    expect(heard.done).toBe('no');
  });

  it('runs queries and mutations on the same socket, by the same rules', async () => {
    const made = officer();
    const query = hear(made, 'query Who { who case(id: "1") { firm { rank } } }');
    const mutation = hear(made, 'mutation { decide(id: "1", note: "bad") { seen } }');
    const invalid = hear(made, '{ whom }');
    const variable = hear(made, 'subscription ($after: String) { decided(after: $after) { n } }', { after: 7 });
    await until('four answers', () => [query, mutation, invalid, variable].every((h) => h.done !== 'no'));
    expect(query.results).toEqual([{ data: { who: `${agencies.drug}/DRA-210000-1 Who`, case: { firm: { rank: 'low' } } } }]);
    expect(mutation.results[0]?.errors).toEqual([{ message: 'note: is bad', path: ['decide'], extensions: { code: 'BAD_USER_INPUT', kind: 'BAD_USER_INPUT', field: 'note' } }]);
    expect(invalid.error).toEqual([expect.objectContaining({ message: 'Cannot query field "whom" on type "Query".', extensions: { code: 'GRAPHQL_VALIDATION_FAILED', kind: 'BAD_USER_INPUT' } })]);
    expect(variable.error).toEqual([expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT', kind: 'BAD_USER_INPUT', field: 'after' } })]);
  });

  it.each([
    'subscription { __typename }', 'subscription ($yes: Boolean = true) { decided @include(if: $yes) { n } }', 'subscription { decided { n } b: decided { n } }',
  ])('refuses %s', async (query) => {
    const heard = hear(officer(), query);
    await until('a refusal', () => heard.done !== 'no');
    const errors = (heard.error ?? heard.results[0]?.errors) as { extensions: object }[] | undefined;
    expect(errors?.[0]?.extensions).toMatchObject({ kind: 'BAD_USER_INPUT' });
  });

  it('takes the token from the payload in either form or from the upgrade, and none as the public', async () => {
    const bearer = `Bearer ${token}`;
    const who = async (made: Client) => {
      const heard = hear(made, '{ who }');
      await until('an answer', () => heard.done !== 'no');
      return heard.results[0]?.data?.['who'];
    };
    expect(await who(client({ token }))).toBe(`${agencies.drug}/DRA-210000-1 null`);
    expect(await who(client())).toBe('public null');
    class WithHeader extends WebSocket {
      constructor(url: string, protocols: string) {
        super(url, protocols, { headers: { authorization: bearer } });
      }
    }
    const made = createClient({ url: `${hub.gateway.url.replace('http', 'ws')}/graphql`, webSocketImpl: WithHeader, retryAttempts: 0 });
    expect(await who(made)).toBe(`${agencies.drug}/DRA-210000-1 null`);
  });

  it.each([[{ token: 'abc' }], [{ authorization: 'Basic abc' }], [{ token: 7 }]])('closes with 4403 for %j', async (connectionParams) => {
    const heard = hear(client(connectionParams as Record<string, unknown>), live);
    await until('a close', () => heard.done !== 'no');
    expect(heard.error).toMatchObject({ code: 4403, reason: 'TOKEN_MALFORMED' });
  });

  it('closes with 4401 who subscribes before he has said who he is, and takes sockets on its path only', async () => {
    const url = hub.gateway.url.replace('http', 'ws');
    const early = new WebSocket(`${url}/graphql`, 'graphql-transport-ws');
    const code = new Promise((resolve) => early.on('close', resolve));
    early.on('open', () => early.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: live } })));
    expect(await code).toBe(4401);
    const elsewhere = new WebSocket(`${url}/public/graphql`, 'graphql-transport-ws');
    expect(await new Promise((resolve) => elsewhere.on('unexpected-response', (_request, response) => resolve(response.statusCode)))).toBe(404);
  });

  it('keeps the place of an idle stream with pings that carry the cursor', async () => {
    const pings: unknown[] = [];
    const made = officer();
    made.on('ping', (received, payload) => void (received && pings.push(payload)));
    const heard = hear(made, live);
    await opened();
    hub.enforcement.push('cursor-1', { decided: { n: 1, id: '2' } }, 'cursor-2');
    await until('two pings', () => pings.length === 2);
    const [id] = Object.keys((pings[0] as { heartbeat: object }).heartbeat);
    expect(pings).toEqual([{ heartbeat: { [id!]: 'cursor-1' } }, { heartbeat: { [id!]: 'cursor-2' } }]);
    expect(heard.results).toHaveLength(1);
  });

  it('ends the streams of a revoked token within 2 s, and no other', async () => {
    const other = await hub.token(agencies.police);
    const mine = hear(officer(), live);
    await opened();
    const theirs = hear(client({ token: other }), live);
    await opened(2);
    hub.directory.revoke({ agencyCode: agencies.drug, officerId: 'DRA-210000-1', revokedAt: new Date() });
    await until('the end', () => mine.done === 'complete', 2_000);
    expect(mine.results).toHaveLength(1);
    expect(codes(mine.results[0])).toEqual(['TOKEN_REVOKED']);
    await opened(1);
    hub.enforcement.push({ decided: { n: 1, id: '1' } });
    await until('an event', () => theirs.results.length === 1);
    expect(mine.results).toHaveLength(1);
  });

  it('does not send the event that was being completed when the token was revoked', async () => {
    const execute = hub.inspection.execute.bind(hub.inspection);
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let asked = false;
    hub.inspection.execute = async (request) => {
      asked = true;
      await held;
      return execute(request);
    };
    const heard = hear(officer(), live);
    await opened();
    hub.enforcement.push({ decided: { n: 1, id: '1' } });
    await until('the fetch', () => asked);
    hub.directory.revoke({ agencyCode: agencies.drug, officerId: 'DRA-210000-1', revokedAt: new Date() });
    release();
    await until('the end', () => heard.done === 'complete');
    expect(heard.results.map(codes)).toEqual([['TOKEN_REVOKED']]);
  });

  it('refuses operations on a socket whose token was revoked, and ends streams when the agency changes', async () => {
    const made = officer();
    const stream = hear(made, live);
    await opened();
    hub.directory.put({ code: agencies.drug, functions: ['DRUG', 'MARKET'] });
    await until('the end', () => stream.done === 'complete');
    expect(stream.results.map(codes)).toEqual([['AUTHORIZATION_CHANGED']]);

    const again = officer();
    const second = hear(again, live);
    await opened();
    hub.directory.revoke({ agencyCode: agencies.drug, officerId: 'DRA-210000-1', revokedAt: new Date() });
    await until('the end', () => second.done === 'complete');
    const query = hear(again, '{ who }');
    await until('a refusal', () => query.done !== 'no');
    // The client library opens a new socket once nothing was left on the old one; there the token is refused at the door.
    expect(query.error).toMatchObject({ code: 4403, reason: 'TOKEN_REVOKED' });
  });

  it('frees the upstream when the client completes, and when it just goes', async () => {
    const made = officer();
    const heard = hear(made, live);
    await opened();
    heard.stop();
    await until('the upstream is free', () => hub.enforcement.feeds.size === 0);

    const raw = await rawSocket(hub, token);
    raw.send(JSON.stringify({ id: 'x', type: 'subscribe', payload: { query: live } }));
    await opened();
    raw.terminate();
    await until('the upstream is free', () => hub.enforcement.feeds.size === 0);
    expect((await hub.metrics.render()).body).toContain('casebridge_subscriptions{kind="decided"} 0');
  });

  it('opens a lost upstream again, and says that events may be missing', async () => {
    const heard = hear(officer(), live);
    await opened();
    const [lost] = hub.enforcement.feeds;
    if (form === 'in process') hub.enforcement.push(null);
    else for (const socket of hub.served('enforcement').sockets.clients) socket.terminate();
    await until('another upstream', () => hub.enforcement.feeds.size === 1 && !hub.enforcement.feeds.has(lost!));
    await until('the gap is told', () => heard.results.length === 1);
    hub.enforcement.push({ decided: { n: 7, id: '1' } });
    await until('the next event', () => heard.results.length === 2);
    expect(heard.results[0]).toEqual({ data: null, extensions: { gap: { reason: 'UPSTREAM_LOST' } } });
    expect(heard.results[1]).toMatchObject({ data: { decided: { n: 7 } } });
    expect(heard.done).toBe('no');
    expect(JSON.stringify(heard.results)).not.toContain('10.0.0.7');
  });

  it('says so when the upstream cannot be opened', async () => {
    if (form === 'in process') hub.enforcement.fault = 'throw';
    else await hub.served('enforcement').stop();
    const heard = hear(officer(), live);
    await until('the end', () => heard.done !== 'no');
    expect(heard.results[0]?.errors).toEqual([
      { message: 'enforcement is unavailable', path: ['decided'], extensions: { code: 'SERVICE_UNAVAILABLE', kind: 'UNAVAILABLE', service: 'enforcement' } },
    ]);
  });

  it('drains: streams are completed, work under way is answered, sockets are closed with 1001', async () => {
    const answer = hub.inspection.hold();
    const raw = await rawSocket(hub, token);
    const messages: { id: string; type: string; payload?: ExecutionResult }[] = [];
    raw.on('message', (data: Buffer) => void messages.push(JSON.parse(data.toString()) as { id: string; type: string }));
    const closed = new Promise<[number, string]>((resolve) => raw.on('close', (code, reason) => resolve([code, String(reason)])));
    raw.send(JSON.stringify({ id: 'live', type: 'subscribe', payload: { query: live } }));
    await opened();
    raw.send(JSON.stringify({ id: 'query', type: 'subscribe', payload: { query: '{ case(id: "1") { firm { name } } }' } }));
    const http = hub.post('{ case(id: "3") { firm { name } } }');
    await until('the queries are under way', () => hub.enforcement.requests.length >= 3);
    const stopped = hub.gateway.stop();
    await until('the stream is completed', () => messages.length === 1);
    answer();
    expect(await closed).toEqual([1001, 'going away: connect again and go on from the last cursor']);
    expect((await http).body.data).toEqual({ case: { firm: { name: 'firm U3' } } });
    await stopped;
    expect(messages.map((m) => [m.id, m.type])).toEqual([['live', 'complete'], ['query', 'next'], ['query', 'complete']]);
    expect(messages[1]!.payload).toEqual({ data: { case: { firm: { name: 'firm U1' } } } });
    expect(hub.enforcement.feeds.size).toBe(0);
    await expect(fetch(`${hub.gateway.url}/healthz`)).rejects.toThrow();
  });
});

const running: TestHub[] = [];
afterEach(async () => {
  for (const hub of running.splice(0)) await hub.stop();
});

async function rawSocket(hub: TestHub, token: string): Promise<WebSocket> {
  const raw = new WebSocket(`${hub.gateway.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  await new Promise((resolve) => raw.once('open', resolve));
  raw.send(JSON.stringify({ type: 'connection_init', payload: { token } }));
  await new Promise((resolve) => raw.once('message', resolve));
  return raw;
}

it('ends a stream when its token expires', async () => {
  const clock = new FixedClock('2026-11-21T09:00:00Z');
  const hub = await startTestHub('in process', { clock });
  running.push(hub);
  const client = createClient({ url: `${hub.gateway.url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0, connectionParams: { token: await hub.token(agencies.drug, { expiresIn: 60 }) } });
  const heard = hear(client, live);
  await until('the upstream is open', () => hub.enforcement.feeds.size === 1);
  clock.advance(89_000); // its minute, and the 30 s by which clocks may differ, as over HTTP
  await sleep(700);
  expect(heard.done).toBe('no');
  clock.advance(1_000);
  await until('the end', () => heard.done === 'complete');
  expect(heard.results.map(codes)).toEqual([['TOKEN_EXPIRED']]);
  expect(hub.enforcement.feeds.size).toBe(0);
});

it('ends a stream whose reader is too slow for its upstream, with all events before the error', async () => {
  const hub = await startTestHub('over HTTP', { streamBuffer: 100, deadlineMs: 5_000 });
  running.push(hub);
  const execute = hub.inspection.execute.bind(hub.inspection);
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  hub.inspection.execute = async (request) => {
    await held;
    return execute(request);
  };
  const client = createClient({ url: `${hub.gateway.url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0, connectionParams: { token: await hub.token(agencies.drug) } });
  const heard = hear(client, 'subscription { decided { n case { firm { name } } } }');
  await until('the upstream is open', () => hub.enforcement.feeds.size === 1);
  hub.enforcement.push(...Array.from({ length: 300 }, (_, i) => ({ decided: { n: i, id: '1' } })));
  await until('the upstream is given up', () => hub.enforcement.feeds.size === 0, 10_000);
  release();
  await until('the end', () => heard.done === 'complete', 20_000);
  const last = heard.results.pop();
  expect(codes(last)).toEqual(['SUBSCRIPTION_BUFFER_OVERFLOW']);
  expect(heard.results.length).toBeGreaterThanOrEqual(100);
  const numbers = heard.results.flatMap((r) => (r.data?.['decided'] ? [(r.data['decided'] as { n: number }).n] : []));
  expect(numbers).toEqual(Array.from({ length: heard.results.length }, (_, i) => i));
}, 60_000);
