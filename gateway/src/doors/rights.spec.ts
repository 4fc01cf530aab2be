import type { ExecutionResult } from 'graphql';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { ask, carriers, codesOf, until } from '../testing/carriers';
import { agencies, startTestHub, type TestHub } from '../testing/test-hub';
import { TestService } from '../testing/test-service';

const protectedEnforcement = (): TestService =>
  new TestService(
    'enforcement',
    `
      type Query { open: String papers: String @requiresScopes(scopes: [["records", "files"], ["all"]]) desk: Desk case(id: ID!): Case cases: [Case!] @tag(name: "public") }
      type Desk { no: Int line: String! @policy(policies: [["police"], ["court"]]) }
      type Mutation { note(text: String): Int decide(id: ID!): Case @requiresScopes(scopes: [["decide"]]) }
      type Subscription @authenticated { decided: Decided }
      type Decided { n: Int! case: Case mark: String @requiresScopes(scopes: [["records"]]) }
      type Case @key(fields: "id") { id: ID! no: String @tag(name: "public") officer: String @authenticated firm: Firm vault: Vault }
      type Vault @policy(policies: [["drug-regulator"]]) { word: String }
      type Firm @key(fields: "uscc") { uscc: ID! }
    `,
    {
      Query: { open: () => 'o', papers: () => 'f', desk: () => ({ no: 1, line: 'l' }), case: (_: unknown, { id }: { id: string }) => ({ id }), cases: () => [{ id: '1' }, { id: '2' }] },
      Mutation: { note: () => 1, decide: (_: unknown, { id }: { id: string }) => ({ id }) },
      Subscription: { decided: { subscribe: () => undefined } },
      Decided: { mark: () => 'm' },
      Case: { __resolveReference: (ref: unknown) => ref, no: ({ id }: { id: string }) => `A-${id}`, officer: () => 'w', firm: () => ({ uscc: 'U1' }), vault: () => ({ word: 'v' }) },
    } as never,
  );

const refused = (...path: string[]) => ({ message: 'Unauthorized field or type', path, extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE', kind: 'FORBIDDEN' } });

describe.each(carriers)('rights in the schema by %s', (carrier) => {
  let hub: TestHub;
  let plain: string;
  let police: string;
  beforeAll(async () => {
    hub = await startTestHub('in process', { enforcement: protectedEnforcement() });
    plain = await hub.token(agencies.drug, { scopes: [] });
    police = await hub.token(agencies.police, { scopes: ['records', 'files', 'decide'] });
  });
  afterAll(() => hub.stop());
  beforeEach(() => void (hub.enforcement.requests.length = 0));

  it('answer null for what needs a token, and say where, beside what needs none', async () => {
    const { body, status } = await ask(hub, carrier, { query: '{ open it: case(id: "1") { no w: officer } cases { no officer } }' });
    expect([status, body.data]).toEqual([200, { open: 'o', it: { no: 'A-1', w: null }, cases: [{ no: 'A-1', officer: null }, { no: 'A-2', officer: null }] }]);
    expect(body.errors).toEqual([refused('it', 'w'), refused('cases', '@', 'officer')]);
    expect(hub.enforcement.requests.every(({ query }) => !query.includes('officer'))).toBe(true);
  });

  it('look at the scopes of the token: one whole set of them', async () => {
    for (const [scopes, papers] of [[['records'], null], [['records', 'files'], 'f'], [['all'], 'f']] as const) {
      const { body } = await ask(hub, carrier, { query: '{ open papers }' }, { token: await hub.token(agencies.drug, { scopes }) });
      expect(body).toEqual({ data: { open: 'o', papers }, ...(papers ? {} : { errors: [refused('papers')] }) });
    }
  });

  it('ask policies, of a field and of the type that it returns', async () => {
    expect((await ask(hub, carrier, { query: '{ case(id: "1") { no vault { word } } }' }, { token: plain })).body).toEqual({ data: { case: { no: 'A-1', vault: { word: 'v' } } } });
    expect((await ask(hub, carrier, { query: '{ case(id: "1") { no vault { word } } }' }, { token: police })).body).toEqual({
      data: { case: { no: 'A-1', vault: null } }, errors: [refused('case', 'vault')],
    });
    // What cannot be null takes its parent with it, as anywhere else.
    const { body } = await ask(hub, carrier, { query: '{ open desk { no line } }' }, { token: plain });
    expect([body.data, body.errors]).toEqual([{ open: 'o', desk: null }, [refused('desk', 'line')]]);
    expect((await ask(hub, carrier, { query: '{ open desk { no line } }' }, { token: police })).body).toEqual({ data: { open: 'o', desk: { no: 1, line: 'l' } } });
  });

  it('ask no service when nothing is left', async () => {
    const { body } = await ask(hub, carrier, { query: '{ papers }' }, { token: plain });
    expect([body.data, body.errors, hub.enforcement.requests.length]).toEqual([null, [refused('papers')], 0]);
  });

  it('refuse an act whole, before anything of it is done', async () => {
    if (carrier === 'GET') return;
    const act = { query: 'mutation { note(text: "x") decide(id: "1") { no } }' };
    const { body } = await ask(hub, carrier, act, { token: plain });
    expect([body.data, body.errors, hub.enforcement.requests.length]).toEqual([null, [refused('decide')], 0]);
    expect((await ask(hub, carrier, act, { token: police })).body).toEqual({ data: { note: 1, decide: { no: 'A-1' } } });
    const inside = await ask(hub, carrier, { query: 'mutation { decide(id: "1") { vault { word } } }' }, { token: police });
    expect([inside.body.data, codesOf(inside), hub.enforcement.requests.length]).toEqual([null, ['UNAUTHORIZED_FIELD_OR_TYPE'], 1]);
  });
});

describe('rights of live streams', () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await startTestHub('in process', { enforcement: protectedEnforcement() });
  });
  afterAll(() => hub.stop());
  const live = 'subscription { decided { n mark case { no officer } } }';

  it.each(['WebSocket', 'server-sent events'] as const)('are refused to a reader without a token by %s', async (carrier) => {
    const { body } = await ask(hub, carrier, { query: live });
    expect([body.data ?? null, body.errors]).toEqual([null, [refused()].map(({ path: _path, ...rest }) => expect.objectContaining(rest))]);
    expect(hub.enforcement.feeds.size).toBe(0);
  });

  it('leave out the same in every event, and say so in every event', async () => {
    const token = await hub.token(agencies.drug, { scopes: [] });
    const client = createClient({ url: `${hub.gateway.url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0, connectionParams: { authorization: `Bearer ${token}` } });
    const results: ExecutionResult[] = [];
    client.subscribe({ query: live }, { next: (result) => void results.push(result as ExecutionResult), error: () => undefined, complete: () => undefined });
    await until('the stream is open', () => hub.enforcement.feeds.size === 1);
    hub.enforcement.push({ decided: { n: 1, case: { id: '1' } } }, { decided: { n: 2, case: { id: '2' } } });
    await until('two events', () => results.length === 2);
    await client.dispose();
    expect(results).toEqual([1, 2].map((n) => ({ data: { decided: { n, mark: null, case: { no: `A-${n}`, officer: 'w' } } }, errors: [refused('decided', 'mark')] })));
  });
});
