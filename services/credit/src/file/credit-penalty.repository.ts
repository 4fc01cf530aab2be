import { query, sql } from '@casebridge/platform';
import type { EntityManager } from 'typeorm';
import { CreditPenaltyEntity } from './credit-penalty.entity';

/** Enters what a decision laid on its parties; what is there already, from an earlier delivery, stays as it is. */
export async function enterPenalties(em: EntityManager, penalties: readonly CreditPenaltyEntity[]): Promise<void> {
  await em.createQueryBuilder().insert().into(CreditPenaltyEntity).values([...penalties]).orIgnore().execute();
}

/** A decision that was changed, revoked, found illegal or void stays in the file of who decided, and in nobody else's. */
export async function overturnPenaltiesOf(em: EntityManager, decisionId: string, on: string): Promise<void> {
  await query(em, sql`update credit_penalty set overturned_on = ${on}::date where decision_id = ${decisionId} and overturned_on is null`);
}
