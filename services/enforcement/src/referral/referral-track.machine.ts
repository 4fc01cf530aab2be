import type { ReferralTrackKind, ReferralTrackState } from '@casebridge/contracts';
import { cpl2018, dal2019, defineMachine, m41, mps2020, o310, sppr2019 } from '@casebridge/kernel';

/**
 * What runs beside the main track: 复议 reconsideration, 立案监督 supervision of the filing, 反向移送 reverse transfer. `null` is a track that
 * has not begun. An act has the name of its mutation; a decision on reconsideration is two acts here, by its outcome.
 */
export const trackMachine = defineMachine<ReferralTrackState>()(null, {
  requestReconsideration: { from: [null], to: 'REQUESTED', basis: o310('9(1)') },
  reverseRefusal: { from: ['REQUESTED'], to: 'REVERSED', basis: o310('9(2)') },
  upholdRefusal: { from: ['REQUESTED'], to: 'UPHELD', basis: o310('9(2)') },

  /** The police filed: there is nothing left to reconsider. */
  settleByFiling: { from: ['REQUESTED', 'REVERSED'], to: 'COMPLIED', basis: o310('9(2)') },

  proposeFilingSupervision: { from: [null], to: 'PROPOSED', basis: o310('9') },
  /** The procuratorate may begin of its own accord. */
  requestNonFilingExplanation: { from: [null, 'PROPOSED'], to: 'EXPLANATION_REQUESTED', basis: sppr2019('558-560') },
  explainNonFiling: { from: ['EXPLANATION_REQUESTED'], to: 'EXPLAINED', basis: mps2020('182(1)') },
  acceptNonFilingReasons: { from: ['EXPLAINED'], to: 'REASONS_ACCEPTED', basis: sppr2019('561(2)') },
  /** Without an explanation only when the time for it is over. */
  orderFiling: { from: ['EXPLANATION_REQUESTED', 'EXPLAINED'], to: 'FILING_ORDERED', basis: sppr2019('561(1), 563') },
  issueCorrectionNotice: { from: ['FILING_ORDERED'], to: 'CORRECTION_NOTICE_ISSUED', basis: sppr2019('564(2)') },
  /** The police filed, ordered or not. */
  complyByFiling: { from: ['PROPOSED', 'EXPLANATION_REQUESTED', 'EXPLAINED', 'FILING_ORDERED', 'CORRECTION_NOTICE_ISSUED'], to: 'COMPLIED', basis: mps2020('182(2)') },
  /** The referral has gone to other police, or back; or what was accepted was a delay, and a refusal has followed it. No order is escaped by it. */
  overtake: { from: ['PROPOSED', 'EXPLANATION_REQUESTED', 'EXPLAINED', 'REASONS_ACCEPTED'], to: 'OVERTAKEN', basis: o310('7') },

  /** Again once the earlier one is answered. */
  sendReverseTransfer: { from: [null, 'OUTCOME_RETURNED'], to: 'SENT', basis: dal2019('113(2)') },
  acceptReverseTransfer: { from: ['SENT'], to: 'ACCEPTED', basis: m41('15') },
  returnAdministrativeOutcome: { from: ['ACCEPTED'], to: 'OUTCOME_RETURNED', basis: cpl2018('177(3)') },
  /** The police filed after all, on an order: the case waits for the criminal proceedings again. */
  overtakeReverseTransfer: { from: ['SENT', 'ACCEPTED'], to: 'OVERTAKEN', basis: o310('8') },
});

export type TrackAct = (typeof trackMachine.acts)[number];

export const trackOf: Readonly<Record<TrackAct, ReferralTrackKind>> = {
  requestReconsideration: 'RECONSIDERATION', reverseRefusal: 'RECONSIDERATION', upholdRefusal: 'RECONSIDERATION', settleByFiling: 'RECONSIDERATION',
  proposeFilingSupervision: 'SUPERVISION', requestNonFilingExplanation: 'SUPERVISION', explainNonFiling: 'SUPERVISION', acceptNonFilingReasons: 'SUPERVISION',
  orderFiling: 'SUPERVISION', issueCorrectionNotice: 'SUPERVISION', complyByFiling: 'SUPERVISION', overtake: 'SUPERVISION',
  sendReverseTransfer: 'REVERSE_TRANSFER', acceptReverseTransfer: 'REVERSE_TRANSFER', returnAdministrativeOutcome: 'REVERSE_TRANSFER',
  overtakeReverseTransfer: 'REVERSE_TRANSFER',
};
