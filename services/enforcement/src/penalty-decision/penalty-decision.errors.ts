import { DomainError, houseRule } from '@casebridge/kernel';
import type { Finding } from './penalty-article.rule';

export class DocumentNoTaken extends DomainError {
  readonly code = 'DOCUMENT_NO_TAKEN';
  readonly kind = 'CONFLICT';
  constructor() {
    super('A decision with this number is recorded already', { field: 'input.documentNo', basis: houseRule('文号唯一') });
  }
}

/** The decision breaks a rule of law whose text was read. */
export class UnlawfulDecision extends DomainError {
  readonly code = 'UNLAWFUL_DECISION';
  readonly kind = 'BAD_USER_INPUT';
  constructor({ code, message, field, basis }: Finding) {
    super(`${field}: ${message} (${code})`, { field, basis });
  }
}

export class AlreadyServed extends DomainError {
  readonly code = 'ALREADY_SERVED';
  readonly kind = 'CONFLICT';
  constructor() {
    super('The service of this decision is recorded already', { state: 'SERVED' });
  }
}
