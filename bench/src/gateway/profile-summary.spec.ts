import { placeOf, summariseProfile } from './profile-summary';

const frame = (functionName: string, url = '', lineNumber = -1) => ({ functionName, url, lineNumber });

it.each([
  [frame('parse', 'file:///x/node_modules/graphql/language/parser.js'), 'graphql'],
  [frame('run', 'file:///x/node_modules/@apollo/server/dist/cjs/a.js'), '@apollo/server'],
  [frame('f', 'file:///x/node_modules/a/node_modules/b/index.js'), 'b'],
  [frame('f', 'file:///x/gateway/dist/execution/shape.js'), 'gateway/dist'],
  [frame('f', 'file:///x/packages/platform/dist/identity/verify.js'), 'packages/platform/dist'],
  [frame('f', 'node:internal/streams/readable'), 'node:internal/streams'],
  [frame('f', 'node:events'), 'node:events'],
  [frame('(garbage collector)'), '(garbage collector)'],
  [frame('writev'), 'native'],
  [frame('Query__case', '', 12), 'generated'],
])('the place of %j is %s', (callFrame, place) => {
  expect(placeOf(callFrame)).toBe(place);
});

it('sums self time by place and function, of the time in which something ran', () => {
  const { byFunction, byPlace, idle } = summariseProfile({
    nodes: [
      { id: 1, callFrame: frame('(idle)') }, { id: 2, callFrame: frame('a', 'file:///x/gateway/dist/a.js', 4) },
      { id: 3, callFrame: frame('b', 'file:///x/gateway/dist/b.js', 0) }, { id: 4, callFrame: frame('(garbage collector)') },
    ],
    samples: [1, 2, 3, 2, 4, 99], timeDeltas: [500, 200, 100, 150, 50, 1_000],
  });
  expect(idle).toBe(0.5);
  expect(byPlace).toEqual([{ name: 'gateway/dist', share: 0.9 }, { name: '(garbage collector)', share: 0.1 }]);
  expect(byFunction[0]).toEqual({ name: 'a gateway/dist a.js:5', share: 0.7 });
});

it('is nothing of nothing', () => {
  expect(summariseProfile({ nodes: [] })).toEqual({ idle: 0, byPlace: [], byFunction: [] });
});
