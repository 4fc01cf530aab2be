import { apl2021, type Citation, DomainError } from '@casebridge/kernel';
import type { Finding } from '../penalty-decision/penalty-article.rule';

/** The state allows the step, but one that must go before it is missing, or it has been taken. */
export class StepOutOfOrder extends DomainError {
  readonly code = 'STEP_OUT_OF_ORDER';
  readonly kind = 'CONFLICT';
  constructor(message: string, state: string, basis: Citation) {
    super(message, { state, basis });
  }
}

export class PeriodAlreadyExtended extends DomainError {
  readonly code = 'PERIOD_ALREADY_EXTENDED';
  readonly kind = 'CONFLICT';
  constructor(state: string, basis: Citation) {
    super('This period has been extended already', { state, basis });
  }
}

/** What is over cannot be made longer. */
export class PeriodOver extends DomainError {
  readonly code = 'PERIOD_OVER';
  readonly kind = 'CONFLICT';
  constructor(state: string, basis: Citation) {
    super('This period is over; it cannot be extended any more', { state, basis });
  }
}

/** The step breaks a rule of law whose text was read. */
export class UnlawfulStep extends DomainError {
  readonly code = 'UNLAWFUL_STEP';
  readonly kind = 'BAD_USER_INPUT';
  constructor({ code, message, field, basis }: Pick<Finding, 'code' | 'message' | 'field' | 'basis'>) {
    super(`${field}: ${message} (${code})`, { field, basis });
  }
}

/** What overturns a decision is recorded by one person and confirmed by another. */
export class ConfirmedByWhoRecorded extends DomainError {
  readonly code = 'CONFIRMED_BY_WHO_RECORDED';
  readonly kind = 'FORBIDDEN';
  constructor(basis: Citation) {
    super('Who recorded that a decision is overturned may not confirm it', { basis });
  }
}

/** Who handles a case does not review it. */
export class ReviewedByCaseOfficer extends DomainError {
  readonly code = 'REVIEWED_BY_CASE_OFFICER';
  readonly kind = 'FORBIDDEN';
  constructor() {
    super('An officer of the case may not review it', { basis: apl2021('58') });
  }
}
