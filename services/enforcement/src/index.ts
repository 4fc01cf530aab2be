import 'reflect-metadata';

export { enforcementLaw } from './law';
export { enforcementMigrations, enforcementService } from './service';
export { buildEnforcementSubgraph } from './subgraph';
export * from './admin-case/admin-case.entity';
export * from './admin-case/case-access';
export { caseMachine } from './admin-case/case.machine';
export { sealKeepers, sealNumber } from './admin-case/case-seal.rule';
export { AgencyEntity, RevokedOfficerEntity, RevokedTokenEntity } from './agency/agency.entity';
export type { AgencyOfficer } from './agency/agency.rule';
export { agencyEvent } from './agency/agency.registry';
export { type ImportResult, importAgencies, parseAgencyFile } from './agency/import-agencies';
export { caseStepClocks } from './case-step/case-step.clocks';
export { caseStateOf, type CaseStepActName, CaseStepEntity, caseStepRow, caseSteppedEvent, decideCaseStep, owedFen, type StepWords } from './case-step';
export {
  clueActedEvent, ClueActEntity, type ClueActName, clueActRow, clueAfter, ClueEntity, clueStateOf, decideClue, newClueRow, type NewClue, transferredClue,
} from './clue';
export {
  CompulsoryMeasureActEntity, compulsoryMeasureActedEvent, convertedMeasureAct, firstMeasureAct, laterMeasureAct, type MeasureActName, type MeasureWords, newStanding, statusAt, takesMeasures,
} from './compulsory-measure';
export {
  cooperationActedEvent, CooperationActEntity, CooperationDocumentEntity, type CooperationActName, cooperationActRow, cooperationAfter, CooperationEntity, cooperationStateOf, decideCooperation,
  newCooperationRow, type NewCooperation,
} from './cooperation';
export { DutyCrimeClueActEntity, dutyCrimeClueActRow, dutyCrimeClueAfter, DutyCrimeClueEntity, newDutyCrimeClue } from './duty-crime-clue';
export { type DecisionDraft, draftDecision } from './penalty-decision/penalty-decision.draft';
export { PenaltyDecisionEntity, PenaltyItemEntity } from './penalty-decision/penalty-decision.entity';
export { markOf } from './penalty-decision/penalty-article.rule';
export { penaltyClocks } from './penalty-decision/penalty-decision.clocks';
export { type DecisionFacts, type DecisionItem, findingsOn } from './penalty-decision/penalty-decision.rule';
export { penaltyDecidedEvent } from './penalty-decision/record-penalty-decision.usecase';
export * from './referral';
export { type Finding, verifyPackage } from './referral-package';
