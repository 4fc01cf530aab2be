import type { ServiceName } from '@casebridge/contracts';
import { BadUserInput, DomainError } from '@casebridge/kernel';
import { GraphQLError, Kind, valueFromASTUntyped } from 'graphql';
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

/** Where an error comes from, as far as its words need it. */
export interface ErrorOrigin {
  /** Named where its database does not answer: the same request may succeed in a moment. */
  readonly service?: ServiceName;
  /** Of the request. */
  readonly variables?: Readonly<Record<string, unknown>>;
}

/**
 * Refusals speak for themselves; faults of the request keep GraphQL's words; a bug keeps its words to itself.
 *
 * @param onBug - told of what is no refusal, for the log
 */
export function maskError(error: GraphQLError, onBug: (cause: unknown) => void, { service, variables }: ErrorOrigin = {}): GraphQLError {
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
  if (isUnstorable(cause)) {
    const field = unstorableArgument(error, variables);
    const words = 'holds characters that no text may hold';
    return rewrite(error, field === null ? `The input ${words}` : `${field}: ${words}`, { code: 'BAD_USER_INPUT', kind: 'BAD_USER_INPUT', ...(field === null ? {} : { field }) });
  }
  onBug(cause);
  if (isPassing(cause) || sqlStateOf(cause) === statementTimeout) {
    return rewrite(error, `${service ?? 'The service'} is unavailable`, { code: 'SERVICE_UNAVAILABLE', kind: 'UNAVAILABLE', ...(service ? { service } : {}) });
  }
  return rewrite(error, 'Internal server error', { code: 'INTERNAL_SERVER_ERROR', kind: 'INTERNAL' });
}

/** PostgreSQL stores no NUL, in text (22021) or in JSON (22P05): the input's fault, wherever it was met. */
const isUnstorable = (cause: unknown): boolean => ['22021', '22P05'].includes(sqlStateOf(cause));

/** Path of the first argument of the field that failed in which a NUL stands; null where what was refused came from elsewhere. */
function unstorableArgument({ nodes = [] }: GraphQLError, variables: ErrorOrigin['variables']): string | null {
  for (const node of nodes) {
    if (node.kind !== Kind.FIELD) continue;
    for (const { name, value } of node.arguments ?? []) {
      const path = pathOfNul(valueFromASTUntyped(value, variables), name.value);
      if (path !== null) return path;
    }
  }
  return null;
}

function pathOfNul(value: unknown, path: string): string | null {
  if (typeof value === 'string') return value.includes('\0') ? path : null;
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, part] of Object.entries(value)) {
    const found = pathOfNul(part, `${path}.${key}`);
    if (found !== null) return found;
  }
  return null;
}

const statementTimeout = '57014';
const sqlStateOf = (cause: unknown): string => String((cause as { code?: unknown }).code);

const rewrite = (error: GraphQLError, message: string, extensions: Record<string, unknown>): GraphQLError =>
  new GraphQLError(message, { nodes: error.nodes, path: error.path, extensions });
