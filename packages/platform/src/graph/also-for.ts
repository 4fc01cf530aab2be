import { BadUserInput } from '@casebridge/kernel';

/** Requests that may share one fetch beside the one that makes it: their ids fit the header of a call. */
export const maxAlsoFor = 100;

/** Carries `ServiceRequest.alsoFor` between processes, ids separated by commas. */
export const alsoForHeader = 'x-also-for';

/** As the gateway takes and makes them: nothing in one could forge a line of the log. */
const plainId = /^[A-Za-z0-9._-]{1,64}$/;

/**
 * Other requests that a call is made for.
 *
 * @throws BadUserInput for more than a call may have, and for what is no id: one that is dropped would be a reading without its entry
 */
export function readAlsoFor(header: string | null): readonly string[] {
  if (header === null) return [];
  const ids = header.split(',', maxAlsoFor + 1);
  if (ids.length > maxAlsoFor || !ids.every((id) => plainId.test(id))) throw new BadUserInput(alsoForHeader, `at most ${maxAlsoFor} ids of requests`);
  return ids;
}
