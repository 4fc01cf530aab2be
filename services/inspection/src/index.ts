import 'reflect-metadata';

export { inspectionService } from './service';
export { buildInspectionSubgraph } from './subgraph';
export { inspectionMigrations } from './migrations';
export { RegionEntity } from './region/region.entity';
export { importRegionFile, type RegionImport } from './region/import-region-file';
export { type RegionDraft } from './region/import-regions';
export { parseRegionFile } from './region/region-file';
export { EnterpriseEntity } from './enterprise/enterprise.entity';
export { LicenceEntity } from './enterprise/licence.entity';
export { KeyPersonEntity } from './enterprise/key-person.entity';
export { enterpriseSearch } from './enterprise/enterprise.source';
export { ProductEntity } from './product/product.entity';
export { productSearch } from './product/product.source';
export { InspectionEntity } from './inspection/inspection.entity';
export { InspectionDefectEntity } from './inspection/inspection-defect.entity';
export {
  type Findings, type Permissible, permissibleGrades, permissibleOnSiteConclusions, permissibleOverallConclusions, type RectificationOutcome,
} from './inspection/inspection-conclusion.rule';
