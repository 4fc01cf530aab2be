import { civilDate } from '@casebridge/kernel';
import { type Job, query, sql } from '@casebridge/platform';
import { disclosureEndedEvent, expiredOn, tombstoneOf } from './disclosure-procedure';
import { buryRecords } from './disclosure-record.repository';

/** As many as one transaction tells of; the rest is found by the next. */
const MOST = 500;

interface Expired {
  readonly id: string;
  readonly case_id: string | null;
  readonly decision_id: string;
  readonly disclosure_ends_on: string;
}

/** Tells once of every record whose period is over. That it is shown no longer does not wait for this: it is asked at every reading. */
export const tellExpiredDisclosures: Job = {
  name: 'disclosure-expiry', everyMs: 60_000,
  run: async (tx) => {
    const now = tx.clock.now();
    const expired = await query<Expired>(tx.em, sql`
      select d.id, d.case_id, d.decision_id, d.disclosure_ends_on::text as disclosure_ends_on from disclosure_record d
      where d.disclosure_ends_on < ${civilDate(now)}::date and d.status not in ('WITHDRAWN', 'WITHHELD') and d.stopped_at is null and not d.held
        and not exists (select 1 from disclosure_tombstone t where t.record_id = d.id and t.reason = 'EXPIRED' and t.gone_on > d.disclosure_ends_on)
      order by d.disclosure_ends_on, d.id limit ${MOST}`);
    for (const row of expired) {
      const tombstone = tombstoneOf(row, 'EXPIRED', expiredOn(row.disclosure_ends_on), now);
      await buryRecords(tx.em, [tombstone]);
      await tx.emit(disclosureEndedEvent({ caseId: row.case_id, decisionId: row.decision_id }, tombstone));
    }
  },
};
