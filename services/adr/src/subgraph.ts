import 'reflect-metadata';
import { buildSubgraph, type Subgraph } from '@casebridge/platform';
import { complaintReference } from './complaint/complaint.reference';
import { CaseComplaintsResolver, ComplaintResolver, EnterpriseComplaintsResolver, ProductComplaintsResolver } from './complaint/complaint.resolver';
import { ReportingClocksResolver } from './limit/reporting-clocks.resolver';
import { reportReference } from './report/report.reference';
import { AdverseReactionReportResolver, CaseReportsResolver, EnterpriseReportsResolver, ProductReportsResolver } from './report/report.resolver';
import { caseReference, enterpriseReference, productReference } from './stub/stub.reference';

/** The subgraph of what people report; needs no database and no server. */
export const buildAdrSubgraph = (): Subgraph =>
  buildSubgraph({
    resolvers: [
      AdverseReactionReportResolver, CaseReportsResolver, ProductReportsResolver, EnterpriseReportsResolver,
      ComplaintResolver, CaseComplaintsResolver, EnterpriseComplaintsResolver, ProductComplaintsResolver,
      ReportingClocksResolver,
    ],
    references: {
      AdverseReactionReport: reportReference,
      Complaint: complaintReference,
      Case: caseReference,
      Enterprise: enterpriseReference,
      Product: productReference,
    },
    publicEnums: ['ComplaintStatus', 'PeriodUnit', 'VerificationMark'],
    publicScalars: ['Date', 'DateTime'],
  });
