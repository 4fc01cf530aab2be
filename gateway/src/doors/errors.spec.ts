import { ask, carriers, codesOf } from '../testing/carriers';
import { agencies, startTestHub, type TestHub } from '../testing/test-hub';

/** What nobody sent stands in none of the answers: names of the schema, places in the code, words of libraries that help to guess. */
const telltale = /Did you mean|node_modules|\.js:\d|\n\s+at |stack|\bCase\b|Firm|Decision|Decided|uscc|10\.0\.0\.7|ECONNREFUSED|1101019900|casebridge:|INTERNAL_ERROR/;

const faults = [
  ['{ cass { no } }', 'GRAPHQL_VALIDATION_FAILED'],
  ['{ case(id: "1") { numbr } }', 'GRAPHQL_VALIDATION_FAILED'],
  ['{ case(id: "1") }', 'GRAPHQL_VALIDATION_FAILED'],
  ['{ case(idd: "1") { no } }', 'GRAPHQL_VALIDATION_FAILED'],
  ['{ case(id: {}) { no } }', 'GRAPHQL_VALIDATION_FAILED'],
  ['query ($x: Strng) { case(id: $x) { no } }', 'GRAPHQL_VALIDATION_FAILED'],
  ['query ($x: [Int]) { case(id: $x) { no } }', 'GRAPHQL_VALIDATION_FAILED'],
  ['{ case(id: "1") { ... on Query { who } } }', 'GRAPHQL_VALIDATION_FAILED'],
  ['{ case(id: "1") { a: no a: firm } }', 'GRAPHQL_VALIDATION_FAILED'],
  ['{ who @defr }', 'GRAPHQL_VALIDATION_FAILED'],
  ['{ who', 'GRAPHQL_PARSE_FAILED'],
  ['query A { who } query B { who }', 'OPERATION_RESOLUTION_FAILURE'],
  ['query ($id: ID!) { case(id: $id) { no } }', 'BAD_USER_INPUT'],
  ['{ bug }', 'INTERNAL_SERVER_ERROR'],
] as const;

describe.each(carriers)('what goes wrong by %s', (carrier) => {
  let hub: TestHub;
  let officer: string;
  beforeAll(async () => {
    hub = await startTestHub('in process');
    officer = await hub.token(agencies.drug, { scopes: [] });
  });
  afterAll(() => hub.stop());

  it.each(faults)('%s is told without a name that was not sent', async (query, code) => {
    for (const token of [officer, undefined]) {
      const answer = await ask(hub, carrier, { query }, token === undefined ? {} : { token });
      expect(codesOf(answer)[0]).toBe(code);
      const said = JSON.stringify(answer.body.errors);
      expect(said).not.toMatch(telltale);
      for (const { extensions } of answer.body.errors!) expect(extensions).toEqual({ code, kind: expect.any(String), ...(code === 'BAD_USER_INPUT' ? { field: 'id' } : {}) });
    }
  });

  it('names types to those who may see the schema, and makes no suggestions to them either', async () => {
    const answer = await ask(hub, carrier, { query: '{ case(id: "1") { numbr } }' }, { token: await hub.token(agencies.drug) });
    expect(answer.body.errors?.[0]?.message).toBe('Cannot query field "numbr" on type "Case".');
  });

  it('says of a service that is down no more than its name', async () => {
    hub.enforcement.fault = 'throw';
    const answer = await ask(hub, carrier, { query: '{ case(id: "1") { no } }' }, { token: officer });
    hub.enforcement.fault = 'none';
    expect(answer.body.errors).toEqual([{ message: 'enforcement is unavailable', path: ['case'], extensions: { code: 'SERVICE_UNAVAILABLE', kind: 'UNAVAILABLE', service: 'enforcement' } }]);
  });
});

describe('requests that are none', () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await startTestHub('in process');
  });
  afterAll(() => hub.stop());

  it.each<[string, RequestInit, number]>([
    ['not JSON', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"query": "{ who }"' }, 400],
    ['another type', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{"query": "{ who }"}' }, 400],
    ['a list', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '[{"query": "{ who }"}]' }, 400],
    ['nothing', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }, 400],
    ['another method', { method: 'PUT', headers: { 'content-type': 'application/json' }, body: '{"query": "{ who }"}' }, 405],
    ['extensions that are a text', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"query": "{ who }", "extensions": "x"}' }, 400],
  ])('%s', async (_what, init, status) => {
    for (const path of ['/graphql', '/public/graphql']) {
      const response = await fetch(`${hub.gateway.url}${path}`, init);
      const text = await response.text();
      expect([response.status, Object.keys(JSON.parse(text) as object)]).toEqual([status, ['errors']]);
      expect(text).not.toMatch(telltale);
    }
  });
});
