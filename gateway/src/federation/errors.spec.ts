import { GraphQLError, parse } from 'graphql';
import { foreignError, publicError, ServiceUnavailable, toGraphQLError } from '../errors';
import { fetchShape } from './fetch-shape';
import { withMissingPaths } from './missing-paths';
import { tidyErrors } from './result-errors';

const down = toGraphQLError(new ServiceUnavailable('credit'));

describe('withMissingPaths', () => {
  const entities = parse(`
    query ($representations: [_Any!]!, $no: Boolean!) {
      _entities(representations: $representations) {
        ... on Firm { __typename marks: penalties rank @skip(if: $no) ...More }
        ... on Case { no }
      }
    }
    fragment More on Firm { grade }
  `);
  const of = (representations: object[], no = false) =>
    withMissingPaths({ errors: [down] }, fetchShape(entities), { representations, no }).errors?.map((e) => e.path);

  it('names what was asked of each kind of entity, by its response key and under its conditions', () => {
    expect(of([{ __typename: 'Firm' }, { __typename: 'Case' }])).toEqual([
      ['_entities', 0, 'marks'], ['_entities', 0, 'rank'], ['_entities', 0, 'grade'], ['_entities', 1, 'no'],
    ]);
    expect(of([{ __typename: 'Firm' }], true)).toEqual([['_entities', 0, 'marks'], ['_entities', 0, 'grade']]);
  });

  it('names the list instead of more than 500 places', () => {
    expect(of(Array.from({ length: 501 }, () => ({ __typename: 'Case' })))).toEqual([[]]);
    expect(of(Array.from({ length: 500 }, () => ({ __typename: 'Case' })))).toHaveLength(500);
  });

  it('tells once what the service itself says of the whole, and all that it says', () => {
    const said = ['a', 'b'].map((message) => new GraphQLError(message, { extensions: { code: 'C' } }));
    const at = (text: string) => withMissingPaths({ errors: said }, fetchShape(parse(text)), { representations: [{ __typename: 'Firm' }] }).errors?.map(({ message, path }) => [message, path]);
    expect(at('{ x y }')).toEqual([['a', []], ['b', []]]);
    expect(at('{ x }')).toEqual([['a', ['x']], ['b', ['x']]]);
    expect(at('query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Firm { marks rank } } }')).toEqual([['a', []], ['b', []]]);
  });

  it('leaves alone what came with data, and errors that have a place', () => {
    const partial = { data: { a: null }, errors: [down] };
    expect(withMissingPaths(partial, fetchShape(parse('{ a }')), {})).toBe(partial);
    const placed = { data: null, errors: [new GraphQLError('x', { path: ['a'] })] };
    expect(withMissingPaths(placed, fetchShape(parse('{ a b }')), {}).errors?.map((e) => e.path)).toEqual([['a']]);
  });
});

describe('tidyErrors', () => {
  const document = parse('query One { other } query Two { cases { firm { ...F ... on Firm { points: marks } } } } fragment F on Firm { name }');
  const tidy = (...paths: (string | number)[][]) =>
    tidyErrors({ data: {}, errors: paths.map((path) => new GraphQLError('x', { path, extensions: { code: 'C' } })) }, document, 'Two').errors?.map((e) => e.path);

  it('cuts a path where it leaves what the client asked for', () => {
    expect(tidy(['cases', 0, 'firm', 'uscc'])).toEqual([['cases', 0, 'firm']]);
    expect(tidy(['cases', 1, 'firm', 'points'], ['cases', 1, 'firm', 'name'])).toEqual([['cases', 1, 'firm', 'points'], ['cases', 1, 'firm', 'name']]);
    expect(tidy(['cases', 1, 'firm', 'marks'])).toEqual([['cases', 1, 'firm']]);
    expect(tidy(['cases', '@', 'firm', 'points'])).toEqual([['cases']]);
  });

  it('puts an error whose path fits nowhere at the root field, where that can be one only', () => {
    for (const path of [['other'], ['_entities', 0, 'name'], [0, 'cases'], []]) expect(tidy(path)).toEqual([['cases']]);
    const of = (text: string, data: Record<string, unknown>) =>
      tidyErrors({ data, errors: [new GraphQLError('x', { path: ['_entities', 0, 'x'] })] }, parse(text), null).errors?.map((e) => e.path);
    expect(of('{ __typename a: who ...F } fragment F on Query { b }', { a: 1, b: null })).toEqual([['b']]);
    expect(of('{ a b }', { a: null, b: null })).toEqual([undefined]);
    expect(of('{ a b }', { a: 1, b: 2 })).toEqual([undefined]);
    // Left out by a condition: nothing is wrong with it. A key may be the name of a method.
    expect(of('{ a toString: b @skip(if: true) }', { a: 1 })).toEqual([undefined]);
    expect(of('{ a toString: b }', { a: 1, toString: null })).toEqual([['toString']]);
  });

  it('says the same once', () => {
    expect(tidy(['cases', 0, 'firm', 'uscc'], ['cases', 0, 'firm', 'id'])).toEqual([['cases', 0, 'firm']]);
  });

  it('keeps of value completion the words and the place', () => {
    const { extensions } = tidyErrors({ data: {}, extensions: { valueCompletion: [new GraphQLError('null', { path: ['cases'], extensions: { stack: 's' } })] } }, document, 'Two');
    expect(extensions).toEqual({ valueCompletion: [{ message: 'null', path: ['cases'] }] });
  });
});

it('takes what a hidden name is like out of the words of a service that is not this hub\'s', () => {
  const told = (message: string): string => foreignError({ message, extensions: { code: 'GRAPHQL_VALIDATION_FAILED', stacktrace: ['at'] } }).message;
  expect(told('Cannot query field "secre" on type "Person". Did you mean "secret"?')).toBe('Cannot query field "secre" on type "Person".');
  expect(told('Out of stock')).toBe('Out of stock');
});

describe('publicError', () => {
  it('lets only the extensions of the contract out', () => {
    const extensions = {
      code: 'CONFLICT', kind: 'CONFLICT', field: 'f', state: 's', basis: { instrument: 'i', article: '1' }, service: 'adr',
      serviceName: 'adr', stacktrace: ['at x'], response: { url: 'http://10.0.0.7' },
    };
    expect(publicError({ message: 'm', extensions })).toEqual({
      message: 'm', extensions: { code: 'CONFLICT', kind: 'CONFLICT', field: 'f', state: 's', basis: { instrument: 'i', article: '1' }, service: 'adr' },
    });
  });

  it('takes its words from an error that nobody gave a code', () => {
    for (const extensions of [{}, { code: 'INTERNAL_SERVER_ERROR' }, { code: 'DOWNSTREAM_SERVICE_ERROR' }]) {
      expect(publicError({ message: 'at 10.0.0.7', path: ['a'], extensions })).toEqual({
        message: 'Internal server error', path: ['a'], extensions: { code: 'INTERNAL_SERVER_ERROR', kind: 'INTERNAL' },
      });
    }
  });

  it('takes suggestions out of faults of the request', () => {
    expect(publicError({ message: 'Value "X" does not exist in "K" enum. Did you mean the enum value "SECRET"?', extensions: { code: 'BAD_USER_INPUT' } }).message)
      .toBe('Value "X" does not exist in "K" enum.');
  });
});
