import { DomainError } from '@casebridge/kernel';

/** What was sent is not a bearer token of the hub: shape, size, header or claims cannot be read. */
export class TokenMalformed extends DomainError {
  readonly code = 'TOKEN_MALFORMED';
  readonly kind = 'UNAUTHENTICATED';
  constructor() {
    super('The bearer token cannot be read');
  }
}

/** Algorithm, signature, audience, issuer's agency or start of validity do not hold; which of them is not told. */
export class TokenInvalid extends DomainError {
  readonly code = 'TOKEN_INVALID';
  readonly kind = 'UNAUTHENTICATED';
  constructor() {
    super('The bearer token is not valid here');
  }
}

export class TokenExpired extends DomainError {
  readonly code = 'TOKEN_EXPIRED';
  readonly kind = 'UNAUTHENTICATED';
  constructor() {
    super('The bearer token has expired');
  }
}

/** No active agency of the registry has this issuer. */
export class AgencyUnknown extends DomainError {
  readonly code = 'AGENCY_UNKNOWN';
  readonly kind = 'UNAUTHENTICATED';
  constructor() {
    super('The issuer of the bearer token belongs to no active agency');
  }
}

/** The token, or every token of its officer up to then, was revoked. */
export class TokenRevoked extends DomainError {
  readonly code = 'TOKEN_REVOKED';
  readonly kind = 'UNAUTHENTICATED';
  constructor() {
    super('The bearer token has been revoked');
  }
}

/** The keys of the issuer cannot be fetched now; the same token may be good in a moment. */
export class IssuerUnavailable extends DomainError {
  readonly code = 'ISSUER_UNAVAILABLE';
  readonly kind = 'UNAVAILABLE';
  constructor() {
    super('The keys of the token issuer cannot be fetched at the moment');
  }
}

/** The agency registry is not loaded yet: nobody can be told from anybody. */
export class DirectoryUnavailable extends DomainError {
  readonly code = 'DIRECTORY_UNAVAILABLE';
  readonly kind = 'UNAVAILABLE';
  constructor() {
    super('The agency registry is not loaded yet');
  }
}

/** A service was called by something other than the gateway. */
export class NotAdmitted extends DomainError {
  readonly code = 'NOT_ADMITTED';
  readonly kind = 'UNAUTHENTICATED';
  constructor() {
    super('This service answers the gateway only');
  }
}
