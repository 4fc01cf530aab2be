import { caseStatus, type CaseStatus } from '@casebridge/contracts';
import { ael2011, apl2021, arl2023, defineMachine, m41, proc, unchanged } from '@casebridge/kernel';

/** States from which the head of the agency may decide (APL art. 57): the case is filed and nothing has been decided. */
const open = ['FILED', 'INVESTIGATING', 'INVESTIGATION_CONCLUDED', 'UNDER_REVIEW', 'NOTICE_SERVED', 'HEARING'] as const satisfies readonly CaseStatus[];

/** Where a decision made earlier may still be outstanding: whatever the case has come to since, its service is owed (APL art. 61). */
const owingService = [...open, 'SUSPENDED', 'DECIDED', 'SERVED', 'IN_EXECUTION', 'CLOSED'] as const satisfies readonly CaseStatus[];

/** The party has been told what is intended, and may answer. */
const noticed = ['NOTICE_SERVED', 'HEARING'] as const satisfies readonly CaseStatus[];
/** The case is laid before those who review and decide. */
const concluded = ['INVESTIGATION_CONCLUDED', 'UNDER_REVIEW', ...noticed] as const satisfies readonly CaseStatus[];

/** The decision is served, and carried out. */
const executed = ['SERVED', 'IN_EXECUTION'] as const satisfies readonly CaseStatus[];
/** A decision that was served is paid, fought and corrected whatever its case has come to since: it waits, was closed, archived or reopened. */
const whatever = caseStatus.codes;

/** Acts on the administrative case that this service knows; referral acts move it to and from PENDING_CRIMINAL. */
export const caseMachine = defineMachine<CaseStatus>()('FILED', {
  /** A decision that is not served yet. A case that was transferred as a suspected crime (APL 57(1)(4)) is not among the states. */
  recordPenaltyDecision: { from: open, to: 'DECIDED', basis: apl2021('57(1)') },
  /** The same, served at once. */
  recordServedPenaltyDecision: { from: open, to: 'SERVED', basis: apl2021('61') },
  /** Penalties that need not wait for the criminal proceedings; the case goes on waiting. */
  recordPenaltyWhilePendingCriminal: { from: ['PENDING_CRIMINAL'], to: unchanged, basis: m41('14') },
  /** Service of the decision that the case was decided by. */
  recordPenaltyService: { from: ['DECIDED'], to: 'SERVED', basis: apl2021('61') },
  /** Service of a decision made earlier, such as one while the case waited: the case stays where it has come to since. */
  recordServiceOfEarlierDecision: { from: owingService, to: unchanged, basis: apl2021('61') },
  /** Service of such a penalty. */
  recordPenaltyServiceWhilePendingCriminal: { from: ['PENDING_CRIMINAL'], to: unchanged, basis: apl2021('61') },

  beginInvestigation: { from: ['FILED'], to: 'INVESTIGATING', basis: proc('22') },
  suspendCase: { from: ['INVESTIGATING'], to: 'SUSPENDED', basis: proc('46') },
  resumeCase: { from: ['SUSPENDED'], to: 'INVESTIGATING', basis: proc('46') },
  terminateCase: { from: ['INVESTIGATING', 'SUSPENDED'], to: 'TERMINATED', basis: proc('47') },
  beginExcludedTime: { from: open, to: unchanged, basis: proc('64') },
  endExcludedTime: { from: open, to: unchanged, basis: proc('64') },
  concludeInvestigation: { from: ['INVESTIGATING'], to: 'INVESTIGATION_CONCLUDED', basis: proc('48', 'NV') },
  sendCaseForReview: { from: ['INVESTIGATION_CONCLUDED'], to: 'UNDER_REVIEW', basis: proc('49') },
  extendCaseReview: { from: ['UNDER_REVIEW'], to: unchanged, basis: proc('49-55') },
  passCaseReview: { from: ['UNDER_REVIEW'], to: unchanged, basis: apl2021('58') },
  returnCaseFromReview: { from: ['UNDER_REVIEW'], to: 'INVESTIGATING', basis: proc('49-55') },
  discussCaseCollectively: { from: concluded, to: unchanged, basis: apl2021('57(2)') },
  /** Once more where something else is intended than was told. */
  serveCaseNotice: { from: ['UNDER_REVIEW', 'NOTICE_SERVED'], to: 'NOTICE_SERVED', basis: apl2021('44') },
  recordPartyStatement: { from: noticed, to: unchanged, basis: proc('57') },
  recordHearingRequest: { from: ['NOTICE_SERVED'], to: 'HEARING', basis: apl2021('64(1)') },
  notifyHearing: { from: ['HEARING'], to: unchanged, basis: apl2021('64(2)') },
  recordHearingHeld: { from: ['HEARING'], to: unchanged, basis: apl2021('63') },
  recordHearingAbandoned: { from: ['HEARING'], to: 'NOTICE_SERVED', basis: apl2021('64', 'NV') },
  extendDecision: { from: open, to: unchanged, basis: proc('64') },
  extendDecisionFurther: { from: open, to: unchanged, basis: proc('64') },
  /** Minor, not established, or another's; a notice need not have been served. */
  decideWithoutPenalty: { from: ['UNDER_REVIEW', ...noticed], to: 'DECIDED', basis: apl2021('57(1)') },

  recordFinePayment: { from: executed, to: 'IN_EXECUTION', basis: apl2021('67') },
  /** Payment where the case has come to something else since: it stays there. */
  recordPaymentInAnyState: { from: caseStatus.codes.filter((s) => s !== 'SERVED' && s !== 'IN_EXECUTION'), to: unchanged, basis: apl2021('67') },
  demandPerformance: { from: executed, to: 'IN_EXECUTION', basis: proc('76') },
  applyForCourtEnforcement: { from: ['IN_EXECUTION'], to: unchanged, basis: ael2011('53') },
  recordRemedy: { from: whatever, to: unchanged, basis: arl2023('20') },
  recordRemedyOutcome: { from: whatever, to: unchanged, basis: arl2023('62') },
  correctDecision: { from: whatever, to: unchanged, basis: apl2021('48(2)') },
  /** By a head who is not the one that recorded it: until then the decision stands. */
  confirmOverturning: { from: whatever, to: unchanged, basis: apl2021('48(2)') },
  /** Once its decision is overturned: the case may be decided again. */
  reopenCase: { from: [...executed, 'CLOSED', 'ARCHIVED'], to: 'INVESTIGATING', basis: arl2023('64', 'NV') },
  closeCase: { from: ['DECIDED', 'TERMINATED', ...executed], to: 'CLOSED', basis: proc('77') },
  archiveCase: { from: ['CLOSED'], to: 'ARCHIVED', basis: proc('78') },
});
