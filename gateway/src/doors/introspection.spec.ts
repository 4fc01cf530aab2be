import { ask, carriers, codesOf } from '../testing/carriers';
import { agencies, startTestHub, type TestHub } from '../testing/test-hub';

const schema = 'query S { __schema { types { name } } }';
const type = 'query T { __type(name: "Case") { name fields { name } } who }';

describe.each(carriers)('questions about the schema by %s', (carrier) => {
  let hub: TestHub;
  let developer: string;
  let officer: string;
  beforeAll(async () => {
    hub = await startTestHub('in process');
    developer = await hub.token(agencies.drug);
    officer = await hub.token(agencies.drug, { scopes: [] });
  });
  afterAll(() => hub.stop());

  it('are answered to tokens with the scope', async () => {
    const { body, status } = await ask(hub, carrier, { query: schema }, { token: developer });
    expect([status, JSON.stringify(body.data)]).toEqual([200, expect.stringContaining('"Decision"')]);
    expect((await ask(hub, carrier, { query: type }, { token: developer })).body.data).toMatchObject({ __type: { name: 'Case', fields: expect.arrayContaining([{ name: 'firm' }]) } });
  });

  it.each([['a token without it', () => officer], ['no token', () => undefined]])('are refused to %s', async (_whose, tokenOf) => {
    const token = tokenOf();
    const how = token === undefined ? {} : { token };
    const refused = await ask(hub, carrier, { query: schema }, how);
    expect(codesOf(refused)).toEqual(['INTROSPECTION_FORBIDDEN']);
    expect(JSON.stringify(refused.body)).not.toContain('Decision');
    if (carrier === 'POST' || carrier === 'GET') expect(refused.status).toBe(403);
    const hidden = await ask(hub, carrier, { query: type }, how);
    expect([hidden.status, hidden.body]).toEqual([200, { data: { __type: null, who: expect.stringMatching(/ T$/) } }]);
  });

  it('may always ask for the name of what they got', async () => {
    expect((await ask(hub, carrier, { query: '{ __typename case(id: "1") { __typename } }' }, { token: officer })).body).toEqual({ data: { __typename: 'Query', case: { __typename: 'Case' } } });
  });

  it('are not let in by a fragment, an alias or a second operation', async () => {
    const around = [
      'query A { ...F } fragment F on Query { s: __schema { queryType { name } } }',
      'query A { ... on Query @include(if: true) { __schema { queryType { name } } } } query B { who }',
    ];
    for (const query of around) expect(codesOf(await ask(hub, carrier, { query, operationName: 'A' }, { token: officer }))).toEqual(['INTROSPECTION_FORBIDDEN']);
    const aliased = await ask(hub, carrier, { query: 'query ($n: String!) { t: __type(name: $n) { name } }', variables: { n: 'Case' } }, { token: officer });
    expect(aliased.body).toEqual({ data: { t: null } });
    expect((await ask(hub, carrier, { query: around[1]!, operationName: 'B' }, { token: officer })).body.data).toEqual({ who: expect.anything() });
  });
});

describe('the public door', () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await startTestHub('in process');
  });
  afterAll(() => hub.stop());

  it.each(['POST', 'GET', 'server-sent events'] as const)('tells everybody what it holds by %s, and that is nothing else', async (carrier) => {
    const { body } = await ask(hub, carrier, { query: '{ __schema { mutationType { name } types { name fields { name } } } __type(name: "Case") { fields { name } } }' }, { path: '/public/graphql' });
    expect(body.errors).toBeUndefined();
    const { __schema, __type } = body.data as unknown as { __schema: { mutationType: null; types: { name: string }[] }; __type: unknown };
    const names = __schema.types.map(({ name }) => name);
    expect([__schema.mutationType, names.includes('Case'), names.includes('Decision'), names.includes('Decided')]).toEqual([null, true, false, false]);
    expect(__type).toEqual({ fields: [{ name: 'no' }, { name: 'firm' }] });
  });
});
