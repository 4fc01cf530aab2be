import type { CaseStatus } from '@casebridge/contracts';
import { apl2021, defineMachine, m41, unchanged } from '@casebridge/kernel';

/** States from which the head of the agency may decide (APL art. 57): the case is filed and nothing has been decided. */
const open = ['FILED', 'INVESTIGATING', 'INVESTIGATION_CONCLUDED', 'UNDER_REVIEW', 'NOTICE_SERVED', 'HEARING'] as const satisfies readonly CaseStatus[];

/** Where a decision made earlier may still be outstanding: whatever the case has come to since, its service is owed (APL art. 61). */
const owingService = [...open, 'SUSPENDED', 'DECIDED', 'SERVED', 'IN_EXECUTION', 'CLOSED'] as const satisfies readonly CaseStatus[];

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
});
