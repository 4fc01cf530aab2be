import type { FetchDataRewrite } from '@apollo/query-planner';
import { buildSchema } from 'graphql';
import type { Json } from './merge';
import { compileRewrites } from './rewrites';

const schema = buildSchema('type Query { m: M } interface M { a: Int } type A implements M { a: Int } type B implements M { a: Int } type C { a: Int }');
const rename = (...path: string[]): FetchDataRewrite => ({ kind: 'KeyRenamer', path, renameKeyTo: 'new' });
const set = (...path: string[]): FetchDataRewrite => ({ kind: 'ValueSetter', path, setValueTo: 'S' });

it.each([
  ['a key', [rename('old')], { old: 1, b: 2 }, { new: 1, b: 2 }],
  ['a value that a program may take for none', [rename('old')], { old: 0 }, { new: 0 }],
  ['null, which is an answer', [rename('old')], { old: null }, { new: null }],
  ['nothing where the key is not', [rename('toString')], {}, {}],
  ['below lists and objects', [rename('x', 'y', 'old')], { x: [{ y: [[{ old: '' }], null] }, { y: null }, 'text'] }, { x: [{ y: [[{ new: '' }], null] }, { y: null }, 'text'] }],
  ['of one type', [rename('... on A', 'old')], [{ __typename: 'A', old: 1 }, { __typename: 'B', old: 2 }], [{ __typename: 'A', new: 1 }, { __typename: 'B', old: 2 }]],
  ['of an interface', [rename('... on M', 'old')], [{ __typename: 'B', old: 1 }, { __typename: 'C', old: 2 }], [{ __typename: 'B', new: 1 }, { __typename: 'C', old: 2 }]],
  ['of an unknown type', [rename('... on A', 'old')], { old: 1 }, { new: 1 }],
  ['a value set', [set('__typename')], { __typename: 'A' }, { __typename: 'S' }],
  ['one after the other', [rename('old'), set('new')], { old: 1 }, { new: 'S' }],
  ['not the object itself', [{ ...rename(), path: [] }], { old: 1 }, { old: 1 }],
])('%s', (_, rewrites, data, expected) => {
  compileRewrites(schema, rewrites)?.(data);
  expect(JSON.parse(JSON.stringify(data)) as Json).toEqual(expected);
});

it('is nothing where there is nothing to change', () => {
  expect([compileRewrites(schema, []), compileRewrites(schema, undefined)]).toEqual([null, null]);
});
