import { type Citation, DomainError, o107 } from '@casebridge/kernel';

/** Refusals that the record or the party stands behind; of an application for nothing yet there is no state. */
abstract class RepairRefusal extends DomainError {
  constructor(words: string, state: string | null, basis: Citation) {
    super(words, { basis, ...(state === null ? {} : { state }) });
  }
}

export class NotRepairable extends RepairRefusal {
  readonly code = 'NOT_REPAIRABLE';
  readonly kind = 'CONFLICT';
}

export class RepairTooEarly extends RepairRefusal {
  readonly code = 'REPAIR_TOO_EARLY';
  readonly kind = 'CONFLICT';
  constructor(state: string | null, from: string) {
    super(`Repair is possible from ${from} on`, state, o107('7-9'));
  }
}

/** A repair of the party was revoked for fraud. */
export class RepairBarred extends RepairRefusal {
  readonly code = 'REPAIR_BARRED';
  readonly kind = 'CONFLICT';
  constructor(state: string | null, lastDay: string) {
    super(`No application of this party is accepted until ${lastDay}, since a repair was obtained by fraud`, state, o107('23'));
  }
}

export class RepairUnderWay extends RepairRefusal {
  readonly code = 'REPAIR_UNDER_WAY';
  readonly kind = 'CONFLICT';
  constructor(state: string | null) {
    super('A repair of this record is under way or done', state, o107('14'));
  }
}

export class RepairDocumentsMissing extends RepairRefusal {
  readonly code = 'REPAIR_DOCUMENTS_MISSING';
  readonly kind = 'CONFLICT';
  constructor(state: string, missing: readonly string[]) {
    super(`Missing: ${missing.join(', ')}`, state, o107('14'));
  }
}

/** What is missing is told once. */
export class CorrectionsRequestedAlready extends RepairRefusal {
  readonly code = 'CORRECTIONS_REQUESTED_ALREADY';
  readonly kind = 'CONFLICT';
  constructor(state: string) {
    super('The applicant was told once already what is missing', state, o107('14'));
  }
}

export class RepairExtendedAlready extends RepairRefusal {
  readonly code = 'REPAIR_EXTENDED_ALREADY';
  readonly kind = 'CONFLICT';
  constructor(state: string) {
    super('The time for the decision was extended already, or is none that is extended', state, o107('16'));
  }
}

export class SameActAgain extends RepairRefusal {
  readonly code = 'SAME_ACT_AGAIN';
  readonly kind = 'CONFLICT';
  constructor(state: string) {
    super('The party has had another penalty for the same kind of act since', state, o107('11'));
  }
}

/** The entry in the dishonesty list that came of the decision ends by early exit, with conditions of its own. */
export class ListingStillInForce extends RepairRefusal {
  readonly code = 'LISTING_STILL_IN_FORCE';
  readonly kind = 'CONFLICT';
  constructor(state: string) {
    super('The decision stands in the serious-dishonesty list; early exit comes first', state, o107('13'));
  }
}

export class OtherKindOfRepair extends RepairRefusal {
  readonly code = 'OTHER_KIND_OF_REPAIR';
  readonly kind = 'CONFLICT';
}
