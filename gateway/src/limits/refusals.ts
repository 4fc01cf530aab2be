import type { ErrorKind } from '@casebridge/kernel';
import { type ASTNode, GraphQLError } from 'graphql';

/** Every refusal of a document or an operation that happens before a service is asked: its kind, and its status over HTTP. */
export const refusals = {
  DOCUMENT_TOO_LONG: { kind: 'BAD_USER_INPUT', status: 400 },
  NESTING_LIMIT_EXCEEDED: { kind: 'BAD_USER_INPUT', status: 400 },
  TOKEN_LIMIT_EXCEEDED: { kind: 'BAD_USER_INPUT', status: 400 },
  GRAPHQL_PARSE_FAILED: { kind: 'BAD_USER_INPUT', status: 400 },
  DEFINITION_LIMIT_EXCEEDED: { kind: 'BAD_USER_INPUT', status: 400 },
  DEPTH_LIMIT_EXCEEDED: { kind: 'BAD_USER_INPUT', status: 400 },
  ALIAS_LIMIT_EXCEEDED: { kind: 'BAD_USER_INPUT', status: 400 },
  DIRECTIVE_LIMIT_EXCEEDED: { kind: 'BAD_USER_INPUT', status: 400 },
  ROOT_FIELD_LIMIT_EXCEEDED: { kind: 'BAD_USER_INPUT', status: 400 },
  FIELD_LIMIT_EXCEEDED: { kind: 'BAD_USER_INPUT', status: 400 },
  REPEAT_LIMIT_EXCEEDED: { kind: 'BAD_USER_INPUT', status: 400 },
  GRAPHQL_VALIDATION_FAILED: { kind: 'BAD_USER_INPUT', status: 400 },
  OPERATION_RESOLUTION_FAILURE: { kind: 'BAD_USER_INPUT', status: 400 },
  BAD_REQUEST: { kind: 'BAD_USER_INPUT', status: 400 },
  BAD_USER_INPUT: { kind: 'BAD_USER_INPUT', status: 400 },
  VARIABLE_LIMIT_EXCEEDED: { kind: 'BAD_USER_INPUT', status: 400 },
  SLICING_ARGUMENT_REQUIRED: { kind: 'BAD_USER_INPUT', status: 400 },
  COST_LIMIT_EXCEEDED: { kind: 'BAD_USER_INPUT', status: 400 },
  PERSISTED_QUERY_NOT_FOUND: { kind: 'NOT_FOUND', status: 200 }, // clients of this protocol answer it by sending the text; many give up on another status
  PERSISTED_QUERY_NOT_SUPPORTED: { kind: 'BAD_USER_INPUT', status: 400 },
  DOCUMENT_NOT_TRUSTED: { kind: 'FORBIDDEN', status: 403 },
  INTROSPECTION_FORBIDDEN: { kind: 'FORBIDDEN', status: 403 },
  BUDGET_EXHAUSTED: { kind: 'UNAVAILABLE', status: 429 },
  CONCURRENCY_LIMIT: { kind: 'UNAVAILABLE', status: 429 },
  GATEWAY_BUSY: { kind: 'UNAVAILABLE', status: 503 },
} as const satisfies Record<string, { kind: ErrorKind; status: number }>;

export type RefusalCode = keyof typeof refusals;

/** Of a message, in characters: what a client sent comes back in some, and may be a megabyte. */
const longestMessage = 400;

/**
 * A refusal as the client gets it: `extensions { code, kind, … }`.
 *
 * @param more - e.g. `{ limit, found }`
 */
export function refusal(code: RefusalCode, message: string, more: Readonly<Record<string, unknown>> = {}, nodes?: readonly ASTNode[]): GraphQLError {
  const text = message.length > longestMessage ? `${message.slice(0, longestMessage)}…` : message;
  return new GraphQLError(text.replace(/\p{Surrogate}/gu, '\uFFFD'), { ...(nodes ? { nodes } : {}), extensions: { code, kind: refusals[code].kind, ...more } });
}
