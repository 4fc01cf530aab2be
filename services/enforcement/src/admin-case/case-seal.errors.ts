import { DomainError } from '@casebridge/kernel';

export class AlreadySealed extends DomainError {
  readonly code = 'ALREADY_SEALED';
  readonly kind = 'CONFLICT';
  constructor() {
    super('This case is sealed already', { state: 'SEALED' });
  }
}

export class NotSealed extends DomainError {
  readonly code = 'NOT_SEALED';
  readonly kind = 'CONFLICT';
  constructor() {
    super('This case is not sealed', { state: 'OPEN' });
  }
}

export class AlreadyExcluded extends DomainError {
  readonly code = 'ALREADY_EXCLUDED';
  readonly kind = 'CONFLICT';
  constructor() {
    super('This officer is excluded from the case already', { state: 'EXCLUDED' });
  }
}

export class NotExcluded extends DomainError {
  readonly code = 'NOT_EXCLUDED';
  readonly kind = 'CONFLICT';
  constructor() {
    super('This officer is not excluded from the case', { state: 'ADMITTED' });
  }
}
