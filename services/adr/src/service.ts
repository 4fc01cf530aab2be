import { CaseAccessEntity, platformAppendOnly, projectCaseAccess, projectRegionTree, type ServiceDefinition } from '@casebridge/platform';
import { ComplaintEntity } from './complaint/complaint.entity';
import { adrMigrations } from './migrations';
import { AdverseReactionReportEntity } from './report/report.entity';
import { buildAdrSubgraph } from './subgraph';

export const adrService: ServiceDefinition = {
  name: 'adr',
  subgraph: buildAdrSubgraph,
  entities: [AdverseReactionReportEntity, ComplaintEntity, CaseAccessEntity],
  migrations: adrMigrations,
  appendOnly: platformAppendOnly,
  consumes: ['enforcement', 'inspection'],
  handlers: (deps) => [projectCaseAccess(deps.name, deps.clock), projectRegionTree],
};
