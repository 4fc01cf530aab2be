import { DomainError, o310, sppr2019 } from '@casebridge/kernel';

/** The decision of the police not to file can still be fought. */
export class RemedyStillOpen extends DomainError {
  readonly code = 'REMEDY_STILL_OPEN';
  readonly kind = 'CONFLICT';
  constructor() {
    super('The time for reconsideration and supervision has not run out yet', { state: 'NOT_FILED', basis: o310('9') });
  }
}

/** The police refused, and nothing has reversed that. */
export class NoGroundToFile extends DomainError {
  readonly code = 'NO_GROUND_TO_FILE';
  readonly kind = 'CONFLICT';
  constructor() {
    super('After a refusal the police file on reconsideration or on the order of the procuratorate', { state: 'NOT_FILED', basis: sppr2019('563') });
  }
}
