import { type Citation, DomainError, houseRule, o45 } from '@casebridge/kernel';

/** The party is registered in the authority's own province, or what was owed to the other one was done. */
export class PushNotOwed extends DomainError {
  readonly code = 'PUSH_NOT_OWED';
  readonly kind = 'CONFLICT';
  constructor(state: string, done: boolean) {
    super(done ? 'It was pushed to the province of registration already' : 'The party is not registered in another province', { state, basis: o45(10) });
  }
}

export class DeferralRuns extends DomainError {
  readonly code = 'DEFERRAL_RUNS';
  readonly kind = 'CONFLICT';
  constructor(state: string, basis: Citation = houseRule('暂缓公示')) {
    super('Publication of the case is deferred already', { state, basis });
  }
}
