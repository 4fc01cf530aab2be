/** The pure parts of the enforcement service that the world is made with: the very functions that its use cases write by. */
export {
  AdminCaseEntity, AgencyEntity, agencyEvent, caseAccessEvent, CaseExclusionEntity, caseMachine, CasePartEntity, CaseSealEntity, clueActedEvent, ClueActEntity,
  type ClueActName, clueActRow, clueAfter, ClueEntity, clueStateOf, cooperationActedEvent, CooperationActEntity, CooperationDocumentEntity, type CooperationActName, cooperationActRow, cooperationAfter,
  CooperationEntity, cooperationStateOf, decideClue, decideCooperation, decideReferral, decideTrack, documentRow, draftDecision, markOf, type NewCase,
  newCaseRow, type NewClue, newClueRow, type NewCooperation, newCooperationRow, newReferralRow, noReferral, penaltyDecidedEvent, PenaltyDecisionEntity, PenaltyItemEntity,
  type ReferralActName, referralActedEvent, referralAfter, ReferralDocumentEntity, ReferralEntity, referralNo, ReferralTimelineEntity, type ReferralTrack, settledByFiling,
  sealKeepers, sealNumber, type Situation, stateOf, timelineRow, type TrackAct, trackOf, type Tracks, tracksAfter, transferredClue, waitsForCriminal, withdrawalTold,
} from '@casebridge/enforcement';
