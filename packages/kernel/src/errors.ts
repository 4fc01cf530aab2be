import type { Citation } from './citation';

/** What kind of refusal it is, independent of its code; clients branch on it. */
export type ErrorKind = 'NOT_FOUND' | 'FORBIDDEN' | 'CONFLICT' | 'BAD_USER_INPUT' | 'UNAUTHENTICATED' | 'UNAVAILABLE';

export interface ErrorDetails {
  /** The input field at fault, as a path such as `input.gaps.0`. */
  readonly field?: string;
  /** The state the record was in when the act was refused. */
  readonly state?: string;
  /** The article that the refusal rests on. */
  readonly basis?: Citation;
}

/** A refusal that a client may read word for word. Everything else that is thrown is a bug and keeps its words to itself. */
export abstract class DomainError extends Error {
  abstract readonly code: string;
  abstract readonly kind: ErrorKind;
  readonly field?: string;
  readonly state?: string;
  readonly basis?: Citation;

  constructor(message: string, details: ErrorDetails = {}) {
    super(message);
    this.name = new.target.name;
    if (details.field !== undefined) this.field = details.field;
    if (details.state !== undefined) this.state = details.state;
    if (details.basis !== undefined) this.basis = details.basis;
  }
}

/** What one may not see and what does not exist answer alike. */
export class NotFound extends DomainError {
  readonly code = 'NOT_FOUND';
  readonly kind = 'NOT_FOUND';
  constructor(noun = 'Record') {
    super(`${noun} not found`);
  }
}

/** The reader sees the record, but this act is not his. */
export class Forbidden extends DomainError {
  readonly code = 'FORBIDDEN';
  readonly kind = 'FORBIDDEN';
}

/** The input breaks a rule; `field` names it. */
export class BadUserInput extends DomainError {
  readonly code = 'BAD_USER_INPUT';
  readonly kind = 'BAD_USER_INPUT';
  constructor(field: string, rule: string, basis?: Citation) {
    super(`${field}: ${rule}`, { field, ...(basis ? { basis } : {}) });
  }
}

/** The record changed under the caller: a lost race or a stale `expectedVersion`. */
export class Conflict extends DomainError {
  readonly code = 'CONFLICT';
  readonly kind = 'CONFLICT';
}
