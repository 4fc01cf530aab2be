import type { EntityManager } from 'typeorm';
import { CreditPunishmentEntity } from './credit-punishment.entity';

/** Writes the punishments of a decision; those that are there already, from an earlier delivery, stay as they are. */
export async function listPunishments(em: EntityManager, punishments: readonly CreditPunishmentEntity[]): Promise<void> {
  if (punishments.length === 0) return;
  await em.createQueryBuilder().insert().into(CreditPunishmentEntity).values([...punishments]).orIgnore().execute();
}
