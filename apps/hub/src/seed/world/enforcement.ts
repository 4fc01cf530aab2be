/** The pure parts of the enforcement service that the world is made with: the very functions that its use cases write by. */
export {
  AdminCaseEntity, AgencyEntity, agencyEvent, caseAccessEvent, CaseExclusionEntity, caseMachine, CasePartEntity, CaseSealEntity, decideReferral,
  documentRow, draftDecision, type NewCase, newCaseRow, newReferralRow, noReferral, penaltyDecidedEvent, PenaltyDecisionEntity, PenaltyItemEntity,
  type ReferralActName, referralActedEvent, referralAfter, ReferralDocumentEntity, ReferralEntity, referralNo, ReferralTimelineEntity, sealKeepers,
  sealNumber, stateOf, timelineRow, waitsForCriminal,
} from '@casebridge/enforcement';
