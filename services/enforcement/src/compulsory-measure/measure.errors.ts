import { type Citation, DomainError } from '@casebridge/kernel';

/** What may be done with sealed or seized goods is not done with preserved ones, and the other way round. */
export class MeasureOfOtherKind extends DomainError {
  readonly code = 'MEASURE_OF_OTHER_KIND';
  readonly kind = 'CONFLICT';
  constructor(state: string, basis: Citation) {
    super('This act is not for a measure of this kind', { state, basis });
  }
}

/** After the decision on a case no new measure is taken in it. */
export class NoMeasureInThisState extends DomainError {
  readonly code = 'NO_MEASURE_IN_THIS_STATE';
  readonly kind = 'CONFLICT';
  constructor(state: string, basis: Citation) {
    super(`No compulsory measure is taken in a case in state ${state}`, { state, basis });
  }
}
