import { DomainError } from '@casebridge/kernel';
import { GraphQLError } from 'graphql';

/** The directives of the schema ask more of the reader than the token gives. */
export class UnauthorizedFieldOrType extends DomainError {
  readonly code = 'UNAUTHORIZED_FIELD_OR_TYPE';
  readonly kind = 'FORBIDDEN';
  constructor() {
    super('Unauthorized field or type');
  }
}

/** This gateway answers nobody without a token. */
export class AuthenticationRequired extends DomainError {
  readonly code = 'AUTH_ERROR';
  readonly kind = 'UNAUTHENTICATED';
  constructor() {
    super('unauthenticated');
  }
}

/** A supergraph whose rights cannot be enforced as it writes them: the gateway does not start on it. */
export class UnenforceableSupergraph extends Error {
  constructor(
    /** One line each. */
    readonly faults: readonly string[],
  ) {
    super(`The rights in the supergraph cannot be enforced:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.name = 'UnenforceableSupergraph';
  }
}

const refusal = new UnauthorizedFieldOrType();

/** @param path - response keys, `@` for the elements of a list, `... on T` for a fragment */
export function unauthorized(path: readonly string[], message = refusal.message): GraphQLError {
  return new GraphQLError(message, { path: [...path], extensions: { code: refusal.code, kind: refusal.kind } });
}
