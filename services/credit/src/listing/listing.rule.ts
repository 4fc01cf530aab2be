import type { ListingStatus } from '@casebridge/contracts';
import { addDays, civilDate, type Deadline, type HolidayCalendar, isOverdue, latest, startOfDay } from '@casebridge/kernel';
import { type ListingClockName, listingClocks } from './listing.clocks';
import { type ListingActName, listingMachine, publishedStatuses } from './listing.machine';

/** What the rule needs of a listing. */
export interface ListingState {
  readonly status: ListingStatus;
  /** The clock that runs, and since when; none: nothing is due. */
  readonly clock: ListingClockName | null;
  readonly clockStartedAt: Date | null;
  readonly dueAt: Date | null;
  readonly endsOn: string | null;
  readonly forLife: boolean;
}

export interface Decided extends Pick<ListingState, 'status' | 'clock' | 'clockStartedAt' | 'dueAt'> {
  /** Whether the act came in time for the clock that it meets; null where none ran. */
  readonly met: boolean | null;
}

/** The clock that starts with an act; KEEPS leaves the one that runs. */
const starts: Readonly<Record<ListingActName, ListingClockName | 'KEEPS' | null>> = {
  serveListingNotice: 'listingStatement',
  recordListingStatement: 'KEEPS',
  requestListingHearing: null,
  recordListingHearing: null,
  requestListingConsent: null,
  consentToListing: null,
  refuseListingConsent: null,
  decideListing: 'listingPublication',
  decideNotToList: null,
  publishListing: null,
  applyForEarlyExit: 'exitAcceptance',
  acceptEarlyExit: 'exitDecision',
  extendEarlyExit: 'exitExtension',
  approveEarlyExit: 'exitExecution',
  rejectEarlyExit: null,
  removeFromList: null,
  revokeListing: null,
  restoreListing: null,
};

/** Acts that the agency owes by the clock that runs; the statement period is the party's. */
const meets: ReadonlySet<ListingActName> = new Set(['publishListing', 'acceptEarlyExit', 'extendEarlyExit', 'approveEarlyExit', 'rejectEarlyExit', 'removeFromList']);

/** The state on a day: the last day of the period counts in full. */
export const statusOn = ({ status, endsOn, forLife }: Pick<ListingState, 'status' | 'endsOn' | 'forLife'>, today: string): ListingStatus =>
  publishedStatuses.includes(status) && !forLife && endsOn !== null && endsOn < today ? 'EXPIRED' : status;

/**
 * The state after an act, and the clock that runs from then on.
 *
 * @param from - where the clock counts from a day that the act tells of
 * @throws IllegalTransition when the act is not lawful in the present state
 */
export function decideListingAct(state: ListingState, act: ListingActName, now: Date, calendar: HolidayCalendar, from = now): Decided {
  const status = listingMachine.next(statusOn(state, civilDate(now)), act);
  const met = meets.has(act) && state.dueAt !== null ? !isOverdue(now, state.dueAt) : null;
  const clock = starts[act];
  if (clock === 'KEEPS') return { status, met, clock: state.clock, clockStartedAt: state.clockStartedAt, dueAt: state.dueAt };
  const deadline = clock === null ? null : deadlineOf(clock, from, calendar);
  return deadline === null ? { status, met, clock: null, clockStartedAt: null, dueAt: null } : { status, met, clock, clockStartedAt: from, dueAt: deadline.dueAt };
}

/** A deadline, or none where no row of the clock was in force when it would have begun. */
export function deadlineOf(name: ListingClockName, from: Date, calendar: HolidayCalendar): Deadline | null {
  const clock = listingClocks[name];
  const day = civilDate(from);
  return clock.rows.some((row) => row.effectiveFrom <= day) ? clock.dueAt(from, calendar) : null;
}

/** Of the restrictions in the decision, the longest. */
export interface Restriction {
  readonly restrictionEndsOn: string | null;
  readonly restrictionForLife: boolean;
}

/** The last day on the list: three years from the publication, or the end of a longer restriction (O44 art. 21; O107 art. 13). */
export function periodFrom(publishedOn: string, { restrictionEndsOn, restrictionForLife }: Restriction, calendar: HolidayCalendar) {
  const plain = listingClocks.listingPeriod.dueDate(startOfDay(publishedOn), calendar);
  return restrictionForLife ? { endsOn: null, forLife: true } : { endsOn: latest(plain, restrictionEndsOn ?? plain), forLife: false };
}

/** The first day on which early exit may be asked for; null: never (O44 art. 16; O107 art. 13). */
export function earliestExitOn(publishedOn: string, { restrictionEndsOn, restrictionForLife }: Restriction, calendar: HolidayCalendar): string | null {
  if (restrictionForLife) return null;
  const last = listingClocks.earliestExit.dueDate(startOfDay(publishedOn), calendar);
  return addDays(latest(last, restrictionEndsOn ?? last), 1);
}
