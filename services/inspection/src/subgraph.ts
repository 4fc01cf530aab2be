import 'reflect-metadata';
import { buildSubgraph, type Subgraph } from '@casebridge/platform';
import { caseReference } from './case/case.reference';
import { enterpriseReference } from './enterprise/enterprise.reference';
import { EnterpriseResolver, LicenceResolver } from './enterprise/enterprise.resolver';
import { inspectionReference } from './inspection/inspection.reference';
import { CaseInspectionsResolver, EnterpriseInspectionsResolver, InspectionResolver } from './inspection/inspection.resolver';
import { productReference } from './product/product.reference';
import { EnterpriseProductsResolver, ProductResolver } from './product/product.resolver';
import { regionReference } from './region/region.reference';
import { RegionResolver } from './region/region.resolver';

/** The subgraph of the regulated world; needs no database. */
export const buildInspectionSubgraph = (): Subgraph =>
  buildSubgraph({
    resolvers: [
      RegionResolver, EnterpriseResolver, LicenceResolver, ProductResolver, EnterpriseProductsResolver, InspectionResolver,
      EnterpriseInspectionsResolver, CaseInspectionsResolver,
    ],
    references: {
      Region: regionReference, Enterprise: enterpriseReference, Product: productReference, Inspection: inspectionReference, Case: caseReference,
    },
    publicEnums: [
      'RegionKind', 'LicenceKind', 'LicenceStatus', 'InspectionKind', 'InspectionLevel', 'InspectionStatus', 'OnSiteConclusion', 'OverallConclusion', 'DefectGrade',
      'DefectStatus',
    ],
    publicScalars: ['Date', 'DateTime'],
  });
