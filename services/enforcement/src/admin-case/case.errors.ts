import { DomainError, houseRule } from '@casebridge/kernel';

export class CaseNoTaken extends DomainError {
  readonly code = 'CASE_NO_TAKEN';
  readonly kind = 'CONFLICT';
  constructor() {
    super('A case with this number is filed already', { field: 'input.caseNo', basis: houseRule('案号唯一') });
  }
}
