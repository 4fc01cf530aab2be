import { DomainError, o44 } from '@casebridge/kernel';

/** Measures rest on an entry that is on the list. */
export class ListingNotInForce extends DomainError {
  readonly code = 'LISTING_NOT_IN_FORCE';
  readonly kind = 'CONFLICT';
  constructor(state: string) {
    super('The party is not on the published list', { state, basis: o44('15') });
  }
}

export class MeasureAlreadyOrdered extends DomainError {
  readonly code = 'MEASURE_ALREADY_ORDERED';
  readonly kind = 'CONFLICT';
  constructor(state: string) {
    super('This measure is ordered of this agency already', { state, basis: o44('15') });
  }
}
