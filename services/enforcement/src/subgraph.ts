import 'reflect-metadata';
import { buildSubgraph, type Subgraph } from '@casebridge/platform';
import { caseReference, enterpriseReference, productReference } from './admin-case/admin-case.reference';
import { AdminCaseResolver, EnterpriseCasesResolver, ProductCasesResolver } from './admin-case/admin-case.resolver';
import { CaseExclusionResolver, CaseSealResolver } from './admin-case/case-seal.resolver';
import { dutyCrimeResolvers } from './duty-crime-clue';
import { FileCallResolver } from './file-call/file-call.resolver';
import { agencyReference } from './agency/agency.reference';
import { AgencyResolver } from './agency/agency.resolver';
import { caseStepResolvers } from './case-step';
import { clueResolvers } from './clue';
import { measureResolvers } from './compulsory-measure';
import { cooperationResolvers } from './cooperation';
import {
  CasePenaltyDecisionsResolver, PenaltyDecisionPayloadResolver, PenaltyDecisionResolver, PenaltyItemResolver,
} from './penalty-decision/penalty-decision.resolver';
import { ReferenceDataResolver } from './reference-data/reference-data.resolver';
import { SupervisionEventResolver, SupervisionRecordResolver, SupervisionResolver } from './supervision/supervision.resolver';
import { referralReferences, referralResolvers } from './referral';

/** The subgraph of clues, cases, decisions and referrals; needs no database and no server. */
export const buildEnforcementSubgraph = (): Subgraph =>
  buildSubgraph({
    resolvers: [
      AgencyResolver, AdminCaseResolver, EnterpriseCasesResolver, ProductCasesResolver, CaseSealResolver, CaseExclusionResolver,
      PenaltyDecisionResolver, PenaltyItemResolver, PenaltyDecisionPayloadResolver, CasePenaltyDecisionsResolver, FileCallResolver, SupervisionResolver, SupervisionRecordResolver, SupervisionEventResolver,
      ReferenceDataResolver,
      ...referralResolvers, ...clueResolvers, ...cooperationResolvers, ...caseStepResolvers, ...dutyCrimeResolvers, ...measureResolvers,
    ],
    references: {
      Agency: agencyReference, Case: caseReference, Enterprise: enterpriseReference, Product: productReference, ...referralReferences,
    },
    publicEnums: ['PeriodUnit', 'VerificationMark'],
    publicScalars: ['Date'],
  });
