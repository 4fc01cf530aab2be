import { DomainError } from '@casebridge/kernel';

/** The code, or the issuer, belongs to a registered agency. */
export class AgencyTaken extends DomainError {
  readonly code = 'AGENCY_TAKEN';
  readonly kind = 'CONFLICT';
  /** @param state - of the agency that has the code; an issuer that is taken says nothing of whose it is */
  constructor(field: 'code' | 'issuer', state?: string) {
    super(field === 'code' ? 'An agency with this code is registered already' : 'This issuer signs for another agency', {
      field: `input.${field}`, ...(state === undefined ? {} : { state }),
    });
  }
}

export class AgencyRetired extends DomainError {
  readonly code = 'AGENCY_RETIRED';
  readonly kind = 'CONFLICT';
  constructor() {
    super('This agency is retired', { state: 'RETIRED' });
  }
}

/** The superiors would run in a circle. */
export class SuperiorCycle extends DomainError {
  readonly code = 'SUPERIOR_CYCLE';
  readonly kind = 'CONFLICT';
  constructor(path: readonly string[]) {
    super(`The superiors would run in a circle: ${path.join(' > ')}`, { field: 'input.superior' });
  }
}

export class TokenAlreadyRevoked extends DomainError {
  readonly code = 'TOKEN_ALREADY_REVOKED';
  readonly kind = 'CONFLICT';
  constructor() {
    super('This token has been revoked already', { state: 'REVOKED' });
  }
}

/** Every fault of a registry file, at once. */
export class AgencyFileInvalid extends DomainError {
  readonly code = 'AGENCY_FILE_INVALID';
  readonly kind = 'BAD_USER_INPUT';
  constructor(readonly faults: readonly string[]) {
    super(`The file of agencies has ${faults.length} fault(s):\n${faults.join('\n')}`);
  }
}
