import { penaltyOverturned } from '@casebridge/contracts';
import { type EventReaction, on, query, sql } from '@casebridge/platform';

/** A decision that was changed, revoked, found illegal or void stays in the file of who decided, and in nobody else's. A second delivery changes nothing. */
export const overturnInFile: EventReaction = on(penaltyOverturned, async (em, { data }) => {
  await query(em, sql`update credit_penalty set overturned_on = ${data.decidedOn}::date where decision_id = ${data.decisionId} and overturned_on is null`);
});
