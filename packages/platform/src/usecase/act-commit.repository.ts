import type { EntityManager } from 'typeorm';
import { query, sql } from '../sql';

/** Longer than any request is under way. */
const keptMs = 10 * 60_000;

/**
 * Notes, as the last statement of an act, that it is about to be committed. Old notes go with it.
 *
 * @param at - now, by the clock on the wall: the time of the act itself is that of its beginning
 */
export async function noteActCommit(em: EntityManager, records: readonly string[], at: Date): Promise<void> {
  if (records.length === 0) return;
  const sorted = [...new Set(records)].sort(); // two acts on two records never wait for each other
  await query(em, sql`
    with gone as (
      delete from act_commit where ctid = any(array(
        select ctid from act_commit where at < ${new Date(at.getTime() - keptMs)} and record <> all(${sorted}::text[]) limit 20 for update skip locked))
    )
    insert into act_commit as c (record, at) select record, ${at} from unnest(${sorted}::text[]) as r (record)
    on conflict (record) do update set at = greatest(c.at, excluded.at)`);
}

/** Whether an act on a record was committed after an instant, by any process. */
export async function committedAfter(em: EntityManager, record: string, instant: Date): Promise<boolean> {
  const rows = await query(em, sql`select from act_commit where record = ${record} and at > ${instant}`);
  return rows.length > 0;
}
