import { BadUserInput, DomainError, IllegalTransition } from '@casebridge/kernel';
import { GraphQLError } from 'graphql';
import { maskError } from './errors';

const basis = { instrument: { title: '中华人民共和国行政处罚法' }, article: '57(1)', mark: 'V' } as never;

class LateForIt extends DomainError {
  readonly code = 'LATE_FOR_IT';
  readonly kind = 'CONFLICT';
}

const masked = (cause: unknown, service?: 'credit') => {
  const bugs: unknown[] = [];
  const error = maskError(new GraphQLError('words of the cause', { path: ['act'], originalError: cause as Error }), (bug) => bugs.push(bug), service);
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
