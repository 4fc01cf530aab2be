import { DomainError } from '@casebridge/kernel';

export class AuthenticationRequired extends DomainError {
  readonly code = 'AUTHENTICATION_REQUIRED';
  readonly kind = 'UNAUTHENTICATED';
  constructor() {
    super('This act needs the token of an officer');
  }
}
