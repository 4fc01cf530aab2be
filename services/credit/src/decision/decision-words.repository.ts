import { In, type EntityManager } from 'typeorm';
import type { DisclosureRecordEntity } from '../disclosure/disclosure-record.entity';
import type { DisclosureChange, Redaction } from '../disclosure/published-text.rule';
import { CreditPenaltyEntity } from '../file/credit-penalty.entity';
import { DishonestyListingEntity } from '../listing/listing.entity';
import { JointMeasureEntity } from '../measure/measure.entity';
import { CreditPunishmentEntity } from '../punishment/credit-punishment.entity';
import { CreditRepairEntity } from '../repair/repair.entity';
import { correctedWords, redactedWords, type Words } from './decision-words.rule';

const ofDecision = [CreditPenaltyEntity, CreditPunishmentEntity, DishonestyListingEntity, CreditRepairEntity] as const;

/** Has everything that this service says of a decision, besides the record that is published of it, read otherwise. */
async function reword(em: EntityManager, decisionId: string, worded: (words: Words) => Partial<Words>): Promise<void> {
  for (const entity of ofDecision) {
    for (const row of await em.findBy<Words & { id: string }>(entity, { decisionId } as object)) await em.update(entity, { id: row.id }, worded(row) as object);
  }
  const listings = (await em.findBy(DishonestyListingEntity, { decisionId })).map(({ id }) => id);
  for (const row of await em.findBy(JointMeasureEntity, { listingId: In(listings) })) await em.update(JointMeasureEntity, { id: row.id }, worded(row));
}

/** What a secrecy review takes out of the published record it takes out of all that came of the decision, in the same transaction (O45 arts. 5, 6). */
export const redactDecision = (em: EntityManager, decisionId: string, redactions: readonly Redaction[]): Promise<void> =>
  redactions.length === 0 ? Promise.resolve() : reword(em, decisionId, (words) => redactedWords(words, redactions));

/**
 * A correction of the published record corrects all that came of the decision, in the same transaction (O45 art. 12).
 *
 * @param record - as it was before the correction
 */
export const correctDecision = (em: EntityManager, record: DisclosureRecordEntity, changes: readonly DisclosureChange[]): Promise<void> =>
  reword(em, record.decisionId, (words) => correctedWords(words, record, changes));
