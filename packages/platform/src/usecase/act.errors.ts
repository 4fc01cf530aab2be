import { type Citation, DomainError, type ErrorKind } from '@casebridge/kernel';

/** What a refused act is told beside the reason: nobody can make the refusal without it. */
export interface Standing {
  /** The state that the record is in; null only where the act is on no record that there is. */
  readonly state: string | null;
  /** The article that the refusal rests on, or else the act; a house rule where neither says so. */
  readonly basis: Citation;
}

/** A refusal of an act as it leaves its service: code, field and words of the rule that refused, with where the record stands. */
export class ActRefused extends DomainError {
  readonly code: string;
  readonly kind: ErrorKind;
  constructor(refusal: DomainError, { state, basis }: Standing) {
    super(refusal.message, { basis, ...(refusal.field === undefined ? {} : { field: refusal.field }), ...(state === null ? {} : { state }) });
    this.code = refusal.code;
    this.kind = refusal.kind;
    this.cause = refusal;
  }
}
