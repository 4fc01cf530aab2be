import {
  DiskFileStore, enforcementPlatformMigrations, FileEntity, FileService, type MigrationClass, platformAppendOnly, projectRegionTree, regionTreeMigrations,
  type ServiceDefinition,
} from '@casebridge/platform';
import { AdminCaseEntity, CaseExclusionEntity, CasePartEntity, CaseSealEntity } from './admin-case/admin-case.entity';
import { noteSealAcknowledged } from './admin-case/case-seal.source';
import { AgencyEntity, RevokedOfficerEntity, RevokedTokenEntity } from './agency/agency.entity';
import { caseStepAppendOnly, caseStepEntities, caseStepMigrations } from './case-step';
import { clueAppendOnly, clueEntities, clueMigrations } from './clue';
import { measureAppendOnly, measureEntities, measureMigrations } from './compulsory-measure';
import { cooperationAppendOnly, cooperationEntities, cooperationMigrations, mayOpenCooperationDocument } from './cooperation';
import { dutyCrimeAppendOnly, dutyCrimeEntities, dutyCrimeMigrations } from './duty-crime-clue';
import { CaseFileCallEntity } from './file-call/file-call.entity';
import { caseMigrations, viewMigrations } from './migrations';
import { PenaltyDecisionEntity, PenaltyItemEntity } from './penalty-decision/penalty-decision.entity';
import { mayOpenDocument, referralAppendOnly, referralEntities, referralMigrations, signEarlierSteps } from './referral';
import { madeFiles } from './referral-package';
import { isDocumentBarred } from './shared/barred-document';
import { SupervisionFindingEntity, SupervisionRecordEntity } from './supervision/supervision.entity';
import { findWhatStandsStill } from './supervision/supervision.job';
import { buildEnforcementSubgraph } from './subgraph';

export const enforcementMigrations: readonly MigrationClass[] = [
  ...enforcementPlatformMigrations, ...regionTreeMigrations, ...caseMigrations, ...referralMigrations, ...clueMigrations, ...viewMigrations, ...cooperationMigrations, ...caseStepMigrations, ...dutyCrimeMigrations, ...measureMigrations,
];

/** Clues, cases, decisions and referrals; the registry of agencies; the files of cases. */
export const enforcementService: ServiceDefinition = {
  name: 'enforcement',
  subgraph: buildEnforcementSubgraph,
  entities: [
    AgencyEntity, RevokedTokenEntity, RevokedOfficerEntity, AdminCaseEntity, CasePartEntity, CaseSealEntity, CaseExclusionEntity,
    PenaltyDecisionEntity, PenaltyItemEntity, CaseFileCallEntity, SupervisionFindingEntity, SupervisionRecordEntity, FileEntity, ...referralEntities, ...clueEntities, ...caseStepEntities,
    ...cooperationEntities, ...dutyCrimeEntities, ...measureEntities,
  ],
  migrations: enforcementMigrations,
  appendOnly: [...platformAppendOnly, 'revoked_token', 'revoked_officer', 'penalty_item', 'supervision_record', ...referralAppendOnly, ...clueAppendOnly, ...cooperationAppendOnly, ...caseStepAppendOnly, ...dutyCrimeAppendOnly, ...measureAppendOnly],
  jobs: [findWhatStandsStill, signEarlierSteps],
  signs: true,
  consumes: ['inspection', 'credit', 'adr'],
  handlers: () => [noteSealAcknowledged(), projectRegionTree],
  files: (deps, dataDir) => {
    const store = new DiskFileStore(dataDir);
    // What a process left that was killed during an upload; the next start tries again where this one fails.
    store.removeAbandoned(deps.clock).catch(() => undefined);
    const named = [mayOpenDocument(deps), mayOpenCooperationDocument(deps)];
    const mayOpen: (typeof named)[number] = async (principal, fileId) => (await Promise.all(named.map((mayOpenBy) => mayOpenBy(principal, fileId)))).includes(true);
    return new FileService({ dataSource: deps.dataSource, clock: deps.clock, store, mayOpen, make: madeFiles(deps, store), isBarred: isDocumentBarred(deps) });
  },
};
