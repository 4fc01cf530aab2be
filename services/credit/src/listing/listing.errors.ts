import { DomainError, o107, o44, proc } from '@casebridge/kernel';

/** The party may still state, defend, or ask for a hearing. */
export class StatementPeriodRuns extends DomainError {
  readonly code = 'STATEMENT_PERIOD_RUNS';
  readonly kind = 'CONFLICT';
  constructor(state: string, lastDay: string) {
    super(`The party may state, defend and ask for a hearing until ${lastDay}`, { state, basis: proc('57') });
  }
}

/** A decision of a city or county needs the consent of the agency above; there is such an agency, and it has not consented. */
export class ConsentRequired extends DomainError {
  readonly code = 'CONSENT_REQUIRED';
  readonly kind = 'CONFLICT';
  constructor(state: string) {
    super('The agency above must consent first', { state, basis: o44('22') });
  }
}

export class ConsentNotNeeded extends DomainError {
  readonly code = 'CONSENT_NOT_NEEDED';
  readonly kind = 'CONFLICT';
  constructor(state: string) {
    super('There is no agency above whose consent would be needed', { state, basis: o44('22') });
  }
}

export class ExitTooEarly extends DomainError {
  readonly code = 'EXIT_TOO_EARLY';
  readonly kind = 'CONFLICT';
  constructor(state: string, from: string | null) {
    super(from === null ? 'A listing that rests on a restriction for life has no early exit' : `Early exit may be asked for from ${from} on`, { state, basis: o107('13') });
  }
}

export class NewHeavyPenalty extends DomainError {
  readonly code = 'NEW_HEAVY_PENALTY';
  readonly kind = 'CONFLICT';
  constructor(state: string) {
    super('The party has had another heavy penalty since it was listed', { state, basis: o44('16') });
  }
}

export class AlreadyExtended extends DomainError {
  readonly code = 'ALREADY_EXTENDED';
  readonly kind = 'CONFLICT';
  constructor(state: string) {
    super('The time for the decision was extended already', { state, basis: o107('16') });
  }
}
