import type { DisclosureStatus } from '@casebridge/contracts';
import { defineMachine, o107, o45, unchanged } from '@casebridge/kernel';

/** Still on the public side: shown, unless its period is over, it was stopped or its case is deferred. */
const open = ['PUBLISHED', 'CORRECTION_PROPOSED', 'WITHDRAWAL_PROPOSED'] as const;

/**
 * The publication of a decision (行政处罚信息公示). A served decision is public without any act; the acts say what the authority does about it.
 * The end of the period and a deferral are no states of the record: they are read off the days and off the deferral of the case.
 */
export const disclosureMachine = defineMachine<DisclosureStatus>()('PUBLISHED', {
  storeDisclosureText: { from: ['PUBLISHED'], to: unchanged, basis: o45(4) },
  clearDisclosure: { from: ['PUBLISHED', 'WITHHELD'], to: 'PUBLISHED', basis: o45(5) },
  withholdDisclosure: { from: ['WITHDRAWAL_PROPOSED'], to: 'WITHHELD', basis: o45(5) },
  recordDisclosurePush: { from: [...open], to: unchanged, basis: o45(10) },
  proposeDisclosureCorrection: { from: ['PUBLISHED'], to: 'CORRECTION_PROPOSED', basis: o45(12) },
  approveDisclosureCorrection: { from: ['CORRECTION_PROPOSED'], to: 'PUBLISHED', basis: o45(12) },
  rejectDisclosureCorrection: { from: ['CORRECTION_PROPOSED'], to: 'PUBLISHED', basis: o45(12) },
  proposeDisclosureWithdrawal: { from: ['PUBLISHED'], to: 'WITHDRAWAL_PROPOSED', basis: o45(11) },
  approveDisclosureWithdrawal: { from: ['WITHDRAWAL_PROPOSED'], to: 'WITHDRAWN', basis: o45(11) },
  rejectDisclosureWithdrawal: { from: ['WITHDRAWAL_PROPOSED'], to: 'PUBLISHED', basis: o45(11) },
  /** By the event that the decision was changed, revoked, confirmed illegal or is void. */
  withdrawOverturnedDisclosure: { from: [...open, 'WITHHELD'], to: 'WITHDRAWN', basis: o45(11) },
  /** By a later row of the record in which a decision was imported: it reads otherwise, is not to be shown any more, or is again. */
  correctImportedDisclosure: { from: [...open, 'WITHHELD'], to: unchanged, basis: o45(12) },
  withdrawImportedDisclosure: { from: [...open, 'WITHHELD'], to: 'WITHDRAWN', basis: o45(11) },
  republishImportedDisclosure: { from: ['WITHDRAWN'], to: 'PUBLISHED', basis: o45(12) },
  /** By credit repair: what is decided there ends the showing here, or what was ended is shown again. */
  stopDisclosure: { from: [...open, 'WITHHELD'], to: unchanged, basis: o107('17') },
  restartDisclosure: { from: [...open, 'WITHHELD'], to: unchanged, basis: o107('22-23') },
});

export type DisclosureActName = (typeof disclosureMachine.acts)[number];
