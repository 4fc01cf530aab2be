import type { PenaltyDecisionEntity, PenaltyItemEntity } from '@casebridge/enforcement';

/** What `recordPenaltyDecision` was asked with for a decision of the demo. */
export const decisionInput = (decision: PenaltyDecisionEntity, items: readonly PenaltyItemEntity[]): Record<string, unknown> => ({
  documentNo: decision.documentNo, decidedOn: decision.decidedOn, tier: decision.tier, gainsFen: decision.gainsFen, noPersonalPenaltyReason: decision.noPersonalPenaltyReason,
  items: items.map((i) => ({
    kind: i.kind, partyKind: i.partyKind, partyName: i.partyName, amountFen: i.amountFen, basis: { instrument: i.basisInstrument, article: i.basisArticle },
    startsOn: i.startsOn, endsOn: i.endsOn, forLife: i.forLife,
  })),
});
