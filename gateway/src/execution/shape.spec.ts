import { buildSchema, executeSync, Kind, type OperationDefinitionNode, parse } from 'graphql';
import type { ShapeRun } from './layout';
import { leafCheck } from './leaf';
import { NotCompiled } from './not-compiled';
import { compileShape } from './shape';
import { fragmentsOf } from '../documents/fragments';

const schema = buildSchema(`
  scalar Any
  enum Kind { ONE TWO }
  interface Media { id: ID! title: String next: Media }
  type Book implements Media { id: ID! title: String! next: Book! pages: Int kind: Kind tags: [String!] rows: [[Book!]]! extra: Any }
  type Film implements Media { id: ID! title: String next: Media length: Float! seen: Boolean }
  union Hit = Book | Film
  type Query { book: Book media: Media all: [Media!] hits: [Hit] must: Book! }
`);

function shape(text: string, data: object, variables = {}) {
  const document = parse(text);
  const operation = document.definitions.find((d): d is OperationDefinitionNode => d.kind === Kind.OPERATION_DEFINITION);
  if (!operation) throw new Error('no operation');
  const run: ShapeRun = { path: [], errors: [], introspect: () => ({ name: 'Query' }) };
  const shaped = compileShape({ schema, operation, fragments: fragmentsOf(document), variables })(data as never, run);
  expect(run.path).toEqual([]);
  return { text: JSON.stringify(shaped), whys: run.errors.map((e) => `${e.path?.join('.')}: ${e.message}`) };
}

const book = { __typename: 'Book', id: 1, title: 't', pages: 0 };

it.each([
  ['leaves out what nobody asked for', '{ book { id } }', { book: { ...book, secret: 1 }, other: 1 }, '{"book":{"id":1}}'],
  ['has null for what did not come', '{ book { id pages } media { id } }', { book: { id: '1' } }, '{"book":{"id":"1","pages":null},"media":null}'],
  ['keeps values that a program may take for none', '{ book { title pages extra } }', { book: { title: '', pages: 0, extra: false } }, '{"book":{"title":"","pages":0,"extra":false}}'],
  ['takes the name of the type from the layout', '{ book { t: __typename } all { __typename } }', { book: {}, all: [book] }, '{"book":{"t":"Book"},"all":[{"__typename":"Book"}]}'],
  ['opens fragments that apply', '{ hits { ... on Media { id } ... on Film { length } ...F } } fragment F on Book { pages }', { hits: [book, { __typename: 'Film', id: 2, length: 1.5 }] }, '{"hits":[{"id":1,"pages":0},{"id":2,"length":1.5}]}'],
  ['decides conditions', '{ book { id @skip(if: $x) pages @include(if: $x) } }', { book }, '{"book":{"pages":0}}'],
  ['has no field of keys that are not own', '{ book { toString: pages valueOf: title constructor: id } }', { book: { constructor: 7 , valueOf: '' } }, '{"book":{"toString":null,"valueOf":"","constructor":7}}'],
  ['answers introspection', '{ __schema { queryType { name } } }', {}, '{"__schema":{"name":"Query"}}'],
  ['has the real type of an interface object under its key', '{ media { t: __typename id } }', { media: { __typename: 'Media', t: 'Film', id: 1 } }, '{"media":{"t":"Film","id":1}}'],
  ['keeps lists in lists, and their nulls', '{ book { rows { id } } }', { book: { rows: [[book], null, []] } }, '{"book":{"rows":[[{"id":1}],null,[]]}}'],
])('%s', (_, text, data, expected) => {
  expect(shape(text, data, { x: true })).toEqual({ text: expected, whys: [] });
});

it.each([
  ['the next that may be null', '{ book { next { title } } }', { book: { next: { title: null } } }, '{"book":null}', ['book.next.title: Cannot return null for non-nullable field Book.title.']],
  ['the list, through its element', '{ all { ... on Book { title } } }', { all: [book, { __typename: 'Book' }] }, '{"all":null}', ['all.1.title: Cannot return null for non-nullable field Book.title.']],
  ['one of a list in a list', '{ book { rows { id } } }', { book: { rows: [[book, {}], [book]] } }, '{"book":{"rows":[null,[{"id":1}]]}}', ['book.rows.0.1.id: Cannot return null for non-nullable field Book.id.']],
  ['all, at the root', '{ must { id } }', { must: null }, 'null', ['must: Cannot return null for non-nullable field Query.must.']],
  ['no more than the selected type promises', '{ media { title } }', { media: { __typename: 'Book', title: null } }, '{"media":{"title":null}}', []],
  ['a leaf of another kind', '{ book { pages kind tags } }', { book: { pages: '1', kind: 'THREE', tags: ['a', 2] } }, '{"book":{"pages":null,"kind":null,"tags":null}}', [
    'book.pages: Invalid value found for a field of type Int.', 'book.kind: Invalid value found for a field of type Kind.', 'book.tags.1: Invalid value found for a field of type String.',
  ]],
  ['an object of another kind', '{ book { id } media { id } hits { __typename } }', { book: [], media: 'text', hits: {} }, '{"book":null,"media":null,"hits":null}', [
    'book: Invalid value found for an object of type Book.', 'media: Invalid value found for an object of type Media.', 'hits: Invalid value found for a list of Hit.',
  ]],
  ['an object of a type that the field cannot have', '{ book { id } hits { __typename } }', { book: { ...book, __typename: 'Film' }, hits: [{ __typename: 'Query' }, { __typename: 'Nonsense' }, { __typename: 7 }] }, '{"book":null,"hits":[null,null,null]}', [
    'book: Invalid __typename found for an object of type Book.', 'hits.0: Invalid __typename found for an object of type Hit.', 'hits.1: Invalid __typename found for an object of type Hit.',
    'hits.2: Invalid __typename found for an object of type Hit.',
  ]],
  ['an object whose type nobody knows', '{ media { __typename id } }', { media: { id: 1 } }, '{"media":null}', []],
])('nulls %s', (_, text, data, expected, whys) => {
  expect(shape(text, data)).toEqual({ text: expected, whys });
});

it('has fields in the order of the specification', () => {
  const named = { ...book, id: 'Book' }; // as its __typename, which one operation asks for under this key
  const data = { book: { ...named, kind: 'ONE', next: { ...named, pages: 3 } }, hits: [named] };
  for (const text of [
    '{ book { ... on Book { pages } id ... on Book { title } next { pages } kind ... on Media { id title } next { id } } }',
    '{ hits { ...F id: __typename ...G ...F } book { id } hits { ... on Media { title } } } fragment F on Book { pages } fragment G on Media { title ...F }',
  ]) {
    const { data: expected } = executeSync({
      schema, document: parse(text), rootValue: data, fieldResolver: (source: Record<string, unknown>, _args, _context, { fieldName }) => source[fieldName],
    });
    expect(shape(text, data).text).toBe(JSON.stringify(expected));
  }
});

it('does not compile a response key that objects give a meaning of their own', () => {
  expect(() => shape('{ __proto__: book { id } }', {})).toThrow(NotCompiled);
});

it.each([
  ['ID', ['a', '', 1, 0], [1.5, 1e21, true, null, {}, []]], ['String', ['', 'x'], [0, false, {}]], ['Int', [0, -1, 4_294_967_296], [0.5, '1', 1e21, Number.NaN]],
  ['Float', [0, 1.5, 1e21], ['1', Number.NaN, Infinity]], ['Boolean', [true, false], [0, 'true']], ['Kind', ['ONE'], ['THREE', 1, '__proto__', 'toString']],
])('%s is %j and not %j', (name, valid, invalid) => {
  const isValid = leafCheck(schema.getType(name) as never);
  expect([...valid, ...invalid].map((value) => isValid?.(value))).toEqual([...valid.map(() => true), ...invalid.map(() => false)]);
});
