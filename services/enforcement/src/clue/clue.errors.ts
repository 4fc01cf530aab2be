import { DomainError, houseRule, proc } from '@casebridge/kernel';

/** The agency has a clue under this number of this source. */
export class ClueAlreadyRecorded extends DomainError {
  readonly code = 'CLUE_ALREADY_RECORDED';
  readonly kind = 'CONFLICT';
  /** @param known - where that clue stands, if it is open to the caller */
  constructor(known: { readonly id: string; readonly state: string } | null) {
    super(`A clue with this number of this source is recorded already${known ? `: ${known.id}` : ''}`, {
      field: 'input.sourceRef', basis: houseRule('线索来源编号唯一'), ...(known ? { state: known.state } : {}),
    });
  }
}

/** The period is extended once. */
export class ReviewAlreadyExtended extends DomainError {
  readonly code = 'REVIEW_ALREADY_EXTENDED';
  readonly kind = 'CONFLICT';
  constructor(state: string) {
    super('The period of this review has been extended already', { state, basis: proc('18') });
  }
}

/** What is over cannot be made longer: a clue that is late stays late. */
export class ReviewPeriodOver extends DomainError {
  readonly code = 'REVIEW_PERIOD_OVER';
  readonly kind = 'CONFLICT';
  constructor(state: string) {
    super('The period of this review is over; it cannot be extended any more', { state, basis: proc('18') });
  }
}
