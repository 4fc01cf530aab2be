import { buildSchema, type GraphQLError, parse, specifiedRules, validate } from 'graphql';
import { refusal } from '../limits';
import { inOwnWords } from './own-words';

const schema = buildSchema(`
  type Query { case(id: ID!): Case cases(filter: CaseFilter): [Case!] }
  interface Record { id: ID! }
  type Case implements Record { id: ID! sealedBy: Officer kind: CaseKind }
  type Officer { name: String badge: String }
  input CaseFilter { kind: CaseKind text: String! }
  enum CaseKind { PENALTY LICENCE }
`);
const secrets = /Case\b|CaseFilter|CaseKind|Officer|Record|sealedBy|badge|PENALTY|LICENCE/;
const told = (query: string): string[] => {
  // Documents take suggestions out before.
  const messages = validate(schema, parse(query), specifiedRules, { hideSuggestions: true }).map(({ message }) => message.replace(/ Did you mean .*/, ''));
  const faults = messages.map((message) => refusal('GRAPHQL_VALIDATION_FAILED', message));
  expect(faults.length).toBeGreaterThan(0);
  return inOwnWords(faults, schema, query).map(({ message }) => message);
};

describe('faults for readers who may not see the schema', () => {
  it.each([
    ['{ case(id: 1) { nothing } }', 'Cannot query field "nothing" on type "…".'],
    ['{ case(id: 1) }', 'Field "case" of type "…" must have a selection of subfields.'],
    ['{ case { __typename } }', 'Field "case" argument "…" of type "ID!" is required, but it was not provided.'],
    ['{ cases(filter: { kind: OTHER, text: "" }) { id } }', 'Value "OTHER" does not exist in "…" enum.'],
    ['{ cases(filter: {}) { id } }', 'Field "…" of required type "String!" was not provided.'],
    ['{ case(id: 1) { id ... on Query { cases { id } } } }', 'Fragment cannot be spread here as objects of type "…" can never be of type "Query".'],
    ['{ case(id: 1, more: 2) { id } }', 'Unknown argument "more" on field "Query.case".'],
    ['query ($k: String) { cases(filter: { kind: $k, text: "" }) { id } }', 'Variable "$k" of type "String" used in position expecting type "…".'],
    ['{ nothing }', 'Cannot query field "nothing" on type "Query".'],
  ])('%s', (query, message) => {
    const [first] = told(query);
    expect(first).toBe(message);
    for (const said of told(query)) expect(said).not.toMatch(secrets);
  });

  it('keeps names that the reader wrote himself', () => {
    expect(told('{ case(id: 1) { ... on Officer { badge } } }')[0]).toBe('Fragment cannot be spread here as objects of type "…" can never be of type "Officer".');
    expect(told('{ case(id: 1) { ... on Missing { id } } }')[0]).toBe('Unknown type "Missing".');
  });

  it('is not led astray by quotes in what was sent', () => {
    const message = `Variable "$f" got invalid value { text: "a\\" b" } at "f.kind"; Expected type "CaseFilter" to be an object.`;
    expect(inOwnWords([refusal('BAD_USER_INPUT', message)], schema, 'query ($f: X) { a }', { f: 1 })[0]?.message).toBe('The variables do not fit the operation');
    const odd = inOwnWords([refusal('GRAPHQL_VALIDATION_FAILED', 'a " b CaseFilter')], schema, '');
    expect(odd[0]?.message).toBe('The document does not fit the schema');
  });

  it('knows what was written in the variables, and leaves out types that stand without quotes', () => {
    const message = 'Variable "$f" got invalid value "rose"; CaseKind cannot be "rose" or "PENALTY".';
    expect(inOwnWords([refusal('BAD_USER_INPUT', message)], schema, 'query ($f: X) { a }', { f: 'rose' })[0]?.message)
      .toBe('Variable "$f" got invalid value "rose"; … cannot be "rose" or "…".');
  });

  it('leaves other refusals as they are, and places where they were', () => {
    const other: GraphQLError[] = [refusal('DEPTH_LIMIT_EXCEEDED', 'Levels of "Case"', { limit: 1 })];
    expect(inOwnWords(other, schema, '')).toBe(other);
    const placed = refusal('GRAPHQL_VALIDATION_FAILED', 'On "Case"');
    Object.defineProperty(placed, 'locations', { value: [{ line: 1, column: 3 }], enumerable: true });
    expect(inOwnWords([placed], schema, '')[0]?.toJSON()).toEqual({
      message: 'On "…"', locations: [{ line: 1, column: 3 }], extensions: { code: 'GRAPHQL_VALIDATION_FAILED', kind: 'BAD_USER_INPUT' },
    });
  });
});
