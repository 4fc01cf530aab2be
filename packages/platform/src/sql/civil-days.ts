import { startOfDay } from '@casebridge/kernel';
import { always, and, type Sql, sql } from './sql';

/** Whether an instant falls on one of some civil days in China, both ends included: the last day of the calendar too, which has no next. */
export const onDays = (instant: Sql, from: string | null | undefined, to: string | null | undefined): Sql =>
  and(
    from == null ? always : sql`${instant} >= ${startOfDay(from)}`,
    to == null ? always : sql`${instant} < (${to}::date + 1)::timestamp at time zone 'Asia/Shanghai'`,
  );
