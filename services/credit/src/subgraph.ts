import { buildSubgraph, type Subgraph } from '@casebridge/platform';
import { caseReference } from './case/case.reference';
import { DisclosureClocksResolver } from './disclosure/disclosure-clocks.resolver';
import { CaseDisclosureResolver, DisclosureRecordResolver, EnterpriseDisclosureResolver } from './disclosure/disclosure-record.resolver';
import { DisclosureActsResolver, DisclosureDeferralActsResolver } from './disclosure/disclosure-acts.resolver';
import { DisclosureDeferralResolver, DisclosureProcedureResolver } from './disclosure/disclosure-procedure.resolver';
import { CreditFileEntryResolver, CreditFileResolver, EnterpriseCreditFileResolver } from './file/credit-file.resolver';
import { PublicPenaltyFacetsResolver } from './disclosure/public-penalty-facets.resolver';
import { ImportedPenaltyResolver, ImportedPenaltyVersionResolver, PenaltyImportResolver, PenaltyImportRowResolver } from './exchange/penalty-import.resolver';
import { enterpriseReference } from './enterprise/enterprise.reference';
import { BanCheckResolver } from './punishment/ban-check.resolver';
import { CasePunishmentResolver, CreditPunishmentResolver, EnterprisePunishmentResolver } from './punishment/credit-punishment.resolver';
import { ListingActsResolver, ListingExitResolver } from './listing/listing-acts.resolver';
import { CaseListingResolver, DishonestyListingResolver, EnterpriseListingResolver } from './listing/listing.resolver';
import {
  EnterpriseMeasureResolver, JointMeasureActsResolver, JointMeasureResolver, ListingMeasureResolver,
} from './measure/measure.resolver';
import { RepairApplicationResolver, RepairDecisionResolver } from './repair/repair-acts.resolver';
import { CreditRepairResolver, EnterpriseRepairResolver, RecordRepairResolver } from './repair/repair.resolver';
import { CreditCase } from './case/case.type';
import { CreditEnterprise } from './enterprise/enterprise.type';

/** The schema of the service, without I/O. */
export const buildCreditSubgraph = (): Subgraph =>
  buildSubgraph({
    resolvers: [
      DisclosureRecordResolver, EnterpriseDisclosureResolver, CaseDisclosureResolver, CreditPunishmentResolver, EnterprisePunishmentResolver,
      CasePunishmentResolver, BanCheckResolver, DisclosureClocksResolver, PublicPenaltyFacetsResolver, DishonestyListingResolver,
      EnterpriseListingResolver, CaseListingResolver, ListingActsResolver, ListingExitResolver, JointMeasureResolver, JointMeasureActsResolver,
      ListingMeasureResolver, EnterpriseMeasureResolver, DisclosureProcedureResolver, DisclosureActsResolver, DisclosureDeferralResolver, DisclosureDeferralActsResolver,
      PenaltyImportResolver, PenaltyImportRowResolver, ImportedPenaltyResolver, ImportedPenaltyVersionResolver,
      CreditRepairResolver, RecordRepairResolver, EnterpriseRepairResolver, RepairApplicationResolver, RepairDecisionResolver,
      EnterpriseCreditFileResolver, CreditFileResolver, CreditFileEntryResolver,
    ],
    orphanedTypes: [CreditCase, CreditEnterprise],
    references: { Case: caseReference, Enterprise: enterpriseReference },
    publicEnums: ['CreditFileEntryKind', 'JointMeasureKind', 'JointMeasureStatus', 'ListingGround', 'ListingStatus', 'PartyKind', 'PenaltyKind', 'PeriodUnit', 'PunishmentKind', 'PunishmentStatus', 'RepairKind', 'RepairStatus', 'VerificationMark'],
    publicScalars: ['Date', 'Fen'],
  });
