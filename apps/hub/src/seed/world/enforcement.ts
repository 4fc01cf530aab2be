/** The pure parts of the enforcement service that the world is made with: the very functions that its use cases write by. */
export {
  CompulsoryMeasureActEntity, compulsoryMeasureActedEvent, convertedMeasureAct, firstMeasureAct, laterMeasureAct, type MeasureActName, type MeasureWords, newStanding, statusAt, takesMeasures,
  AdminCaseEntity, AgencyEntity, agencyEvent, caseAccessEvent, caseStateOf, type CaseStepActName, caseStepClocks, CaseStepEntity, caseStepRow, caseSteppedEvent, CaseExclusionEntity, caseMachine, CasePartEntity, CaseSealEntity, clueActedEvent, ClueActEntity,
  type ClueActName, clueActRow, clueAfter, ClueEntity, clueStateOf, decideCaseStep, cooperationActedEvent, CooperationActEntity, CooperationDocumentEntity, type CooperationActName, cooperationActRow, cooperationAfter,
  CooperationEntity, cooperationStateOf, decideClue, decideCooperation, decideReferral, decideTrack, documentRow, type GoodsAct, goodsHandedOver, goodsLine, type GoodsLot, GoodsLotEntity, type GoodsMovement, GoodsMovementEntity, type GoodsPart, draftDecision, DutyCrimeClueActEntity, dutyCrimeClueActRow, dutyCrimeClueAfter, DutyCrimeClueEntity,
  markOf, type Move, moveGoods, type NewCase,
  newCaseRow, type NewClue, newClueRow, type NewCooperation, newCooperationRow, newGoods, newDutyCrimeClue, newReferralRow, noReferral, owedFen, partsAfter, penaltyDecidedEvent, PenaltyDecisionEntity, PenaltyItemEntity,
  type ReferralActName, referralActedEvent, referralAfter, ReferralDocumentEntity, ReferralEntity, referralNo, ReferralTimelineEntity, type ReferralTrack, settledByFiling,
  resumeFromCriminal, sealKeepers, sealNumber, type Situation, stateOf, type StepWords, timelineRow, type TrackAct, trackOf, type Tracks, tracksAfter, transferredClue, waitForCriminal, waitsForCriminal, withdrawalTold,
} from '@casebridge/enforcement';
