import type { EntityManager } from 'typeorm';
import { DisclosureRecordEntity } from './disclosure-record.entity';

/** Writes the record of a decision; one that is there already, from an earlier delivery, stays as it is. */
export async function publishRecord(em: EntityManager, record: DisclosureRecordEntity): Promise<void> {
  await em.createQueryBuilder().insert().into(DisclosureRecordEntity).values(record).orIgnore().execute();
}
