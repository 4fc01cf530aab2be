import { buildSchema, Kind, type OperationDefinitionNode, parse } from 'graphql';
import { ask, carriers, codesOf } from '../testing/carriers';
import { startTestHub, type TestHub } from '../testing/test-hub';
import { roundedIds } from './exact-ids';

const schema = buildSchema('type Query { a(id: ID, ids: [ID!], input: In, few: Float, when: Long): Int } input In { id: ID! below: [In!] size: Float } scalar Long');

describe('ids as numbers', () => {
  const places = (head: string, json: string): string[] => {
    const operation = parse(`query (${head}) { a }`).definitions.find((node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION)!;
    return roundedIds(schema, operation.variableDefinitions!, JSON.parse(json) as Record<string, unknown>);
  };

  it.each<[string, string, string[]]>([
    ['$id: ID', '{"id":9007199254740991}', []],
    ['$id: ID', '{"id":9007199254740993}', ['$id']],
    ['$id: ID!', '{"id":-9007199254740993}', ['$id']],
    ['$id: ID', '{"id":"9007199254740993"}', []],
    ['$id: ID', '{"id":1e300}', ['$id']],
    ['$ids: [ID!]', '{"ids":[1,9007199254740993,"x"]}', ['$ids[1]']],
    ['$ids: [ID!]', '{"ids":9007199254740993}', ['$ids']],
    ['$input: In!', '{"input":{"id":"a","below":[{"id":"b"},{"id":9007199254740993}],"size":9007199254740993}}', ['$input.below[1].id']],
    ['$few: Float, $when: Long', '{"few":9007199254740993,"when":9007199254740993}', []],
    ['$id: ID', '{"id":null,"other":9007199254740993}', []],
    ['$input: In', '{"input":7,"id":9007199254740993}', []],
  ])('of %s in %s', (head, json, found) => {
    expect(places(head, json)).toEqual(found);
  });
});

describe('an id that would be rounded', () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await startTestHub('in process');
  });
  afterAll(() => hub.stop());

  it.each(carriers)('is refused, and named: by %s', async (carrier) => {
    hub.enforcement.requests.length = 0;
    // The test's own JSON must not round it first.
    const variables = JSON.parse('{"id":9007199254740992}') as object;
    const answer = await ask(hub, carrier, { query: 'query ($id: ID!) { case(id: $id) { no } }', variables });
    expect(codesOf(answer)).toEqual(['BAD_USER_INPUT']);
    expect(answer.body.errors?.[0]?.message).toBe('Variable "$id" is an ID and a number too large to be read exactly: send it as a text');
    expect(hub.enforcement.requests).toEqual([]);
  });

  it('reaches the service as it is when it stands in the document, or is a text', async () => {
    hub.enforcement.requests.length = 0;
    await hub.post('{ case(id: 9007199254740993) { no } }');
    await hub.post('query ($id: ID!) { case(id: $id) { no } }', { variables: { id: '9007199254740993' } });
    expect(hub.enforcement.requests.map(({ query, variables }) => `${query} ${JSON.stringify(variables)}`)).toEqual([expect.stringContaining('9007199254740993'), expect.stringContaining('"9007199254740993"')]);
  });
});
