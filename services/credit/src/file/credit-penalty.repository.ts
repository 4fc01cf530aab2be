import type { EntityManager } from 'typeorm';
import { CreditPenaltyEntity } from './credit-penalty.entity';

/** Enters what a decision laid on its parties; what is there already, from an earlier delivery, stays as it is. */
export async function enterPenalties(em: EntityManager, penalties: readonly CreditPenaltyEntity[]): Promise<void> {
  await em.createQueryBuilder().insert().into(CreditPenaltyEntity).values([...penalties]).orIgnore().execute();
}
