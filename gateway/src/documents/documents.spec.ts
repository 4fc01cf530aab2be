import { buildSchema, GraphQLError, GraphQLSchema, Kind, parse } from 'graphql';
import { readCostModel } from '../limits/cost-model';
import { limitsOf } from '../limits/document-limits';
import { Documents, type ReadyOperation, type Refused } from './documents';
import { clientTexts, hubDocuments, hubSchema, namesIn } from './testing/hub-schema';

const codesOf = (answer: ReadyOperation | Refused): unknown[] => ('errors' in answer ? answer.errors.map((e) => e.extensions['code']) : []);
const messagesOf = (answer: ReadyOperation | Refused): string[] => ('errors' in answer ? answer.errors.map((e) => e.message) : []);
const errorsOf = (answer: ReadyOperation | Refused): readonly GraphQLError[] => ('errors' in answer ? answer.errors : []);
const sharedCase = clientTexts.get('shared-case') ?? '';

describe('documents', () => {
  it('answers every operation of the clients', () => {
    const documents = hubDocuments();
    const asked = [...clientTexts.values()].flatMap((text) => namesIn(text).map((name) => documents.operation(text, name)));
    expect(asked.length).toBeGreaterThan(14);
    expect(asked.flatMap(codesOf)).toEqual([]);
  });

  it('reads a text once, and knows its operations by text and name', () => {
    const documents = hubDocuments();
    const text = clientTexts.get('referral-acts') ?? '';
    const first = documents.operation(text, 'ApproveReferral') as ReadyOperation;
    expect(documents.operation(text, 'ApproveReferral')).toBe(first);
    const second = documents.operation(text, 'ReturnReferral') as ReadyOperation;
    expect(second.document).toBe(first.document);
    expect(second.key).not.toBe(first.key);
    expect(second.hash).toBe(first.hash);
    expect(documents.operation(sharedCase, '')).toMatchObject({ name: 'SharedCase' });
  });

  it('says what is wrong with a code, a place, and no word that the client did not know', () => {
    const documents = hubDocuments();
    const misspelt = documents.operation('{ case(id: "1") { caseNumber } }', null);
    expect(codesOf(misspelt)).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    expect(messagesOf(misspelt).join()).not.toMatch(/Did you mean|caseNo\b/);
    expect(errorsOf(misspelt)[0]?.toJSON().locations).toEqual([{ line: 1, column: 19 }]);
    expect(codesOf(documents.operation('{ case(', null))).toEqual(['GRAPHQL_PARSE_FAILED']);
    expect(codesOf(documents.operation('query A { __typename } query B { __typename }', null))).toEqual(['OPERATION_RESOLUTION_FAILURE']);
    expect(codesOf(documents.operation('query A { __typename }', 'C'))).toEqual(['OPERATION_RESOLUTION_FAILURE']);
    expect(codesOf(documents.operation({ query: 1 }, null))).toEqual(['BAD_REQUEST']);
    expect(codesOf(documents.operation('{ __typename }', 7))).toEqual(['BAD_REQUEST']);
    expect(codesOf(documents.operation('fragment A on Case { id }', null))).toContain('GRAPHQL_VALIDATION_FAILED');
    expect(codesOf(documents.operation('', null))).toEqual(['GRAPHQL_PARSE_FAILED']);
  });

  it('refuses an operation that the schema has no root for', () => {
    const documents = new Documents({ schema: new GraphQLSchema({ query: buildSchema('type Query { a: Int }').getQueryType() }), limits: limitsOf('hub'), costs: readCostModel('type Query { a: Int }') });
    expect(codesOf(documents.operation('mutation { a }', null))).toEqual(['GRAPHQL_VALIDATION_FAILED']);
  });

  it.each([
    ['cyclic fragments', '{ case(id: "1") { ...A } } fragment A on Case { ...B } fragment B on Case { id ...A }', 'GRAPHQL_VALIDATION_FAILED'],
    ['a fragment of itself', '{ case(id: "1") { ...A } } fragment A on Case { ...A }', 'GRAPHQL_VALIDATION_FAILED'],
    ['fragments that all name each other', everyoneNamesEveryone(40), 'GRAPHQL_VALIDATION_FAILED'],
    ['a fragment bomb', bomb(60), 'FIELD_LIMIT_EXCEEDED'],
    ['a hundred thousand braces', '{a'.repeat(49_000), 'NESTING_LIMIT_EXCEEDED'],
    ['a hundred thousand brackets', `{a(b:${'['.repeat(90_000)}`, 'NESTING_LIMIT_EXCEEDED'],
    ['a type of a hundred thousand brackets', `query($a:${'['.repeat(90_000)}`, 'NESTING_LIMIT_EXCEEDED'],
    ['a chain of fragments', chain(90), 'DEPTH_LIMIT_EXCEEDED'],
    ['many fragments', chain(400), 'DEFINITION_LIMIT_EXCEEDED'],
    ['an integer of ten thousand digits', `{ cases(first: ${'9'.repeat(10_000)}) { totalCount } }`, 'GRAPHQL_VALIDATION_FAILED'],
    ['half a character', '{ case(id: "\ud800") { id } }', 'GRAPHQL_PARSE_FAILED'],
    ['half a character in a comment', '# \udc00\n{ __typename }', 'GRAPHQL_PARSE_FAILED'],
    ['half a character, escaped', String.raw`{ case(id: "\ud800") { id } }`, 'GRAPHQL_PARSE_FAILED'],
    ['a zero byte', '{ \0 }', 'GRAPHQL_PARSE_FAILED'],
    ['a string without an end', '{ case(id: "1', 'GRAPHQL_PARSE_FAILED'],
    ['a block string without an end', '{ case(id: """1', 'GRAPHQL_PARSE_FAILED'],
    ['one field a thousand times', `{ case(id: "1") { ${'id '.repeat(1_000)} } }`, 'REPEAT_LIMIT_EXCEEDED'],
    ['one field with long arguments, many times', `{ ${`a: cases(filter: { status: [${'FILED '.repeat(50)}] }) { totalCount } `.repeat(25)} }`, 'REPEAT_LIMIT_EXCEEDED'],
    ['aliases by the hundred', `{ ${Array.from({ length: 101 }, (_, i) => `a${i}: __typename`).join(' ')} }`, 'ALIAS_LIMIT_EXCEEDED'],
    ['directives by the hundred', `{ __typename ${'@skip(if: true) '.repeat(101)} }`, 'DIRECTIVE_LIMIT_EXCEEDED'],
    ['tokens by the ten thousand', `{ ${'a '.repeat(10_001)} }`, 'TOKEN_LIMIT_EXCEEDED'],
    ['a long text', `# ${'x'.repeat(100_000)}\n{ __typename }`, 'DOCUMENT_TOO_LONG'],
    ['definitions of types', 'type A { a: Int }', 'GRAPHQL_VALIDATION_FAILED'],
    ['a condition on the root field of a subscription', 'subscription($a: Boolean!) { referralUpdated @skip(if: $a) { cursor } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['the introspection of introspection', `{ __schema { types { ${'fields { type { '.repeat(9)} name ${'} }'.repeat(9)} } } }`, 'GRAPHQL_VALIDATION_FAILED'],
  ])('answers %s with a code', (_what, text, code) => {
    const began = performance.now();
    const answer = hubDocuments().operation(text, null);
    expect(codesOf(answer)).toContain(code);
    expect(Math.max(...messagesOf(answer).map((message) => message.length))).toBeLessThanOrEqual(401);
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it('remembers faults apart, within bounds: a flood of bad documents pushes out no good one', () => {
    const documents = hubDocuments({ failuresMiB: 1 });
    const before = documents.operation(sharedCase, null);
    for (let i = 0; i < 3_000; i++) expect(codesOf(documents.operation(`{ nothing${i} }`, null))).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    expect(documents.operation(sharedCase, null)).toBe(before);
    expect(documents.size.good).toBe(1);
    expect(documents.size.bad).toBeLessThan(1_000);
    expect(documents.operation('{ nothing2999 }', null)).toBe(documents.operation('{ nothing2999 }', null));
  });

  it('keeps good documents within its memory, the latest of them', () => {
    const documents = hubDocuments({ cacheMiB: 1 });
    for (let i = 0; i < 100; i++) documents.operation(`${sharedCase}# ${i}`, null);
    expect(documents.size.good).toBeGreaterThan(3);
    expect(documents.size.good).toBeLessThan(12);
    const last = documents.operation(`${sharedCase}# 99`, null);
    expect(documents.operation(`${sharedCase}# 99`, null)).toBe(last);
  });

  it('tells long texts of equal length apart', () => {
    const documents = hubDocuments();
    const padded = (text: string): string => `${text}\n#${'x'.repeat(20_000)}`;
    expect(documents.operation(padded('{ __typename }'), null)).toMatchObject({ name: null });
    expect(codesOf(documents.operation(padded('{ __typenam_ }'), null))).toEqual(['GRAPHQL_VALIDATION_FAILED']);
  });
});

describe('variables', () => {
  const documents = hubDocuments();
  const list = documents.operation(clientTexts.get('case-list'), null) as ReadyOperation;
  const faultsOf = (variables: unknown): unknown[] => (documents.variableFaults(list, variables) ?? []).map((e) => e.extensions['code']);

  it('takes what fits', () => {
    expect(faultsOf({ filter: { status: ['FILED'], overdue: true }, after: null })).toEqual([]);
    expect(faultsOf(null)).toEqual([]);
    expect(faultsOf({ somethingElse: 1 })).toEqual([]);
  });

  it.each([
    ['a list', [], 'BAD_REQUEST'],
    ['a text', '{}', 'BAD_REQUEST'],
    ['another type', { filter: 7 }, 'BAD_USER_INPUT'],
    ['a value that no enum has', { filter: { status: ['FILE'] } }, 'BAD_USER_INPUT'],
    ['a field that no input has', { filter: JSON.parse('{"__proto__":{"a":1}}') as unknown }, 'BAD_USER_INPUT'],
    ['too many', { filter: { status: Array.from({ length: 10_001 }, () => 'FILED') } }, 'VARIABLE_LIMIT_EXCEEDED'],
    ['too deep', { filter: nested(30_000) }, 'VARIABLE_LIMIT_EXCEEDED'],
    ['a long text in the wrong place', { filter: { overdue: 'x'.repeat(500_000) } }, 'BAD_USER_INPUT'],
  ])('refuses %s', (_what, variables, code) => {
    expect(faultsOf(variables)).toContain(code);
    const messages = (documents.variableFaults(list, variables) ?? []).map((e) => e.message);
    expect(messages.join()).not.toContain('Did you mean');
    expect(Math.max(...messages.map((m) => m.length))).toBeLessThanOrEqual(401);
  });
});

describe('variables that do not fit', () => {
  it('are told with the field that they are in', () => {
    const documents = hubDocuments();
    const list = documents.operation(clientTexts.get('case-list'), null) as ReadyOperation;
    const faults = documents.variableFaults(list, { filter: { status: ['FILED', 'FILE'], overdue: 'yes' }, after: 7 }) ?? [];
    expect(faults.map((e) => e.extensions)).toEqual(['filter.status.1', 'filter.overdue', 'after'].map((field) => ({ code: 'BAD_USER_INPUT', kind: 'BAD_USER_INPUT', field })));
  });
});

it('uses the schema of the hub', () => {
  expect(hubSchema.getType('Case')).toBeDefined();
  expect(parse(sharedCase).definitions[0]?.kind).toBe(Kind.OPERATION_DEFINITION);
});

function bomb(levels: number): string {
  const fragments = Array.from({ length: levels }, (_, i) => `fragment F${i} on Case { ...F${i + 1} ... on Case { ...F${i + 1} } }`);
  return `{ case(id: "1") { ...F0 } } ${fragments.join(' ')} fragment F${levels} on Case { id }`;
}

function chain(links: number): string {
  const fragments = Array.from({ length: links }, (_, i) => `fragment F${i} on Case { referral { case { ...F${i + 1} } } }`);
  return `{ case(id: "1") { ...F0 } } ${fragments.join(' ')} fragment F${links} on Case { id }`;
}

function everyoneNamesEveryone(count: number): string {
  const all = Array.from({ length: count }, (_, i) => `...F${i}`).join(' ');
  return `{ case(id: "1") { ...F0 } } ${Array.from({ length: count }, (_, i) => `fragment F${i} on Case { ${all} }`).join(' ')}`;
}

function nested(levels: number): unknown {
  let value: unknown = 1;
  for (let i = 0; i < levels; i++) value = { text: value };
  return value;
}
