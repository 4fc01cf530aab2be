import { CaseAccessEntity, platformAppendOnly, projectCaseAccess, projectRegionTree, type ServiceDefinition } from '@casebridge/platform';
import { onPenaltyDecided } from './decision/penalty-decided.handler';
import { onPenaltyOverturned } from './decision/penalty-overturned.handler';
import { DisclosureActEntity, DisclosureTombstoneEntity } from './disclosure/disclosure-act.entity';
import { DisclosureDeferralEntity } from './disclosure/disclosure-deferral.entity';
import { tellExpiredDisclosures } from './disclosure/disclosure-expiry.job';
import { DisclosureRecordEntity } from './disclosure/disclosure-record.entity';
import { DisclosureTextEntity } from './disclosure/disclosure-text.entity';
import { CreditFileEntryEntity } from './file/credit-file-entry.entity';
import { CreditPenaltyEntity } from './file/credit-penalty.entity';
import { exportPenalties, takePenalties } from './exchange/exchange.data';
import { ImportedPenaltyEntity, ImportedPenaltyVersionEntity, PenaltyImportEntity, PenaltyImportRowEntity } from './exchange/penalty-import.entity';
import { importJob } from './exchange/penalty-import.runner';
import { DishonestyListingActEntity, DishonestyListingEntity } from './listing/listing.entity';
import { JointMeasureEntity } from './measure/measure.entity';
import { creditMigrations } from './migrations';
import { PublicData } from './public-data/public-data.data';
import { publicDataJob } from './public-data/public-data.job';
import { CreditPunishmentEntity } from './punishment/credit-punishment.entity';
import { CreditRepairActEntity, CreditRepairEntity } from './repair/repair.entity';
import { buildCreditSubgraph } from './subgraph';

/** What a decision does to a name: disclosure, bans, restrictions, the serious-dishonesty list. */
export const creditService: ServiceDefinition = {
  name: 'credit',
  subgraph: buildCreditSubgraph,
  entities: [
    CaseAccessEntity, DisclosureRecordEntity, CreditPunishmentEntity, DishonestyListingEntity, DishonestyListingActEntity, JointMeasureEntity,
    DisclosureActEntity, DisclosureTombstoneEntity, DisclosureDeferralEntity, DisclosureTextEntity, CreditRepairEntity, CreditRepairActEntity, CreditPenaltyEntity,
    CreditFileEntryEntity, PenaltyImportEntity, PenaltyImportRowEntity, ImportedPenaltyEntity, ImportedPenaltyVersionEntity,
  ],
  migrations: creditMigrations,
  appendOnly: [
    ...platformAppendOnly, 'dishonesty_listing_act', 'disclosure_act', 'disclosure_tombstone', 'credit_repair_act', 'imported_penalty_version', 'penalty_import_row',
  ],
  consumes: ['enforcement', 'inspection'],
  signs: true,
  jobs: (site) => [tellExpiredDisclosures, importJob(site), publicDataJob(site)],
  data: (deps, dataDir) => {
    const publicData = new PublicData(deps, () => buildCreditSubgraph().schema);
    return {
      open: (principal, request) => (request.path.startsWith('public/') ? publicData.open(request) : exportPenalties(deps, principal, request)),
      take: (who, request, body) => takePenalties(deps, dataDir, who, request, body),
    };
  },
  handlers: ({ name, clock }) => [projectCaseAccess(name, clock), onPenaltyDecided, onPenaltyOverturned, projectRegionTree],
};
