import type { ServiceName } from '@casebridge/contracts';
import { BadUserInput, DomainError } from '@casebridge/kernel';
import { GraphQLError } from 'graphql';
import { isPassing } from '../events/failure';

export class CursorInvalid extends DomainError {
  readonly code = 'CURSOR_INVALID';
  readonly kind = 'BAD_USER_INPUT';
  constructor(field: string) {
    super(`${field}: not a cursor of this list`, { field });
  }
}

export class CursorExpired extends DomainError {
  readonly code = 'CURSOR_EXPIRED';
  readonly kind = 'BAD_USER_INPUT';
  constructor(field: string, days: number) {
    super(`${field}: older than the ${days} days that live updates are kept`, { field });
  }
}

export class PageTooLarge extends DomainError {
  readonly code = 'PAGE_TOO_LARGE';
  readonly kind = 'BAD_USER_INPUT';
}

export { BadUserInput };

/**
 * Refusals speak for themselves; faults of the request keep GraphQL's words; a bug keeps its words to itself.
 *
 * @param onBug - told of what is no refusal, for the log
 * @param service - named where its database does not answer: the same request may succeed in a moment
 */
export function maskError(error: GraphQLError, onBug: (cause: unknown) => void, service?: ServiceName): GraphQLError {
  const cause = error.originalError;
  if (cause instanceof DomainError) {
    const { code, kind, field, state, basis } = cause;
    return rewrite(error, cause.message, {
      code, kind,
      ...(field === undefined ? {} : { field }),
      ...(state === undefined ? {} : { state }),
      ...(basis === undefined ? {} : { basis: { instrument: basis.instrument, article: basis.article } }),
    });
  }
  const code = error.extensions['code'];
  if (cause == null || cause instanceof GraphQLError) {
    return code ? error : rewrite(error, error.message, { ...error.extensions, code: 'BAD_USER_INPUT', kind: 'BAD_USER_INPUT' });
  }
  onBug(cause);
  if (isPassing(cause) || sqlStateOf(cause) === statementTimeout) {
    return rewrite(error, `${service ?? 'The service'} is unavailable`, { code: 'SERVICE_UNAVAILABLE', kind: 'UNAVAILABLE', ...(service ? { service } : {}) });
  }
  return rewrite(error, 'Internal server error', { code: 'INTERNAL_SERVER_ERROR', kind: 'INTERNAL' });
}

const statementTimeout = '57014';
const sqlStateOf = (cause: unknown): string => String((cause as { code?: unknown }).code);

const rewrite = (error: GraphQLError, message: string, extensions: Record<string, unknown>): GraphQLError =>
  new GraphQLError(message, { nodes: error.nodes, path: error.path, extensions });
