import { DomainError } from '@casebridge/kernel';

export class FileAlreadyCalledFor extends DomainError {
  readonly code = 'FILE_ALREADY_CALLED_FOR';
  readonly kind = 'CONFLICT';
  constructor() {
    super('Your agency has called for the file of this case already', { state: 'FILE_CALLED_FOR' });
  }
}
