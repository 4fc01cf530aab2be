import 'reflect-metadata';

export { type Consequences, consequencesOf } from './decision/penalty-decided.handler';
export { DisclosureRecordEntity } from './disclosure/disclosure-record.entity';
export { disclosureOf } from './disclosure/disclosure-record.projection';
export { decideDisclosure } from './disclosure/disclosure-window.rule';
export { DishonestyListingActEntity, DishonestyListingEntity } from './listing/listing.entity';
export { type ListingActName } from './listing/listing.machine';
export { isListedOn, listingActedEvent, listingActRow, listingAfter, punishmentOfListing } from './listing/listing-record';
export { deadlineOf, decideListingAct, earliestExitOn, periodFrom } from './listing/listing.rule';
export { JointMeasureEntity } from './measure/measure.entity';
export { measureActedEvent, measureAfter, orderedMeasure } from './measure/measure-record';
export { measureStatus } from './measure/measure.rule';
export { creditLaw } from './law';
export { creditMigrations } from './migrations';
export { CreditPunishmentEntity } from './punishment/credit-punishment.entity';
export { creditService } from './service';
export { buildCreditSubgraph } from './subgraph';
