import { DomainError } from '@casebridge/kernel';

/** Every fault of a file of regions, at once. */
export class RegionFileInvalid extends DomainError {
  readonly code = 'REGION_FILE_INVALID';
  readonly kind = 'BAD_USER_INPUT';
  constructor(readonly faults: readonly string[]) {
    super(`The file of regions has ${faults.length} fault(s):\n${faults.join('\n')}`);
  }
}
