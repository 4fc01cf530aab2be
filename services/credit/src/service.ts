import { CaseAccessEntity, platformAppendOnly, projectCaseAccess, projectRegionTree, type ServiceDefinition } from '@casebridge/platform';
import { onPenaltyDecided } from './decision/penalty-decided.handler';
import { DisclosureRecordEntity } from './disclosure/disclosure-record.entity';
import { DishonestyListingActEntity, DishonestyListingEntity } from './listing/listing.entity';
import { JointMeasureEntity } from './measure/measure.entity';
import { creditMigrations } from './migrations';
import { CreditPunishmentEntity } from './punishment/credit-punishment.entity';
import { buildCreditSubgraph } from './subgraph';

/** What a decision does to a name: disclosure, bans, restrictions, the serious-dishonesty list. */
export const creditService: ServiceDefinition = {
  name: 'credit',
  subgraph: buildCreditSubgraph,
  entities: [CaseAccessEntity, DisclosureRecordEntity, CreditPunishmentEntity, DishonestyListingEntity, DishonestyListingActEntity, JointMeasureEntity],
  migrations: creditMigrations,
  appendOnly: [...platformAppendOnly, 'dishonesty_listing_act'],
  consumes: ['enforcement', 'inspection'],
  handlers: ({ name, clock }) => [projectCaseAccess(name, clock), onPenaltyDecided, projectRegionTree],
};
