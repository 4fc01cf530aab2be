import { publicReader } from '@casebridge/kernel';
import { maxAlsoFor } from '@casebridge/platform';
import { parse } from 'graphql';
import type { HubContext } from '../context';
import { fetchShape } from '../federation/fetch-shape';
import type { Fetch, FetchAnswer, FetchSource, OperationRequest } from '../execution/fetch';
import type { Variables } from '../execution/conditions';
import { CoalescingSource } from './coalescing';

const query = 'query($representations: [_Any!]!, $n: Int) { _entities(representations: $representations) { ... on Firm { name(n: $n) } } }';
const document = parse(query);
const fetch: Fetch = { service: 'inspection', query, document, shape: fetchShape(document) };
const firm = (uscc: string) => ({ __typename: 'Firm', uscc });
const requestOf = (requestId: string, clientOperation: string | null = null): OperationRequest => ({
  clientOperation, context: { principal: publicReader, requestId, receivedAt: new Date(0) } as HubContext,
});

interface Call {
  readonly variables: Variables;
  readonly request: OperationRequest;
}

/** Answers each entity with its key; errors for those that are called `bad`. */
function recorder(answer?: (variables: Variables) => FetchAnswer) {
  const calls: Call[] = [];
  const source: FetchSource = {
    fetch: (_fetch, variables, request) => {
      calls.push({ variables, request });
      const asked = variables['representations'] as { uscc: string }[];
      const errors = asked.flatMap(({ uscc }, i) => (uscc === 'bad' ? [{ message: 'no', path: ['_entities', i, 'name'] }] : []));
      return Promise.resolve(
        answer?.(variables) ?? { data: { _entities: asked.map(({ uscc }) => (uscc === 'bad' ? null : { name: uscc })) }, ...(errors.length > 0 ? { errors } : {}) },
      );
    },
  };
  return { calls, coalescing: new CoalescingSource(source) };
}

describe('fetches of entities in one turn', () => {
  it('go as one, each entity once, and everybody gets his own', async () => {
    const { calls, coalescing } = recorder();
    const answers = await Promise.all([
      coalescing.fetch(fetch, { representations: [firm('A')] }, requestOf('r0')), // the first of all does not wait
      coalescing.fetch(fetch, { representations: [firm('A'), firm('B')] }, requestOf('r1')),
      coalescing.fetch(fetch, { representations: [firm('C'), firm('A')] }, requestOf('r2')),
    ]);
    expect(calls.map(({ variables }) => variables['representations'])).toEqual([[firm('A')], [firm('A'), firm('B'), firm('C')]]);
    expect(answers.map(({ data }) => ((data?.['_entities'] ?? []) as { name: string }[]).map(({ name }) => name))).toEqual([['A'], ['A', 'B'], ['C', 'A']]);
    expect(answers.slice(1).every(({ shared }) => shared)).toBe(true);
    expect(calls[1]?.request.alsoFor).toEqual(['r2']);
    expect(calls[1]?.request.context).not.toBe(calls[0]?.request.context);
  });

  it('keep errors to those who asked for the entity, at their own place', async () => {
    const { coalescing } = recorder();
    const [, ofBoth, ofNone] = await Promise.all([
      coalescing.fetch(fetch, { representations: [firm('X')] }, requestOf('r0')),
      coalescing.fetch(fetch, { representations: [firm('A'), firm('bad')] }, requestOf('r1')),
      coalescing.fetch(fetch, { representations: [firm('A')] }, requestOf('r2')),
    ]);
    expect(ofBoth.errors).toEqual([{ message: 'no', path: ['_entities', 1, 'name'] }]);
    expect(ofNone.errors).toBeUndefined();
  });

  it('go apart where more share one than its call can name', async () => {
    const { calls, coalescing } = recorder();
    const ids = Array.from({ length: maxAlsoFor + 3 }, (_, i) => `r${i}`);
    await Promise.all(ids.map((id) => coalescing.fetch(fetch, { representations: [firm('A')] }, requestOf(id))));
    // The first of all goes alone, then as many as fit, then the rest; every request is named once.
    expect(calls.map(({ request }) => request.alsoFor?.length ?? 0)).toEqual([0, maxAlsoFor, 0]);
    expect(calls.flatMap(({ request }) => [request.context.requestId, ...(request.alsoFor ?? [])])).toEqual(ids);
  });

  it('with other variables or another operation go apart', async () => {
    const { calls, coalescing } = recorder();
    await Promise.all([
      coalescing.fetch(fetch, { representations: [firm('A')] }, requestOf('r0')),
      coalescing.fetch(fetch, { representations: [firm('A')], n: 1 }, requestOf('r1')),
      coalescing.fetch(fetch, { representations: [firm('A')], n: 2 }, requestOf('r2')),
      coalescing.fetch(fetch, { representations: [firm('A')], n: 1 }, requestOf('r3', 'Other')),
    ]);
    expect(calls).toHaveLength(4);
  });

  it('all learn that the service failed or counted wrong', async () => {
    const failed = recorder(() => ({ errors: [{ message: 'down' }] }));
    const answers = await Promise.all(
      ['r0', 'r1', 'r2'].map((id) => failed.coalescing.fetch(fetch, { representations: [firm(id)] }, requestOf(id))),
    );
    expect(answers.map(({ errors }) => errors)).toEqual(Array(3).fill([{ message: 'down' }]));
    const miscounted = recorder(() => ({ data: { _entities: [{ name: 'A' }] } }));
    const [, one, two] = await Promise.all(
      ['r0', 'r1', 'r2'].map((id) => miscounted.coalescing.fetch(fetch, { representations: [firm(id)] }, requestOf(id))),
    );
    expect([one?.data, two?.data]).toEqual([{ _entities: null }, { _entities: null }]);
  });
});
