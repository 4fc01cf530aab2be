import { composeServices } from '@apollo/composition';
import fc from 'fast-check';
import { buildSchema, getOperationAST, type OperationDefinitionNode, parse, specifiedRules, validate } from 'graphql';
import { compileCost, type OperationCost } from './cost';
import { costDefaults, readCostModel } from './cost-model';
import { SlicingArgumentRequired } from './limits.errors';

const link = 'extend schema @link(url: "https://specs.apollo.dev/link/v1.0") @link(url: "https://specs.apollo.dev/cost/v0.1", import: ["@cost", "@listSize"])';
const types = `
  type Query {
    item: Item
    items: [Item]
    tags: [String]
    few: [Item] @listSize(assumedSize: 3)
    heavy: String @cost(weight: 20)
    paged(first: Int = 20, last: Int): Page @listSize(assumedSize: 20, slicingArguments: ["first", "last"], sizedFields: ["nodes", "edges"], requireOneSlicingArgument: false)
    strict(first: Int, last: Int): [Item] @listSize(slicingArguments: ["first", "last"])
    byIds(ids: [ID!]!): [Item] @listSize(slicingArguments: ["ids"])
    nested(page: PageInput): [Item] @listSize(slicingArguments: ["page.first"], requireOneSlicingArgument: false)
    search(filter: Filter, text: String @cost(weight: 7)): Item
    any: [Any]
    named: Named
    matrix: [[Item]]
  }
  type Mutation { change(input: Filter!): Item }
  type Subscription { changed: Item }
  type Item implements Named { id: ID! name: String twin: Item children(first: Int): [Item] @listSize(slicingArguments: ["first"], requireOneSlicingArgument: false, assumedSize: 2) dear: Dear colour: Colour }
  type Dear implements Named @cost(weight: 50) { name: String twin: Item item: Item }
  type Page { nodes: [Item] edges: [Edge] total: Int }
  type Edge { node: Item }
  interface Named { name: String twin: Item }
  union Any = Item | Dear
  enum Colour @cost(weight: 3) { RED BLUE }
  input PageInput { first: Int }
  input Filter { text: String colour: Colour and: [Filter!] slow: Boolean @cost(weight: 30) }
`;
const plain = types.replace(/@(cost|listSize)\([^)]*\)/g, '');
const schema = buildSchema(plain);
const model = readCostModel(`${link}\n${types}`);

function cost(text: string): OperationCost {
  const document = parse(text);
  expect(validate(schema, document, specifiedRules).map((e) => e.message)).toEqual([]);
  return compileCost(document, getOperationAST(document) as OperationDefinitionNode, { schema, model });
}
/** Without what every operation costs. */
const estimate = (text: string, variables: Record<string, unknown> = {}): number => cost(text).estimate(variables) - costDefaults.operation;
const actual = (text: string, data: unknown, variables: Record<string, unknown> = {}): number => cost(text).actual(data, variables) - costDefaults.operation;

describe('what an operation may cost', () => {
  it.each<[string, number]>([
    ['{ __typename }', 0],
    ['{ item { id name } }', 1],
    ['{ item { item: dear { item { id } } } }', 1 + 50 + 1],
    ['{ items { id } }', 10],
    ['{ tags }', 0],
    ['{ few { id } }', 3],
    ['{ few { few: children { id } } }', 3 * (1 + 2)],
    ['{ heavy }', 20],
    ['{ heavy again: heavy }', 40],
    ['{ item { colour } }', 1 + 3],
    ['{ matrix { id } }', 100],
    ['{ paged { total } }', 1],
    ['{ paged(first: 5) { nodes { id } } }', 1 + 5],
    ['{ paged(first: 5) { edges { node { id } } } }', 1 + 5 * 2],
    ['{ paged(first: 5) { edges { node { id } } nodes { children(first: 3) { id } } } }', 1 + 5 * 2 + 5 * (1 + 3)],
    ['{ paged { nodes { id } } }', 1 + 20],
    ['{ paged(first: null, last: 7) { nodes { id } } }', 1 + 7],
    ['{ paged(first: 4, last: 7) { nodes { id } } }', 1 + 7],
    ['{ paged(first: -5) { nodes { id } } }', 1],
    ['{ paged(first: 0) { nodes { dear { name } } } }', 1],
    ['{ strict(first: 6) { id } }', 6],
    ['{ byIds(ids: ["a", "b", "c"]) { id } }', 3],
    ['{ nested(page: { first: 4 }) { id } }', 4 + 1],
    ['{ nested { id } }', 10],
    ['{ search(text: "x") { id } }', 7 + 1],
    ['{ search(text: null) { id } }', 1],
    ['{ search(filter: { text: "x", colour: RED, slow: true, and: [{}, { colour: BLUE }] }) { id } }', 1 + 3 + 30 + 1 + (1 + 3) + 1],
    ['{ any { __typename } }', 10 * 50],
    ['{ any { ... on Item { children { id } } ... on Dear { name } } }', 10 * (50 + 2)],
    ['{ any { ... on Item { dear { name } } ... on Dear { item { id } } } }', 10 * (50 + 50)],
    ['{ named { name ... on Item { children { id } } ... on Dear { item { id } } } }', 50 + 2],
    ['{ item { ... on Named { name } ...F } } fragment F on Item { dear { name } ... on Item { dear { name } } }', 1 + 50],
    ['{ item { twin { id } ... on Named { twin { name } } } }', 1 + 1],
    ['{ named { twin { id } ... on Item { twin { id } children { id } } } }', 50 + 1 + 1 + 2],
    ['{ item { dear { name } } item { dear { item { id } } } }', 1 + 50 + 1],
    ['{ __schema { types { name } } }', 50],
    ['mutation { change(input: {}) { id } again: change(input: {}) { id } }', 2 * (10 + 1 + 1)],
    ['subscription { changed { id } }', 10 + 1],
    ['{ item @skip(if: true) { id } few @include(if: true) { id } }', 3],
  ])('of %s is %d', (text, points) => {
    expect(estimate(text)).toBe(points);
  });

  it('depends on the variables', () => {
    const paged = 'query ($n: Int) { paged(first: $n) { nodes { id } } }';
    expect(estimate(paged, { n: 50 })).toBe(51);
    expect(estimate(paged)).toBe(21);
    expect(estimate(paged, { n: null })).toBe(21);
    expect(estimate('query ($n: Int = 3) { paged(first: $n) { nodes { id } } }')).toBe(4);
    expect(estimate('query ($n: Int = 3) { paged(first: $n) { nodes { id } } }', { n: undefined })).toBe(4);
    expect(estimate('query ($n: Int = 3) { paged(first: $n) { nodes { id } } }', { n: 9 })).toBe(10);
    expect(estimate('query ($p: PageInput) { nested(page: $p) { id } }', { p: { first: 6 } })).toBe(6 + 1);
    expect(estimate('query ($n: Int) { nested(page: { first: $n }) { id } }', { n: 6 })).toBe(6 + 1);
    expect(estimate('query ($ids: [ID!]!) { byIds(ids: $ids) { id } }', { ids: ['a', 'b'] })).toBe(2);
    expect(estimate('query ($f: Filter) { search(filter: $f) { id } }', { f: { slow: true, and: [{ slow: false }] } })).toBe(1 + 30 + (1 + 30) + 1);
    expect(estimate('query ($f: Filter) { search(filter: $f) { id } }')).toBe(1);
    const conditional = 'query ($a: Boolean!, $b: Boolean = true) { heavy @include(if: $a) ... @skip(if: $b) { items { id } } }';
    expect(estimate(conditional, { a: true })).toBe(20);
    expect(estimate(conditional, { a: false, b: false })).toBe(10);
    expect(estimate('query ($a: Boolean!) { item @include(if: $a) { id } item { dear { name } } }', { a: false })).toBe(51);
  });

  it('asks for exactly one argument that says the length, where the schema does', () => {
    expect(() => estimate('{ strict { id } }')).toThrow(SlicingArgumentRequired);
    expect(() => estimate('{ strict(first: 1, last: 1) { id } }')).toThrow('strict needs exactly one of first, last; 2 are given');
    expect(() => estimate('query ($n: Int) { strict(first: $n) { id } }')).toThrow(SlicingArgumentRequired);
    expect(estimate('query ($n: Int) { strict(first: $n) { id } }', { n: 2 })).toBe(2);
    expect(estimate('query ($n: Int, $m: Int) { strict(first: $n, last: $m) { id } }', { m: 2, n: null })).toBe(2);
  });

  it('is a number for every number that a list may be asked for', () => {
    fc.assert(fc.property(fc.anything(), (n) => {
      expect(Number.isNaN(estimate('query ($n: Int) { paged(first: $n) { nodes { id } } }', { n }))).toBe(false);
    }));
    expect(estimate('{ paged(first: 2147483647) { nodes { children(first: 2147483647) { id } } } }')).toBeGreaterThan(1e18);
  });
});

describe('what an operation cost', () => {
  it('counts what came', () => {
    const text = '{ paged(first: 50) { nodes { dear { name } children { id } } } heavy }';
    expect(estimate(text)).toBe(1 + 50 * (1 + 50 + 2) + 20);
    expect(actual(text, { paged: { nodes: [{ dear: null, children: [] }, { dear: { name: 'x' }, children: [{ id: 1 }, { id: 2 }, { id: 3 }] }] }, heavy: 'x' })).toBe(1 + 1 + 1 + 50 + 3 + 20);
    expect(actual(text, { paged: { nodes: [null, null] }, heavy: null })).toBe(1);
    expect(actual(text, { paged: null })).toBe(0);
    expect(actual(text, null)).toBe(0);
    expect(actual(text, undefined)).toBe(0);
  });

  it('goes by the names of the answer', () => {
    expect(actual('{ a: few { id } b: few { x: children { id } } }', { a: [{ id: 1 }], b: [{ x: [{ id: 1 }] }, { x: null }] })).toBe(1 + 2 + 1);
    expect(actual('query ($a: Boolean!) { heavy @include(if: $a) }', {}, { a: false })).toBe(0);
  });

  it('counts the type that came', () => {
    const text = '{ any { ... on Item { dear { name } } ... on Dear { item { id } } } }';
    expect(actual(text, { any: [{ dear: { name: 'x' } }, { item: { id: 1 } }, null] })).toBe(2 * 50 + 50 + 1);
  });

  it('counts acts and arguments as before', () => {
    const text = 'mutation ($f: Filter!) { change(input: $f) { id } }';
    expect(actual(text, { change: null }, { f: { slow: true } })).toBe(10 + 31);
    expect(actual(text, null, { f: { slow: true } })).toBe(10);
  });

  it('is never more than was estimated when no list is longer than it may be', () => {
    const text = '{ paged(first: 4) { nodes { name children(first: 3) { dear { item { id } } } } } few { colour } }';
    const dear = fc.option(fc.record({ item: fc.option(fc.record({ id: fc.constant('1') })) }));
    const child = fc.option(fc.record({ dear }));
    const node = fc.option(fc.record({ name: fc.option(fc.string()), children: fc.option(fc.array(child, { maxLength: 3 })) }));
    const answer = fc.record({
      paged: fc.option(fc.record({ nodes: fc.option(fc.array(node, { maxLength: 4 })) })),
      few: fc.option(fc.array(fc.option(fc.record({ colour: fc.constantFrom('RED', null) })), { maxLength: 3 })),
    });
    fc.assert(fc.property(answer, (data) => {
      expect(actual(text, data)).toBeLessThanOrEqual(estimate(text));
    }));
  });
});

describe('the model', () => {
  it('is read under whatever names the directives have', () => {
    const renamed = (imports: string, costName: string, sizeName: string): string => `
      schema @link(url: "https://specs.apollo.dev/cost/v0.1"${imports}) { query: Query }
      type Query { a: [Int] @${sizeName}(assumedSize: 7) @${costName}(weight: 4) }`;
    for (const text of [
      renamed('', 'cost', 'cost__listSize'),
      renamed(', import: ["@cost", "@listSize"]', 'cost', 'listSize'),
      renamed(', import: [{ name: "@cost", as: "@weight" }, { name: "@listSize", as: "@size" }]', 'weight', 'size'),
      renamed(', as: "price"', 'price', 'price__listSize'),
    ]) {
      const { fields, listSizes } = readCostModel(text);
      expect(fields.get('Query.a')).toBe(4);
      expect(listSizes.get('Query.a')).toMatchObject({ assumedSize: 7, requireOneSlicingArgument: true });
    }
  });

  it('is empty where the specification is not linked', () => {
    expect(readCostModel(types).fields.size).toBe(0);
    expect(readCostModel('schema @link(url: "https://example.test/cost/v0.1", import: ["@cost"]) { query: Q } type Q { a: Int @cost(weight: 1) }').fields.size).toBe(0);
  });

  it('comes through composition, renamed imports too', () => {
    const subgraph = (imports: string, sdl: string) => parse(`extend schema @link(url: "https://specs.apollo.dev/federation/v2.10", import: ["@key", "@shareable", ${imports}])\n${sdl}`);
    const { errors, supergraphSdl = '' } = composeServices([
      { name: 'a', url: '', typeDefs: subgraph('{ name: "@cost", as: "@price" }, { name: "@listSize", as: "@size" }', `type Query {
        list(first: Int @price(weight: 2)): [T] @size(assumedSize: 5, slicingArguments: ["first"], requireOneSlicingArgument: false) @shareable one(in: I): T } type T @key(fields: "id") { id: ID! e: E }
        enum E @price(weight: 6) { X } input I { a: Int @price(weight: 8) }`) },
      { name: 'b', url: '', typeDefs: subgraph('{ name: "@cost", as: "@price" }, { name: "@listSize", as: "@size" }',
        'type Query { list(first: Int): [T] @size(assumedSize: 9, slicingArguments: ["first"]) @shareable } type T @key(fields: "id") { id: ID! slow: Int @price(weight: 40) }') },
    ]);
    expect(errors).toBeUndefined();
    const composed = readCostModel(supergraphSdl);
    expect(Object.fromEntries(composed.fields)).toEqual({ 'T.slow': 40, 'I.a': 8 });
    expect(Object.fromEntries(composed.types)).toEqual({ E: 6 });
    expect(Object.fromEntries(composed.arguments)).toEqual({ 'Query.list(first)': 2 });
    expect(composed.listSizes.get('Query.list')).toMatchObject({ assumedSize: 9, slicingArguments: ['first'] });
  });
});
