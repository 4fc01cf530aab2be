import { CreateCooperation1800000001200 } from '../migrations/1800000001200-create-cooperation';
import { CooperationKinds1800000001210 } from '../migrations/1800000001210-cooperation-kinds';
import { CooperationActsResolver } from './cooperation-acts.resolver';
import { CooperationActEntity, CooperationDocumentEntity, CooperationEntity } from './cooperation.entity';
import { CaseCooperationResolver, CooperationEventResolver, CooperationHistoryResolver, CooperationResolver } from './cooperation.resolver';
import { JointWorkResolver } from './joint-work.resolver';
import { TestAndSuggestionResolver } from './test-and-suggestion.resolver';

export const cooperationEntities = [CooperationEntity, CooperationActEntity, CooperationDocumentEntity] as const;
export const cooperationMigrations = [CreateCooperation1800000001200, CooperationKinds1800000001210] as const;
export const cooperationAppendOnly = ['cooperation_act', 'cooperation_document'] as const;
export const cooperationResolvers = [
  CooperationResolver, CooperationHistoryResolver, CaseCooperationResolver, CooperationEventResolver, CooperationActsResolver, JointWorkResolver, TestAndSuggestionResolver,
] as const;
export { mayOpenCooperationDocument } from './cooperation.loader';
export { CooperationActEntity, CooperationDocumentEntity, CooperationEntity } from './cooperation.entity';
export { cooperationActedEvent, cooperationActRow, cooperationAfter, cooperationStateOf, newCooperationRow, type NewCooperation } from './cooperation-record';
export type { CooperationActName } from './cooperation.machine';
export { decideCooperation } from './cooperation.rule';
