import { DomainError, type ErrorKind } from '@casebridge/kernel';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { CostLimitExceeded } from './limits/limits.errors';
import { refusals } from './limits/refusals';

/** A service refused the connection, answered nonsense or nothing in time. Where and why is in the log. */
export class ServiceUnavailable extends DomainError {
  readonly code = 'SERVICE_UNAVAILABLE';
  readonly kind = 'UNAVAILABLE';
  constructor(readonly service: string) {
    super(`${service} is unavailable`);
  }
}

/** More is asked of a service than it can take; it was not asked this. */
export class ServiceOverloaded extends DomainError {
  readonly code = 'SERVICE_OVERLOADED';
  readonly kind = 'UNAVAILABLE';
  constructor(readonly service: string) {
    super(`${service} has more work than it can do in time`);
  }
}

/** The time of the operation was over before the service had answered, or had been asked. */
export class DeadlineExceeded extends DomainError {
  readonly code = 'DEADLINE_EXCEEDED';
  readonly kind = 'UNAVAILABLE';
  constructor(readonly service: string) {
    super(`There was no time left for ${service}`);
  }
}

/** What was asked for is not for the public reader. */
export class TokenRequired extends DomainError {
  readonly code = 'TOKEN_REQUIRED';
  readonly kind = 'UNAUTHENTICATED';
  constructor() {
    super('A bearer token is needed');
  }
}

/** The agency of a live stream's reader has other functions, regions or another superior than when the stream began. */
export class AuthorizationChanged extends DomainError {
  readonly code = 'AUTHORIZATION_CHANGED';
  readonly kind = 'UNAUTHENTICATED';
  constructor() {
    super('What this agency may see has changed; connect again');
  }
}

/** Events came faster than they could be handed on. None was left out before this error: go on from the last cursor. */
export class SubscriptionBufferOverflow extends DomainError {
  readonly code = 'SUBSCRIPTION_BUFFER_OVERFLOW';
  readonly kind = 'UNAVAILABLE';
  constructor() {
    super('The reader of this stream is too slow; subscribe again from the last cursor');
  }
}

/** More live streams than this process, or this reader, may have. */
export class SubscriptionsExhausted extends DomainError {
  readonly code = 'SUBSCRIPTIONS_EXHAUSTED';
  readonly kind = 'UNAVAILABLE';
  constructor() {
    super('Too many live streams are open; close some, or try again later');
  }
}

/** The graph has changed, and no longer knows what this stream asks for. */
export class SubscriptionSchemaReload extends DomainError {
  readonly code = 'SUBSCRIPTION_SCHEMA_RELOAD';
  readonly kind = 'BAD_USER_INPUT';
  constructor() {
    super('The schema has changed and this subscription is not valid any more; look at the schema and subscribe anew');
  }
}

/** The gateway is about to end; another one, or this one in a moment, takes the request. */
export class GatewayDraining extends DomainError {
  readonly code = 'GATEWAY_DRAINING';
  readonly kind = 'UNAVAILABLE';
  constructor() {
    super('The gateway is going away; try again in a moment');
  }
}

export class RequestTooLarge extends DomainError {
  readonly code = 'REQUEST_TOO_LARGE';
  readonly kind = 'BAD_USER_INPUT';
  constructor(limitBytes: number) {
    super(`A request has at most ${limitBytes} bytes`);
  }
}

/** The body of a request did not come in time. */
export class RequestTimeout extends DomainError {
  readonly code = 'REQUEST_TIMEOUT';
  readonly kind = 'BAD_USER_INPUT';
  constructor(limitMs: number) {
    super(`A request is sent within ${limitMs / 1_000} s`);
  }
}

export class BadRequest extends DomainError {
  readonly code = 'BAD_REQUEST';
  readonly kind = 'BAD_USER_INPUT';
}

export class PathNotFound extends DomainError {
  readonly code = 'NOT_FOUND';
  readonly kind = 'NOT_FOUND';
}

/** `allowed` goes into the `Allow` header. */
export class MethodNotAllowed extends DomainError {
  readonly code = 'METHOD_NOT_ALLOWED';
  readonly kind = 'BAD_USER_INPUT';
  constructor(readonly allowed: readonly string[]) {
    super(`Allowed here: ${allowed.join(', ')}`);
  }
}

/** Neither of the two forms of an answer is among those that the client takes. */
export class NotAcceptable extends DomainError {
  readonly code = 'BAD_REQUEST';
  readonly kind = 'BAD_USER_INPUT';
  readonly status = 406;
  constructor() {
    super('An answer is application/json or application/graphql-response+json');
  }
}

/** Asked for like a query, a subscription would reach an executor that cannot serve it. */
export class SubscriptionOverHttp extends DomainError {
  readonly code = 'SUBSCRIPTION_OVER_HTTP';
  readonly kind = 'BAD_USER_INPUT';
  constructor() {
    super('A subscription is served as server-sent events (Accept: text/event-stream) or, where there is one, over a WebSocket (graphql-transport-ws)');
  }
}

const statusOfKind: Readonly<Record<ErrorKind, number>> = {
  UNAUTHENTICATED: 401, FORBIDDEN: 403, NOT_FOUND: 404, CONFLICT: 409, BAD_USER_INPUT: 400, UNAVAILABLE: 503,
};
const statusOfCode: Readonly<Record<string, number>> = {
  REQUEST_TIMEOUT: 408, REQUEST_TOO_LARGE: 413, FILE_TOO_LARGE: 413, METHOD_NOT_ALLOWED: 405, SUBSCRIPTION_OVER_HTTP: 405,
  ...Object.fromEntries(Object.entries(refusals).map(([code, { status }]) => [code, status])),
};

/** HTTP status of a refusal outside GraphQL. */
export const statusOf = (error: Pick<DomainError, 'code' | 'kind'>): number =>
  error instanceof NotAcceptable ? error.status : (statusOfCode[error.code] ?? statusOfKind[error.kind]);

/** A refusal as a GraphQL error: `extensions { code, kind, field?, state?, basis?, service?, limit?, found? }`. */
export function toGraphQLError(error: DomainError): GraphQLError {
  const { code, kind, field, state, basis } = error;
  return new GraphQLError(error.message, {
    extensions: {
      code, kind,
      ...(field === undefined ? {} : { field }),
      ...(state === undefined ? {} : { state }),
      ...(basis === undefined ? {} : { basis: { instrument: basis.instrument, article: basis.article } }),
      ...(error instanceof ServiceUnavailable || error instanceof ServiceOverloaded || error instanceof DeadlineExceeded ? { service: error.service } : {}),
      ...(error instanceof CostLimitExceeded ? { limit: error.limit, found: error.found } : {}),
    },
  });
}

/** A bug as clients get it; what it was is for the log. */
export const internalError = (cause: unknown): GraphQLError =>
  new GraphQLError('Internal server error', { originalError: cause instanceof Error ? cause : new Error(String(cause)), extensions: { code: 'INTERNAL_SERVER_ERROR', kind: 'INTERNAL' } });

const requestFaults: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'OPERATION_RESOLUTION_FAILURE', 'INVALID_GRAPHQL', 'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED', 'BAD_USER_INPUT', 'BAD_REQUEST',
]);
const bugCodes: ReadonlySet<unknown> = new Set([undefined, 'INTERNAL_SERVER_ERROR', 'DOWNSTREAM_SERVICE_ERROR']);
/** What names in a schema are like: the words of the library that checks documents. */
export const suggestion = / ?Did you mean .+?\?/gs;

/** Whether an error's words are not for clients: it has no code that somebody gave it on purpose. */
export const isBug = (error: GraphQLFormattedError): boolean => bugCodes.has(error.extensions?.['code']);

/**
 * An error as it leaves the hub. Of its extensions only those of the contract go out, so that nothing that a service or a
 * library adds (addresses, stack traces, names of types) goes with them; a bug keeps its words to itself.
 */
export function publicError(error: GraphQLFormattedError): GraphQLFormattedError {
  const place = {
    ...(error.locations ? { locations: error.locations } : {}),
    ...(error.path ? { path: error.path } : {}),
  };
  if (isBug(error)) return { message: 'Internal server error', ...place, extensions: { code: 'INTERNAL_SERVER_ERROR', kind: 'INTERNAL' } };
  const { code, kind, field, state, basis, service, limit, found, cursor } = error.extensions ?? {};
  const fault = requestFaults.has(code);
  return {
    message: fault ? error.message.replace(suggestion, '') : error.message,
    ...place,
    extensions: {
      code,
      ...(kind === undefined ? (fault ? { kind: 'BAD_USER_INPUT' } : {}) : { kind }),
      ...(field === undefined ? {} : { field }),
      ...(state === undefined ? {} : { state }),
      ...(basis === undefined ? {} : { basis }),
      ...(service === undefined ? {} : { service }),
      ...(limit === undefined ? {} : { limit, found }),
      ...(cursor === undefined ? {} : { cursor }),
    },
  };
}

/**
 * An error of services that are not this hub's: their words and extensions are theirs to choose, stack traces and names that a schema hides apart. What no service has said is
 * about the request, and has its kind like all that the gateway refuses.
 */
export function foreignError({ extensions, ...error }: GraphQLFormattedError): GraphQLFormattedError {
  const { exception: _exception, serviceName, stacktrace: _stacktrace, ...rest } = extensions ?? {};
  const kind = serviceName === undefined && requestFaults.has(rest['code']) ? { kind: 'BAD_USER_INPUT' } : {};
  return { ...error, message: error.message.replace(suggestion, ''), extensions: { ...kind, ...rest } };
}
