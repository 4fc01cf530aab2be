import { DomainError, o310 } from '@casebridge/kernel';

/** Perishable goods of which no evidence was preserved. */
export class GoodsNotPreserved extends DomainError {
  readonly code = 'GOODS_NOT_PRESERVED';
  readonly kind = 'CONFLICT';
  constructor(state: string) {
    super('Evidence of perishable goods is preserved before they are disposed of', { state, basis: o310('4') });
  }
}

/** Goods that the criminal proceedings may still need. */
export class GoodsStillEvidence extends DomainError {
  readonly code = 'GOODS_STILL_EVIDENCE';
  readonly kind = 'CONFLICT';
  constructor(state: string) {
    super('Goods that keep are disposed of or returned once the proceedings are over, and no remedy against a refusal to file is open', { state, basis: o310('12') });
  }
}
