import { buildSchema, type OperationDefinitionNode, parse, print, stripIgnoredCharacters, validate } from 'graphql';
import { withObjectFragments } from './abstract-fragments';

const schema = buildSchema(`
  interface Node { id: ID! }
  interface Craft { id: ID! next: Craft name: String }
  type Ship implements Craft & Node { id: ID! next: Craft name: String }
  type Plane implements Craft & Node { id: ID! next: Craft name: String }
  type Rocket implements Craft { id: ID! next: Craft name: String }
  type Geo implements Node { id: ID! }
  union Found = Geo | Rocket
  type Query { craft: Craft node: Node ship: Ship }
`);

const opened = (text: string): string => {
  const document = parse(text);
  expect(validate(schema, document)).toEqual([]);
  const result = withObjectFragments(document, document.definitions.find((d) => d.kind === 'OperationDefinition') as OperationDefinitionNode, schema);
  expect(validate(schema, result)).toEqual([]);
  return stripIgnoredCharacters(print(result));
};

describe('fragments on other interfaces and unions', () => {
  it.each([
    ['{ craft { ... on Node { id } } }', '{craft{...on Ship{id}...on Plane{id}}}'],
    ['{ craft { ...F } } fragment F on Found { ... on Craft { name } ... on Geo { id } }', '{craft{...on Rocket{...on Rocket{name}}}}'],
    ['{ craft { ... on Craft { id } ... on Ship { id } ... { name } } }', '{craft{...on Craft{id}...on Ship{id}...on Craft{name}}}'],
    ['{ node { ... on Craft { next { ... on Node { id } } } } }', '{node{...on Ship{next{...on Ship{id}...on Plane{id}}}...on Plane{next{...on Ship{id}...on Plane{id}}}}}'],
    ['{ craft { ... on Node { ... on Found { __typename } } } }', '{craft{__typename}}'],
    ['query($y: Boolean!) { ship { ...F @include(if: $y) } } fragment F on Node { id @skip(if: $y) }', 'query($y:Boolean!){ship{...on Ship@include(if:$y){id@skip(if:$y)}}}'],
  ])('%s', (text, result) => {
    expect(opened(text)).toBe(result);
  });

  it('gives up where that would grow without measure', () => {
    const deep = (levels: number): string => (levels === 0 ? 'id' : `... on Node { ... on Craft { next { ${deep(levels - 1)} } } }`);
    expect(() => opened(`{ craft { ${deep(24)} } }`)).toThrow(RangeError);
  });
});
