import { DomainError, o310 } from '@casebridge/kernel';

/** The decision of the police not to file can still be fought. */
export class RemedyStillOpen extends DomainError {
  readonly code = 'REMEDY_STILL_OPEN';
  readonly kind = 'CONFLICT';
  constructor() {
    super('The time for reconsideration and supervision has not run out yet', { state: 'NOT_FILED', basis: o310('9') });
  }
}
