import { type PenaltyOverturned, penaltyOverturned, withdrawalCause } from '@casebridge/contracts';
import { isOverdue, stateCouncilCalendar } from '@casebridge/kernel';
import { type EventReaction, on } from '@casebridge/platform';
import { actElsewhere, lockRecordOf } from '../disclosure/disclosure-record.repository';
import type { DisclosureRecordEntity } from '../disclosure/disclosure-record.entity';
import { withdrawalDeadline } from '../disclosure/publication-clock.rule';
import { endConsequencesOf } from './decision-end.repository';

/** What a record says of a withdrawal that an event asked for, and whether it came in time. */
export function withdrawalFor({ outcome, outcomeDocumentNo, decidedOn }: PenaltyOverturned, at: Date) {
  const reason = `${withdrawalCause.labels[outcome].zh}（${outcomeDocumentNo}）`;
  const fields: Partial<DisclosureRecordEntity> = { withdrawnAt: at, withdrawalReason: reason, withdrawalCauseOn: decidedOn, proposal: null, proposedBy: null };
  const met = !isOverdue(at, withdrawalDeadline(decidedOn, stateCouncilCalendar)?.dueAt ?? null);
  return { fields, done: { at, met, detail: { cause: outcome, reasons: reason, on: decidedOn } } };
}

/**
 * A decision was changed, revoked, confirmed illegal or is void: what was published of it is withdrawn at once, and what it did to names ends (O45 art. 11;
 * O44 art. 19). Events of one case come in their order, so the decision is known; a second delivery changes nothing.
 */
export const onPenaltyOverturned: EventReaction = on(penaltyOverturned, async (em, { data, occurredAt }) => {
  const { fields, done } = withdrawalFor(data, occurredAt);
  const record = await lockRecordOf(em, data.decisionId);
  if (record && record.status !== 'WITHDRAWN') await actElsewhere(em, record, 'withdrawOverturnedDisclosure', fields, done);
  await endConsequencesOf(em, data.decisionId, { at: occurredAt, on: data.decidedOn, reasons: done.detail.reasons });
});
