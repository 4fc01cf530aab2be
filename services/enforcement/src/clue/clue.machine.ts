import type { ClueStatus } from '@casebridge/contracts';
import { defineMachine, houseRule, proc, unchanged } from '@casebridge/kernel';

/** A clue from intake to the decision whether a case is filed; `null` is a clue that is not recorded yet. What is decided of it stays. */
export const clueMachine = defineMachine<ClueStatus>()(null, {
  recordClue: { from: [null], to: 'RECEIVED', basis: proc('18') },
  beginClueVerification: { from: ['RECEIVED'], to: 'VERIFYING', basis: proc('18') },
  sendClueForTesting: { from: ['RECEIVED', 'VERIFYING'], to: 'AWAITING_TEST', basis: proc('18') },
  recordClueTestResult: { from: ['AWAITING_TEST'], to: 'VERIFYING', basis: proc('18') },
  extendClueReview: { from: ['RECEIVED', 'VERIFYING'], to: unchanged, basis: proc('18') },
  /** 经核查: a clue that nobody has looked at is neither filed nor declined. The evidence may do before the test is back. */
  fileCase: { from: ['VERIFYING', 'AWAITING_TEST'], to: 'FILED', basis: proc('19') },
  declineToFileCase: { from: ['VERIFYING'], to: 'NOT_FILED', basis: proc('20') },
  transferClue: { from: ['RECEIVED', 'VERIFYING'], to: 'TRANSFERRED', basis: proc('14, 17', 'NV') },
  mergeClue: { from: ['RECEIVED', 'VERIFYING'], to: 'MERGED', basis: houseRule('线索合并') },
});

export type ClueActName = (typeof clueMachine.acts)[number];
