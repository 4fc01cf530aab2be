import type { AgencyFunction, AgencyReader } from '@casebridge/kernel';
import type { ClueActName } from './clue.machine';

/** Agencies that handle clues by PROC (art. 85): market regulation and drug regulation. */
export const handlesClues = (functions: readonly AgencyFunction[]): boolean => functions.includes('DRUG') || functions.includes('MARKET');

/** What goes to these goes by a way of its own: suspected crimes as a referral, duty crimes by the sealed channel. */
const ownWay: readonly AgencyFunction[] = ['POLICE', 'PROCURATORATE', 'COURT', 'SUPERVISION'];
export const takesClues = (functions: readonly AgencyFunction[]): boolean => handlesClues(functions) || !functions.some((f) => ownWay.includes(f));

/** In which role; the head decides on filing and approves the longer period (PROC 18). */
const roles: Readonly<Record<ClueActName, 'officer' | 'head'>> = {
  recordClue: 'officer', beginClueVerification: 'officer', sendClueForTesting: 'officer', recordClueTestResult: 'officer', extendClueReview: 'head',
  fileCase: 'head', declineToFileCase: 'head', transferClue: 'head', mergeClue: 'officer',
};

/**
 * Null when the officer may act; else why not, in words for him.
 *
 * @param clue - null for one that is being recorded, by the agency that will handle it
 */
export function whyNotClueAct(who: AgencyReader, act: ClueActName, clue: { readonly agencyCode: string } | null): string | null {
  if (clue === null && !handlesClues(who.agency.functions)) return 'Only market or drug regulation records clues';
  if (clue !== null && clue.agencyCode !== who.agency.code) return 'Only the agency that handles the clue may do this';
  if (who.roles.includes('head') || (roles[act] === 'officer' && who.roles.includes('officer'))) return null;
  return roles[act] === 'head' ? 'Only a head of the agency may do this' : 'Only an officer may do this';
}
