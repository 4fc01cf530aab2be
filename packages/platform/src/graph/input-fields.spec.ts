import { buildSchema, execute, getOperationAST, getVariableValues, GraphQLError, GraphQLScalarType, parse } from 'graphql';
import { withInputFields } from './input-fields';
import { DateScalar } from './scalars';

const schema = buildSchema(`
  scalar Date
  enum Kind { A B }
  input Line { amount: Int! day: Date }
  input Filter { from: Date kinds: [Kind!] lines: [Line!] text: String }
  type Query { list(filter: Filter, on: Date, first: Int! = 1, ids: [ID!]): String below: Query }
`);
(schema.getType('Date') as GraphQLScalarType).parseValue = DateScalar.parseValue;
(schema.getType('Date') as GraphQLScalarType).parseLiteral = DateScalar.parseLiteral;

const fieldsOf = async (query: string, variables: Record<string, unknown> = {}, operationName?: string): Promise<unknown[]> => {
  const document = parse(query);
  const { errors = [] } = await execute({ schema, document, variableValues: variables, operationName, rootValue: { below: {} } });
  return withInputFields(errors, { schema, document, operationName, variables }).map((e) => e.extensions['field']);
};

describe('the field of a value that does not fit', () => {
  it.each<[string, Record<string, unknown>, string[]]>([
    ['query ($filter: Filter) { list(filter: $filter) }', { filter: { from: '2026-02-30' } }, ['filter.from']],
    ['query ($f: Filter) { list(filter: $f) }', { f: { from: 7, kinds: ['A', 'C'], lines: [{ amount: 1 }, { amount: 2 ** 31, day: 'x' }] } },
      ['filter.from', 'filter.kinds.1', 'filter.lines.1.amount', 'filter.lines.1.day']],
    ['query ($f: Filter) { list(filter: $f) }', { f: { lines: [{}], more: 1 } }, ['filter.lines.0', 'filter']],
    ['query ($d: Date) { below { ...B } } fragment B on Query { list(filter: { lines: [{ amount: 1, day: $d }] }) }', { d: '' }, ['filter.lines.0.day']],
    ['query ($d: Date!, $k: Kind) { list(on: $d, filter: { kinds: [A, $k] }) }', { k: 'C' }, ['on', 'filter.kinds.1']],
    ['query ($d: Date!) { list(on: $d) }', { d: null }, ['on']],
    ['query ($n: Int = 3, $d: Date) { list(first: $n, on: $d) }', { d: 1 }, ['on']],
    ['query A($x: Date) { list(on: $x) } query B($x: Date) { list(filter: { from: $x }) }', { x: '' }, ['filter.from']],
  ])('%s with %j', async (query, variables, fields) => {
    expect(await fieldsOf(query, variables, query.startsWith('query A') ? 'B' : undefined)).toEqual(fields);
  });

  it.each<[string, string[]]>([
    ['{ list(on: "2026-02-30") }', ['on']],
    ['{ list(filter: { text: "a", from: "x" }) }', ['filter.from']],
    ['{ list(filter: { kinds: A, lines: { amount: 1, day: "x" } }) }', ['filter.lines']],
    ['{ list(filter: { lines: [{ amount: 1 }, { amount: 2, day: 3 }] }) }', ['filter.lines.1.day']],
    ['{ list(filter: { kinds: [A, C] }) a: list(on: "") }', ['filter.kinds.1', 'on']],
    ['{ below { list(ids: ["a"], filter: { lines: [{ day: "2026-01-01" }] }) } }', ['filter.lines.0']],
  ])('%s', async (query, fields) => expect(await fieldsOf(query)).toEqual(fields));

  it('says nothing of errors that are of no value, and stops where GraphQL does', () => {
    const error = new GraphQLError('x', { extensions: { code: 'NOT_FOUND' } });
    expect(withInputFields([error], { schema, document: parse('{ list }') })).toEqual([error]);
    const document = parse('query ($ids: [ID!]) { list(ids: $ids) }');
    const variables = { ids: [{}, {}, {}] };
    const { errors = [] } = getVariableValues(schema, getOperationAST(document)?.variableDefinitions ?? [], variables, { maxErrors: 2 });
    expect(withInputFields(errors, { schema, document, variables }).map((e) => [e.message.slice(0, 8), e.extensions['field']]))
      .toEqual([['Variable', 'ids.0'], ['Variable', 'ids.1'], ['Too many', 'ids.2']]);
  });
});
