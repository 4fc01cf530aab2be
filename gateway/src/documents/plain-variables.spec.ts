import fc from 'fast-check';
import { buildSchema, getVariableValues, Kind, parse, type VariableDefinitionNode } from 'graphql';
import { plainVariables } from './plain-variables';

const schema = buildSchema('input Where { id: ID } enum E { A } type Query { f(id: ID): Int }');
const definitionsOf = (head: string): readonly VariableDefinitionNode[] => {
  const [operation] = parse(`query (${head}) { f }`).definitions;
  return operation?.kind === Kind.OPERATION_DEFINITION ? (operation.variableDefinitions ?? []) : [];
};

const definitions = definitionsOf('$id: ID!, $text: String, $first: Int = 5, $yes: Boolean! = true');

it('takes scalars of their types, and what may be left out', () => {
  const isPlain = plainVariables(definitions);
  expect(isPlain({ id: '1', text: null, first: 2_147_483_647, yes: false })).toBe(true);
  expect(isPlain({ id: '1' })).toBe(true);
});

it.each([
  ['a value that is missing', {}], ['null where none may be', { id: '1', yes: null }], ['a number as an id', { id: 1 }], ['a text as a number', { id: '1', first: '5' }],
  ['a number that is no Int', { id: '1', first: 2_147_483_648 }], ['a fraction', { id: '1', first: 1.5 }], ['what is no variable of the operation', { id: '1', more: 1 }],
  ['an own __proto__', JSON.parse('{"id":"1","__proto__":1}') as object], ['a list', { id: ['1'] }],
])('leaves to others %s', (_, variables) => expect(plainVariables(definitions)(variables)).toBe(false));

it.each(['$where: Where', '$ids: [ID!]', '$e: E', '$f: Float', Array.from({ length: 51 }, (_, i) => `$v${i}: ID`).join(' ')])('knows nothing of %s', (head) => {
  expect(plainVariables(definitionsOf(head))({})).toBe(false);
});

it('never takes what GraphQL refuses', () => {
  const values = fc.oneof(fc.string(), fc.integer(), fc.double(), fc.boolean(), fc.constant(null), fc.constant(undefined), fc.array(fc.integer()), fc.object());
  const variables = fc.record({ id: values, text: values, first: values, yes: values, other: values }, { requiredKeys: [] });
  const isPlain = plainVariables(definitions);
  fc.assert(fc.property(variables, (given) => !isPlain(given) || getVariableValues(schema, definitions, given).errors === undefined), { numRuns: 2_000 });
});
