/** The pure parts of the enforcement service that the world is made with: the very functions that its use cases write by. */
export {
  AdminCaseEntity, AgencyEntity, agencyEvent, caseAccessEvent, CaseExclusionEntity, caseMachine, CasePartEntity, CaseSealEntity, caseSubject,
  type NewCase, newCaseRow, penaltyDecidedEvent, PenaltyDecisionEntity, PenaltyItemEntity,
} from '@casebridge/enforcement';
export { draftDecision } from '@casebridge/enforcement/dist/penalty-decision/penalty-decision.draft';
export { sealKeepers, sealNumber } from '@casebridge/enforcement/dist/admin-case/case-seal.rule';
export { ReferralDocumentEntity, ReferralEntity, ReferralTimelineEntity } from '@casebridge/enforcement/dist/referral/referral.entity';
export type { ReferralActName } from '@casebridge/enforcement/dist/referral/referral.machine';
export { documentRow, newReferralRow, referralActedEvent, referralAfter, stateOf, timelineRow } from '@casebridge/enforcement/dist/referral/referral-record';
export { decideReferral, waitsForCriminal } from '@casebridge/enforcement/dist/referral/referral.rule';
export { referralNo } from '@casebridge/enforcement/dist/referral/submit-referral-report.usecase';
