import { DomainError } from '@casebridge/kernel';

/** One operation would cost more than this door gives for one operation. */
export class CostLimitExceeded extends DomainError {
  readonly code = 'COST_LIMIT_EXCEEDED';
  readonly kind = 'BAD_USER_INPUT';
  constructor(
    readonly found: number,
    readonly limit: number,
  ) {
    super(`The operation may cost ${found}, and the limit is ${limit}; ask for shorter lists or less at once`);
  }
}

/** A list says that its length must be given by exactly one argument. */
export class SlicingArgumentRequired extends DomainError {
  readonly code = 'SLICING_ARGUMENT_REQUIRED';
  readonly kind = 'BAD_USER_INPUT';
  constructor(fieldName: string, slicingArguments: readonly string[], found: number) {
    super(`${fieldName} needs exactly one of ${slicingArguments.join(', ')}; ${found} are given`);
  }
}

/** The agency, or the public, has asked for more than its share for now. */
export class BudgetExhausted extends DomainError {
  readonly code = 'BUDGET_EXHAUSTED';
  readonly kind = 'UNAVAILABLE';
  constructor(
    cost: number,
    /** For the `Retry-After` header, at least 1. */
    readonly retryAfterSeconds: number,
  ) {
    super(`The budget does not reach for this operation, which costs ${cost}; try again in ${retryAfterSeconds} s`);
  }
}

/** This reader has too many operations under way and waiting. */
export class ConcurrencyLimit extends DomainError {
  readonly code = 'CONCURRENCY_LIMIT';
  readonly kind = 'UNAVAILABLE';
  readonly retryAfterSeconds = 1;
  constructor(readonly limit: number) {
    super(`At most ${limit} operations of one reader run at once; wait for the answers`);
  }
}

/** Who asked has gone while his operation waited for its turn: nothing ran, and nobody hears this. */
export class ClientGone extends DomainError {
  readonly code = 'CLIENT_GONE';
  readonly kind = 'UNAVAILABLE';
  constructor() {
    super('The client has gone');
  }
}

/** Everybody together has more operations waiting than can be answered in time. */
export class GatewayBusy extends DomainError {
  readonly code = 'GATEWAY_BUSY';
  readonly kind = 'UNAVAILABLE';
  readonly retryAfterSeconds = 1;
  constructor() {
    super('The gateway has more work than it can do in time; try again in a moment');
  }
}
