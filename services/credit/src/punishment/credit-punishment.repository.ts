import { query, sql } from '@casebridge/platform';
import type { EntityManager } from 'typeorm';
import { CreditPunishmentEntity } from './credit-punishment.entity';

/** Writes the punishments of a decision; those that are there already, from an earlier delivery, stay as they are. */
export async function listPunishments(em: EntityManager, punishments: readonly CreditPunishmentEntity[]): Promise<void> {
  if (punishments.length === 0) return;
  await em.createQueryBuilder().insert().into(CreditPunishmentEntity).values([...punishments]).orIgnore().execute();
}

/** The decision behind them no longer stands: they were never lawful, and are in force no longer. */
export async function revokePunishmentsOf(em: EntityManager, decisionId: string, at: Date): Promise<void> {
  await query(em, sql`update credit_punishment set revoked_at = ${at} where decision_id = ${decisionId} and revoked_at is null`);
}

/** Those of a decision that was kept back until a day. */
export async function publishPunishmentsOf(em: EntityManager, decisionId: string, publishedOn: string, endsOn: string | null): Promise<void> {
  await query(em, sql`
    update credit_punishment set published_on = ${publishedOn}::date, publication_ends_on = ${endsOn}::date
    where decision_id = ${decisionId} and penalty_item_id is not null and published_on is null`);
}
