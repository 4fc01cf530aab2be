import { BadUserInput, DomainError, IllegalTransition } from '@casebridge/kernel';
import { type FieldNode, GraphQLError, type OperationDefinitionNode, parse } from 'graphql';
import { maskError } from './errors';

const basis = { instrument: { title: '中华人民共和国行政处罚法' }, article: '57(1)', mark: 'V' } as never;

class LateForIt extends DomainError {
  readonly code = 'LATE_FOR_IT';
  readonly kind = 'CONFLICT';
}

const masked = (cause: unknown, service?: 'credit') => {
  const bugs: unknown[] = [];
  const error = maskError(new GraphQLError('words of the cause', { path: ['act'], originalError: cause as Error }), (bug) => bugs.push(bug), service && { service });
  return { message: error.message, path: error.path, extensions: error.extensions, bugs };
};

describe('an error on its way out of a service', () => {
  it('carries code, kind, state and article of a refused act, whatever class says it', () => {
    const article = { instrument: (basis as { instrument: unknown }).instrument, article: '57(1)' };
    expect(masked(new IllegalTransition('approve', 'FILED', basis))).toMatchObject({ extensions: { code: 'ILLEGAL_TRANSITION', kind: 'CONFLICT', state: 'FILED', basis: article }, bugs: [] });
    expect(masked(new LateForIt('too late', { state: 'SERVED', basis, field: 'input.day' }))).toEqual({
      message: 'too late', path: ['act'], extensions: { code: 'LATE_FOR_IT', kind: 'CONFLICT', state: 'SERVED', field: 'input.day', basis: article }, bugs: [],
    });
    expect(masked(new BadUserInput('input.gaps', 'must not be empty', basis)).extensions).toEqual({ code: 'BAD_USER_INPUT', kind: 'BAD_USER_INPUT', field: 'input.gaps', basis: article });
  });

  it.each(['22021', '22P05'])('is a fault of the input where PostgreSQL finds a NUL character (%s)', (code) => {
    const { extensions, bugs } = masked(Object.assign(new Error('invalid byte sequence in 110101199003077758'), { code }));
    expect([extensions, bugs]).toEqual([{ code: 'BAD_USER_INPUT', kind: 'BAD_USER_INPUT' }, []]);
  });

  it.each([
    ['{ list(filter: { agency: $code }) }', { code: 'a\0' }, 'filter.agency'],
    ['{ list(filter: $filter) }', { filter: { kinds: ['a', 'b\0'], text: 'c\0' } }, 'filter.kinds.1'],
    ['{ list(first: $n, code: "a\\u0000") }', { n: 2, other: '\0' }, 'code'],
    ['{ list(idempotencyKey: $key, input: $input) }', { input: { name: 'a\0' }, key: 'k' }, 'input.name'],
    ['{ list(code: $other) }', { code: '\0' }, undefined],
    ['{ list }', { code: '\0' }, undefined],
  ])('names the argument of %s that holds it', (text, variables, field) => {
    const operation = parse(text.replace('{', 'query Q {')).definitions[0] as OperationDefinitionNode;
    const error = new GraphQLError('x', { nodes: operation.selectionSet.selections[0] as FieldNode, originalError: Object.assign(new Error('x'), { code: '22021' }) });
    const { message, extensions } = maskError(error, () => undefined, { service: 'credit', variables });
    expect(extensions).toEqual({ code: 'BAD_USER_INPUT', kind: 'BAD_USER_INPUT', ...(field === undefined ? {} : { field }) });
    expect(message).toMatch(field === undefined ? /^The input holds/ : `${field}: holds characters that no text may hold`);
  });

  it.each(['57014', '57P01', '53300', '08006', '40001', '40P01', 'ECONNREFUSED'])('says that the service is unavailable where its database is (%s), and goes into the log', (code) => {
    const { extensions, bugs, message } = masked(Object.assign(new Error('10.0.0.7 is away'), { code }), 'credit');
    expect(message).toBe('credit is unavailable');
    expect(extensions).toEqual({ code: 'SERVICE_UNAVAILABLE', kind: 'UNAVAILABLE', service: 'credit' });
    expect(bugs).toHaveLength(1);
  });

  it.each([new TypeError('select secret from vault'), Object.assign(new Error('duplicate key'), { code: '23505' })])('keeps the words of a bug to itself (%s)', (cause) => {
    expect(masked(cause)).toEqual({ message: 'Internal server error', path: ['act'], extensions: { code: 'INTERNAL_SERVER_ERROR', kind: 'INTERNAL' }, bugs: [cause] });
  });
});
