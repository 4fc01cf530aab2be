import { emit, hydrate, query, sql } from '@casebridge/platform';
import type { EntityManager } from 'typeorm';
import { CreditPunishmentEntity } from '../punishment/credit-punishment.entity';
import { DishonestyListingActEntity, DishonestyListingEntity } from './listing.entity';
import { type DecisionEnded, listingWithoutDecision } from './listing-end';
import { listingActedEvent, punishmentIdOf } from './listing-record';

/** Writes what a decision has to be followed by; one that is there already, from an earlier delivery, stays as it is. */
export async function proposeListing(em: EntityManager, candidate: DishonestyListingEntity): Promise<void> {
  await em.createQueryBuilder().insert().into(DishonestyListingEntity).values(candidate).orIgnore().execute();
}

/** Whether the party had another heavy penalty after this one was published. */
export async function hasNewHeavyPenalty(em: EntityManager, listing: DishonestyListingEntity): Promise<boolean> {
  const rows = await query(em, sql`
    select 1 as found from dishonesty_listing l
    where l.id <> ${listing.id} and l.decided_on > ${listing.publishedOn}::date
      and (l.uscc = ${listing.uscc} or (${listing.uscc}::text is null and l.party_kind = ${listing.partyKind} and l.party_name = ${listing.partyName})) limit 1`);
  return rows.length > 0;
}

/** Changes the entry as everybody reads it. */
export async function changePunishmentOf(em: EntityManager, listing: DishonestyListingEntity, change: Partial<CreditPunishmentEntity>): Promise<void> {
  await em.update(CreditPunishmentEntity, { id: punishmentIdOf(listing) }, change);
}

/** Ends the listing that came of a decision, in the transaction that learnt that the decision no longer stands. */
export async function endListingOf(em: EntityManager, decisionId: string, ended: DecisionEnded): Promise<void> {
  const [row] = await query(em, sql`select l.* from dishonesty_listing l where l.decision_id = ${decisionId} for update`);
  const left = row ? listingWithoutDecision(hydrate(em, DishonestyListingEntity, row), ended) : null;
  if (!left) return;
  await em.update(DishonestyListingEntity, { id: left.after.id }, left.after);
  await em.getRepository<Record<string, unknown>>(DishonestyListingActEntity).insert({ ...left.entry });
  await emit(em, 'credit', listingActedEvent(left.after, left.entry), ended.at);
}
