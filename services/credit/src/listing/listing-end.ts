import { civilDate, isOverdue, startOfDay, stateCouncilCalendar } from '@casebridge/kernel';
import type { DishonestyListingEntity } from './listing.entity';
import { listingMachine } from './listing.machine';
import { listingActRow, listingAfter } from './listing-record';
import { deadlineOf, decideListingAct, statusOn } from './listing.rule';

/** What is known of the end of the decision behind a listing. */
export interface DecisionEnded {
  readonly at: Date;
  /** Day since which the decision no longer stands. */
  readonly on: string;
  readonly reasons: string;
}

/** The officer under whose name stands what an event has done of itself. */
const HUB = 'hub';

/**
 * What came of a listing when the decision behind it no longer stands: one that was decided is revoked (O44 art. 19), one that was not comes to nothing. One that
 * is over, or was dealt with already, stays as it is.
 *
 * @returns the listing after it, with the entry; null where nothing is to be done
 */
export function listingWithoutDecision(listing: DishonestyListingEntity, { at, on, reasons }: DecisionEnded, makeId?: (at: Date) => string) {
  const status = statusOn(listing, civilDate(at));
  const act = (['revokeListing', 'decideNotToList'] as const).find((a) => listingMachine.can(status, a));
  if (act === undefined) return null;
  const rule = decideListingAct(listing, act, at, stateCouncilCalendar);
  const decided = act === 'revokeListing' ? { ...rule, met: !isOverdue(at, deadlineOf('listingRevocation', startOfDay(on), stateCouncilCalendar)?.dueAt ?? null) } : rule;
  const fields = act === 'revokeListing' ? {} : { notListedReason: 'DECISION_CHANGED' as const, notListedExplanation: reasons };
  const after = listingAfter(listing, decided, fields, at);
  const detail = act === 'revokeListing' ? { reasons, on } : { explanation: reasons };
  return { after, entry: listingActRow(after, { act, met: decided.met, actorCode: listing.agencyCode, officerId: HUB, detail }, makeId) };
}
