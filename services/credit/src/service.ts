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
import { overturnInFile } from './file/penalty-overturned.handler';
import { DishonestyListingActEntity, DishonestyListingEntity } from './listing/listing.entity';
import { JointMeasureEntity } from './measure/measure.entity';
import { creditMigrations } from './migrations';
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
    CreditFileEntryEntity,
  ],
  migrations: creditMigrations,
  appendOnly: [...platformAppendOnly, 'dishonesty_listing_act', 'disclosure_act', 'disclosure_tombstone', 'credit_repair_act'],
  consumes: ['enforcement', 'inspection'],
  handlers: ({ name, clock }) => [projectCaseAccess(name, clock), onPenaltyDecided, onPenaltyOverturned, overturnInFile, projectRegionTree],
  jobs: [tellExpiredDisclosures],
};
