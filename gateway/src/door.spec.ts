import type { ExecutionResult } from 'graphql';
import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { composePublic, composeSupergraph } from './compose';
import { until } from './testing/carriers';
import { agencies, startTestHub, type TestHub } from './testing/test-hub';

describe('another supergraph', () => {
  let hub: TestHub;
  let token: string;
  let client: Client;

  /** The present supergraphs with changes in the texts of the services. */
  const changed = (...changes: readonly (readonly [from: string, to: string])[]) => {
    const sources = [hub.enforcement, hub.inspection, hub.credit].map(({ name, sdl }) => ({ name, sdl: changes.reduce((text, [from, to]) => text.replace(from, to), sdl) }));
    return { supergraphSdl: composeSupergraph(sources), publicSupergraphSdl: composePublic(sources) };
  };
  const listen = (query: string) => {
    const heard = { results: [] as ExecutionResult<Record<string, { n: number } | null>>[], ended: false };
    client.subscribe<Record<string, { n: number } | null>>({ query }, {
      next: (result) => void heard.results.push(result as (typeof heard.results)[number]), error: () => void (heard.ended = true), complete: () => void (heard.ended = true),
    });
    return heard;
  };

  beforeEach(async () => {
    hub = await startTestHub('in process');
    token = await hub.token(agencies.drug, { officerId: 'DRA-210000-1' });
    client = createClient({ url: `${hub.gateway.url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0, connectionParams: { token } });
  });
  afterEach(async () => {
    await client.dispose();
    await hub.stop();
  });

  it('takes the place of the present one without a request noticing', async () => {
    let failed = 0;
    let asked = 0;
    let over = false;
    const asking = Array.from({ length: 4 }, async () => {
      while (!over) {
        const { body, status } = await hub.post('{ case(id: "1") { no firm { name } } }', { token });
        asked += 1;
        if (status !== 200 || body.errors) failed += 1;
      }
    });
    const next = changed(['grade: String', 'grade: String rating: String']);
    expect((await hub.post('{ case(id: "1") { firm { rating } } }', { token })).status).toBe(400);
    await hub.gateway.reload(next);
    await hub.gateway.reload(changed());
    await hub.gateway.reload(next);
    expect((await hub.post('{ case(id: "1") { firm { __typename rating } } }', { token })).status).toBe(200);
    await until('some have been answered', () => asked > 20);
    over = true;
    await Promise.all(asking);
    expect(failed).toBe(0);
  });

  it('that cannot be loaded changes nothing', async () => {
    await expect(hub.gateway.reload({ supergraphSdl: 'type Query { nothing: Int }' })).rejects.toThrow();
    await expect(hub.gateway.reload({ supergraphSdl: '{' })).rejects.toThrow();
    expect((await hub.post('{ case(id: "1") { no } }', { token })).body).toEqual({ data: { case: { no: 'A-1' } } });
  });

  it('is served at both doors or at none', async () => {
    const { supergraphSdl } = changed(['grade: String', 'grade: String rating: String']);
    await expect(hub.gateway.reload({ supergraphSdl, publicSupergraphSdl: 'type Query { nothing: Int }' })).rejects.toThrow();
    expect((await hub.post('{ case(id: "1") { firm { rating } } }', { token })).status).toBe(400);
  });

  it('leaves live streams alone whose upstream stays the same', async () => {
    const heard = listen('subscription { logged { n case { firm { name } } } }');
    await until('the stream is open', () => hub.enforcement.feeds.size === 1);
    const [feed] = hub.enforcement.feeds;
    hub.enforcement.write({ id: '1' });
    await until('the first event', () => heard.results.length === 1);
    await hub.gateway.reload(changed(['grade: String', 'grade: String rating: String']));
    hub.enforcement.write({ id: '1' });
    await until('the second event', () => heard.results.length === 2);
    expect([...hub.enforcement.feeds]).toEqual([feed]);
    expect(heard.results[1]).toEqual({ data: { logged: { n: 2, case: { firm: { name: 'firm U1' } } } } });
  });

  it('opens a stream anew whose upstream is another, from its cursor', async () => {
    const heard = listen('subscription { logged { n case { no } } }');
    await until('the stream is open', () => hub.enforcement.feeds.size === 1);
    const [feed] = hub.enforcement.feeds;
    hub.enforcement.write({ id: '1' });
    await until('the first event', () => heard.results.length === 1);
    // The number of a case comes from another service now.
    await hub.gateway.reload(changed(
      ['no: String @tag(name: "public") firm', 'firm'],
      ['type Query { firms: Int }', 'type Query { firms: Int } type Case @key(fields: "id") { id: ID! no: String @tag(name: "public") }'],
    ));
    hub.enforcement.write({ id: '1' }, { id: '1' });
    await until('all events', () => heard.results.length === 3);
    expect(heard.results.map((r) => r.data?.['logged']?.n)).toEqual([1, 2, 3]);
    expect(hub.enforcement.feeds.has(feed!)).toBe(false);
  });

  it('ends a stream that it does not know any more, and says so', async () => {
    const heard = listen('subscription { logged { n case { firm { name } } } }');
    await until('the stream is open', () => hub.enforcement.feeds.size === 1);
    await hub.gateway.reload(changed(['name: String', 'title: String']));
    await until('the end', () => heard.ended);
    expect(heard.results.map((r) => r.errors?.[0]?.extensions?.['code'])).toEqual(['SUBSCRIPTION_SCHEMA_RELOAD']);
    await until('the upstream is free', () => hub.enforcement.feeds.size === 0);
  });
});
