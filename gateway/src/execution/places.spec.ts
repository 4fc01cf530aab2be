import type { Json } from './merge';
import { compileCollect, placesOf } from './places';

const root: Json = {
  a: { b: [{ n: 1 }, null, { n: 2 }] },
  grid: [[{ n: 3 }, null], null, [], [{ n: 4 }]],
  hits: [{ firm: { n: 5 } }, { other: 1 }, { firm: null }, { firm: [{ n: 6 }] }],
  text: 'x',
};

it.each([
  [[], [[]]],
  [['a'], [['a']]],
  [['a', 'b', '@'], [['a', 'b', 0], ['a', 'b', 2]]],
  [['grid', '@', '@'], [['grid', 0, 0], ['grid', 3, 0]]],
  [['grid', '@'], [['grid', 0, 0], ['grid', 3, 0]]],
  [['hits', '@', 'firm'], [['hits', 0, 'firm'], ['hits', 3, 'firm', 0]]],
  [['text'], []],
  [['text', '@', 'n'], []],
  [['toString'], []],
  [['nothing', '@'], []],
])('at %j stand %j', (path, expected) => {
  const at = (place: readonly (string | number)[]) => place.reduce<unknown>((value, part) => (value as Json)[part], root);
  expect(placesOf(root, path)).toEqual(expected);
  expect(compileCollect(path)(root)).toEqual(expected.map(at));
});
