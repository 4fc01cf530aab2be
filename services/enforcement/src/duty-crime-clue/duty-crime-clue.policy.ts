import type { AgencyFunction, AgencyReader } from '@casebridge/kernel';
import type { DutyCrimeActName } from './duty-crime-clue.machine';

/** Who gets such clues. */
export const isSupervision = (functions: readonly AgencyFunction[]): boolean => functions.includes('SUPERVISION');

/**
 * Null when the officer may act; else why not, in words for him.
 *
 * @param clue - null for one that is being sent, which every officer may do
 */
export function whyNotDutyCrimeAct(who: AgencyReader, act: DutyCrimeActName, clue: { readonly receiverCode: string } | null): string | null {
  if (!who.roles.some((role) => role === 'officer' || role === 'head')) return 'Only an officer may do this';
  if (act !== 'sendDutyCrimeClue' && clue?.receiverCode !== who.agency.code) return 'Only the supervision that it was sent to may do this';
  return null;
}
