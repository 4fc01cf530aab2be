import { type Sql, sql } from '@casebridge/platform';

/** 修复后不共享、不使用: true for a decision whose repair is carried out, from the instant of the act, so that what rests on it rests too. Its publication is stopped by `stopShowing`. */
export const repairedDecision = (decisionId: Sql): Sql =>
  sql`exists (select 1 from credit_repair stop where stop.decision_id = ${decisionId} and stop.stopped_at is not null)`;
