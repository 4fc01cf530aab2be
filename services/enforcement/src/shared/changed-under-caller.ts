import { Conflict } from '@casebridge/kernel';
import type { RequestContext } from '@casebridge/platform';

/**
 * Refuses an act on a record that somebody else changed after the request had reached the hub: of ten acts sent at once one succeeds.
 * Acts that a state machine guards need no such check, nor do those that give the version they expect.
 *
 * @throws Conflict
 */
export function refuseIfChangedUnderCaller(ctx: RequestContext, changedAt: Date | null): void {
  if (changedAt !== null && changedAt.getTime() >= ctx.request.receivedAt.getTime()) {
    throw new Conflict('The record was changed while this request was under way');
  }
}

/**
 * @param expected - the version that the caller read, or none
 * @throws Conflict when the record has another version
 */
export function refuseUnlessExpected(actual: number, expected: number | null | undefined): void {
  if (expected != null && expected !== actual) throw new Conflict(`The record has version ${actual}, not ${expected}`, { field: 'input.expectedVersion' });
}
