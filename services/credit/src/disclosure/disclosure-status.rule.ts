import type { DisclosureEnd, DisclosureStatus } from '@casebridge/contracts';

/** What the state of a record on a day depends on. */
export interface Showing {
  readonly status: DisclosureStatus;
  readonly publishedOn: string;
  readonly disclosureEndsOn: string | null;
  readonly stoppedAt: Date | null;
}

/**
 * Where a record stands on a day; its last day counts in full.
 *
 * @param deferred - whether a deferral of its case runs
 */
export function disclosureStatusOn({ status, publishedOn, disclosureEndsOn, stoppedAt }: Showing, today: string, deferred: boolean): DisclosureStatus {
  if (status === 'WITHDRAWN' || status === 'WITHHELD') return status;
  if (stoppedAt !== null) return 'STOPPED';
  if (deferred) return 'DEFERRED';
  if (disclosureEndsOn !== null && disclosureEndsOn < today) return 'EXPIRED';
  return publishedOn > today ? 'DUE' : status;
}

/** The state that the acts ask: a deferral closes the record to the public, and to no act. */
export const actStatusOn = (record: Showing, today: string): DisclosureStatus => {
  const status = disclosureStatusOn(record, today, false);
  return status === 'DUE' ? record.status : status;
};

/** Why a record is not shown on a day; null: it is shown, or is not yet. */
export function endOf(record: Showing, today: string, deferred: boolean): DisclosureEnd | null {
  const status = disclosureStatusOn(record, today, deferred);
  if (status === 'STOPPED') return 'REPAIRED';
  return status === 'WITHDRAWN' || status === 'WITHHELD' || status === 'DEFERRED' || status === 'EXPIRED' ? status : null;
}
