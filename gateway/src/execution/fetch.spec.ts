import type { FetchDataRewrite, FetchNode, QueryPlanSelectionNode } from '@apollo/query-planner';
import { publicReader } from '@casebridge/kernel';
import { buildSchema, Kind } from 'graphql';
import { compileFetch, type FetchAnswer, type PlanRun } from './fetch';
import type { Json } from './merge';
import type { PlanPath } from './places';
import type { Variables } from './conditions';

const supergraphSchema = buildSchema('type Query { a: Int } interface Place { id: ID } type Hall implements Place { id: ID tags: [Tag] grid: [[Tag]] } type Room implements Place { id: ID } type Tag { n: Int m: Int }');
const field = (name: string, ...selections: QueryPlanSelectionNode[]): QueryPlanSelectionNode => ({ kind: Kind.FIELD, name, ...(selections.length > 0 ? { selections } : {}) });
const on = (typeCondition: string, ...selections: QueryPlanSelectionNode[]): QueryPlanSelectionNode => ({ kind: Kind.INLINE_FRAGMENT, typeCondition, selections });
const entities = 'query ($representations: [_Any!]!, $yes: Boolean = true, $n: Int) { _entities(representations: $representations) { ... on Hall { x @include(if: $yes) } } }';
const key = on('Hall', field('__typename'), field('id'));

interface Asked {
  readonly data: Json;
  readonly path?: PlanPath;
  readonly requires?: QueryPlanSelectionNode[];
  readonly inputRewrites?: FetchDataRewrite[];
  readonly outputRewrites?: FetchDataRewrite[];
  readonly answer: FetchAnswer | ((variables: Variables) => FetchAnswer);
}

/** Runs one fetch; tells what the service got, what the data are then, and which errors stand where. */
async function fetched({ answer, data, path = ['all', '@'], ...node }: Asked) {
  const sent: Variables[] = [];
  const source = {
    fetch: (_: unknown, variables: Variables) => {
      sent.push(variables);
      return Promise.resolve(typeof answer === 'function' ? answer(variables) : answer);
    },
  };
  const fetchNode = { kind: 'Fetch', serviceName: 's', operation: node.requires ? entities : '{ x }', variableUsages: ['n', 'yes'], ...node } as FetchNode;
  const run: PlanRun = {
    data, variables: { n: 1, other: 2 }, errors: [],
    request: { context: { principal: publicReader, requestId: 'r', receivedAt: new Date(0) }, clientOperation: null },
  };
  await compileFetch(fetchNode, path, { supergraphSchema, source })(run);
  return { sent, data, errors: run.errors.map(({ extensions, message, path: at }) => [message, at, extensions['code']]) };
}

const hall = (id: unknown, more: Json = {}): Json => ({ __typename: 'Hall', id, ...more });

it('asks once for equal entities and gives the answer to all', async () => {
  const { data, sent } = await fetched({
    requires: [key], data: { all: [hall('1'), hall('2'), null, hall('1')] }, answer: { data: { _entities: [{ x: { y: 1 } }, { x: null }] } },
  });
  expect(sent).toEqual([{ n: 1, yes: true, representations: [hall('1'), hall('2')] }]);
  expect(data).toEqual({ all: [hall('1', { x: { y: 1 } }), hall('2', { x: null }), null, hall('1', { x: { y: 1 } })] });
  const [first, , , last] = data['all'] as Json[];
  expect(first?.['x']).not.toBe(last?.['x']);
});

it('asks nothing where there is nothing to ask for', async () => {
  for (const data of [{}, { all: null }, { all: [] }, { all: [{ __typename: 'Room', id: '1' }, { __typename: 'Hall' }] }] as Json[]) {
    expect((await fetched({ requires: [key], data, answer: {} })).sent).toEqual([]);
  }
});

it('gives errors the path of every entity they are about, behind others that were not asked for', async () => {
  const at = (...path: (string | number)[]) => ({ message: path.join('.'), path });
  const { errors } = await fetched({
    requires: [key],
    data: { all: [{ __typename: 'Room', id: '0' }, hall('1'), null, hall('2'), hall('1')] },
    answer: { data: { _entities: [null, null] }, errors: [at('_entities', 0, 'x'), at('_entities', 1, 'x', 3), at('_entities', 9, 'x'), at('_entities'), { message: 'no path' }] },
  });
  const code = 'DOWNSTREAM_SERVICE_ERROR';
  expect(errors).toEqual([
    ['_entities.0.x', ['all', 1, 'x'], code], ['_entities.0.x', ['all', 4, 'x'], code], ['_entities.1.x.3', ['all', 3, 'x', 3], code], ['_entities.9.x', [], code],
    ['_entities', ['all', '@'], code], ['no path', undefined, code],
  ]);
});

it('takes what a service needs, lists in lists and nulls with it', async () => {
  const tags = field('tags', field('n'));
  const data = { all: [hall('1', { tags: [{ n: 1, m: 2 }, null], grid: [[{ n: 0, m: 1 }], null, []] }), hall('2', { tags: null, grid: [] }), hall('3')] };
  const { sent } = await fetched({ requires: [on('Place', field('__typename'), field('id')), on('Hall', tags, field('grid', field('n')))], data, answer: {} });
  expect(sent[0]?.['representations']).toEqual([hall('1', { tags: [{ n: 1 }, null], grid: [[{ n: 0 }], null, []] }), hall('2', { tags: null, grid: [] }), hall('3')]);
});

it('keeps the real type where a service knows an interface as an object', async () => {
  const inputRewrites: FetchDataRewrite[] = [{ kind: 'ValueSetter', path: ['... on Hall', '__typename'], setValueTo: 'Place' }];
  const requires = [on('Place', field('__typename'), field('id'))];
  const data = { all: [hall('1'), { __typename: 'Place', id: '2' }, { __typename: 'Place', id: '3' }] };
  const answered = [{ __typename: 'Place', x: 1 }, { __typename: 'Place', x: 2 }, { __typename: 'Room', x: 3 }];
  const { data: merged, sent } = await fetched({ requires, inputRewrites, data, answer: { data: { _entities: answered } } });
  expect(sent[0]?.['representations']).toMatchObject([{ __typename: 'Place' }, { __typename: 'Place' }, { __typename: 'Place' }]);
  expect(merged).toEqual({ all: [hall('1', { x: 1 }), { __typename: 'Place', id: '2', x: 2 }, { __typename: 'Room', id: '3', x: 3 }] });
});

it('changes no answer that others have too', async () => {
  const freeze = (value: unknown): unknown => (typeof value === 'object' && value !== null ? (Object.values(value).forEach(freeze), Object.freeze(value)) : value);
  const answer = { shared: true, data: freeze({ _entities: [{ old: 1, below: { a: [{}] } }] }) as Json };
  const outputRewrites: FetchDataRewrite[] = [{ kind: 'KeyRenamer', path: ['... on Hall', 'old'], renameKeyTo: 'x' }];
  const { data } = await fetched({ requires: [key], outputRewrites, data: { all: [hall('1'), hall('1')] }, answer });
  expect(JSON.stringify(data)).toBe(JSON.stringify({ all: [1, 2].map(() => hall('1', { below: { a: [{}] }, x: 1 })) }));
  expect(Object.isFrozen((data['all'] as Json[])[0]?.['below'])).toBe(false);
});

it('merges a fetch without entities into every object at its place', async () => {
  const { data, errors } = await fetched({ data: { all: [{ a: 1 }, {}] }, answer: { data: { x: { y: 1 } }, errors: [{ message: 'm', path: ['x', 'z'] }] } });
  expect(data).toEqual({ all: [{ a: 1, x: { y: 1 } }, { x: { y: 1 } }] });
  expect(errors).toEqual([['m', ['all', '@', 'x', 'z'], 'DOWNSTREAM_SERVICE_ERROR']]);
});
