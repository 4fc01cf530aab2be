/** The pure parts of the enforcement service that the world is made with: the very functions that its use cases write by. */
export {
  AdminCaseEntity, AgencyEntity, agencyEvent, caseAccessEvent, CaseExclusionEntity, caseMachine, CasePartEntity, CaseSealEntity, decideReferral,
  documentRow, type NewCase, newCaseRow, newReferralRow, penaltyDecidedEvent, PenaltyDecisionEntity, PenaltyItemEntity, type ReferralActName,
  referralActedEvent, referralAfter, referralNo, stateOf, timelineRow, waitsForCriminal,
} from '@casebridge/enforcement';
export { sealKeepers, sealNumber } from '@casebridge/enforcement/dist/admin-case/case-seal.rule';
export { draftDecision } from '@casebridge/enforcement/dist/penalty-decision/penalty-decision.draft';
export { ReferralDocumentEntity, ReferralEntity, ReferralTimelineEntity } from '@casebridge/enforcement/dist/referral/referral.entity';
