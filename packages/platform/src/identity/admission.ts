import type { Principal } from '@casebridge/kernel';
import { NotAdmitted } from './identity.errors';

/**
 * Which readers the platform has let in. A brand by identity and not a field: what is not this very object (a copy, a
 * literal, something parsed from a message) was not let in, whatever it says of itself.
 */
const admitted = new WeakSet<object>();

/**
 * Lets a reader in: freezes it to its depth and brands the object. Called by the gateway after it verified a token, and by
 * a service's own HTTP server after it verified an internal token; by nothing else.
 *
 * @returns the same object
 */
export function admit<P extends Principal>(principal: P): P {
  if (principal.kind === 'agency') {
    Object.freeze(principal.roles);
    Object.freeze(principal.scopes);
    Object.freeze(principal.agency.functions);
    Object.freeze(principal.agency.regions);
    Object.freeze(principal.agency);
  }
  admitted.add(Object.freeze(principal));
  return principal;
}

/** Whether this very object was let in. */
export const isAdmitted = (principal: unknown): principal is Principal =>
  typeof principal === 'object' && principal !== null && admitted.has(principal);

/** @throws NotAdmitted when the reader was not let in */
export function assertAdmitted(principal: unknown): asserts principal is Principal {
  if (!isAdmitted(principal)) throw new NotAdmitted();
}
