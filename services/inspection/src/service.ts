import { CaseAccessEntity, platformAppendOnly, projectCaseAccess, type ServiceDefinition } from '@casebridge/platform';
import { EnterpriseEntity } from './enterprise/enterprise.entity';
import { KeyPersonEntity } from './enterprise/key-person.entity';
import { LicenceEntity } from './enterprise/licence.entity';
import { InspectionDefectEntity } from './inspection/inspection-defect.entity';
import { InspectionEntity } from './inspection/inspection.entity';
import { inspectionMigrations } from './migrations';
import { ProductEntity } from './product/product.entity';
import { RegionEntity } from './region/region.entity';
import { buildInspectionSubgraph } from './subgraph';

/** The regulated world and its supervision: enterprises, products, inspections. */
export const inspectionService: ServiceDefinition = {
  name: 'inspection',
  subgraph: buildInspectionSubgraph,
  entities: [
    CaseAccessEntity, RegionEntity, EnterpriseEntity, LicenceEntity, KeyPersonEntity, ProductEntity, InspectionEntity, InspectionDefectEntity,
  ],
  migrations: inspectionMigrations,
  appendOnly: platformAppendOnly,
  consumes: ['enforcement'],
  handlers: (deps) => [projectCaseAccess(deps.name, deps.clock)],
};
