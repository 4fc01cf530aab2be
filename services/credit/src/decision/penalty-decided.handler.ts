import { type PenaltyDecided, penaltyDecided } from '@casebridge/contracts';
import { civilDate } from '@casebridge/kernel';
import { type EventReaction, on } from '@casebridge/platform';
import type { DisclosureRecordEntity } from '../disclosure/disclosure-record.entity';
import { disclosureOf } from '../disclosure/disclosure-record.projection';
import { isDeferred, publishRecords } from '../disclosure/disclosure-record.repository';
import { scrubPersonalData } from '../disclosure/penalty-summary.rule';
import type { CreditPenaltyEntity } from '../file/credit-penalty.entity';
import { creditPenaltiesOf } from '../file/credit-penalty.projection';
import { enterPenalties } from '../file/credit-penalty.repository';
import type { DishonestyListingEntity } from '../listing/listing.entity';
import { listingCandidateOf } from '../listing/listing-record';
import { proposeListing } from '../listing/listing.repository';
import type { CreditPunishmentEntity } from '../punishment/credit-punishment.entity';
import { punishmentsOf } from '../punishment/credit-punishment.projection';
import { listPunishments } from '../punishment/credit-punishment.repository';

export interface Consequences {
  /** Null where the law keeps the decision from publication. */
  readonly disclosure: DisclosureRecordEntity | null;
  /** What goes into the credit files, shown or not. */
  readonly penalties: readonly CreditPenaltyEntity[];
  readonly punishments: readonly CreditPunishmentEntity[];
  /** Null where no penalty is heavy. */
  readonly listing: DishonestyListingEntity | null;
}

/**
 * Everything that a penalty decision does to names: exactly the rows that its event leads to.
 *
 * @param at - instant of the event, whose day is that of the publication
 * @param deferred - whether publication of the case is deferred: nothing is shown until that is lifted
 * @throws RangeError, PunishmentWithoutEnd for a decision that its contract does not allow
 */
export function consequencesOf(event: PenaltyDecided, at: Date, deferred = false): Consequences {
  const publishedOn = civilDate(at);
  const disclosure = disclosureOf(event, publishedOn, deferred);
  const publication = disclosure === null || deferred ? null : { publishedOn, endsOn: disclosure.disclosureEndsOn };
  return {
    disclosure, penalties: creditPenaltiesOf(event, scrubPersonalData), punishments: punishmentsOf(event, publishedOn, publication, scrubPersonalData), listing: listingCandidateOf(event, at, scrubPersonalData),
  };
}

/** A decision was made and served: it is published unless the case is deferred, what it forbids is listed, and a heavy one waits for a listing. A second delivery changes nothing. */
export const onPenaltyDecided: EventReaction = on(penaltyDecided, async (em, event) => {
  const { disclosure, penalties, punishments, listing } = consequencesOf(event.data, event.occurredAt, await isDeferred(em, event.data.caseId));
  if (disclosure) await publishRecords(em, [disclosure]);
  await enterPenalties(em, penalties);
  await listPunishments(em, punishments);
  if (listing) await proposeListing(em, listing);
});
