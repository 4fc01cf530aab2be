import type { AgencyReader } from '@casebridge/kernel';
import type { DisclosureActName } from './disclosure.machine';
import type { DeferralActName } from './disclosure-deferral.machine';

/** Acts that officers do; the others come of events, of imports and of credit repair. */
export type OfficerAct = Exclude<
  DisclosureActName,
  | 'withdrawOverturnedDisclosure' | 'correctImportedDisclosure' | 'withdrawImportedDisclosure' | 'republishImportedDisclosure' | 'stopDisclosure' | 'restartDisclosure'
>;

/** What is asked by one is decided by another, who is the head: nobody changes alone what the public reads of a decision, or takes it away. */
const roles: Readonly<Record<OfficerAct | DeferralActName, 'officer' | 'head'>> = {
  storeDisclosureText: 'officer',
  clearDisclosure: 'officer',
  withholdDisclosure: 'head',
  recordDisclosurePush: 'officer',
  proposeDisclosureCorrection: 'officer',
  approveDisclosureCorrection: 'head',
  rejectDisclosureCorrection: 'head',
  proposeDisclosureWithdrawal: 'officer',
  approveDisclosureWithdrawal: 'head',
  rejectDisclosureWithdrawal: 'head',
  deferDisclosure: 'head',
  reviewDisclosureDeferral: 'head',
  liftDisclosureDeferral: 'head',
};

export interface DisclosureParties {
  readonly agencyCode: string;
  /** Who asked for what is to be decided. */
  readonly proposedBy?: string | null;
  /** Who wrote the text that is to be reviewed, where that is known. */
  readonly textBy?: string | null;
}

/** Null when the officer may act; else why not, in words for him. */
export function whyNotDisclosureAct(who: AgencyReader, act: OfficerAct | DeferralActName, { agencyCode, proposedBy, textBy }: DisclosureParties): string | null {
  if (agencyCode !== who.agency.code) return 'Only the agency that decides the case may do this';
  const role = roles[act];
  if (!who.roles.includes(role) && !(role === 'officer' && who.roles.includes('head'))) {
    return role === 'head' ? 'Only the head of the agency (负责人) may do this' : 'Only an officer may do this';
  }
  if (role === 'head' && proposedBy != null && proposedBy === who.officerId) return 'Another officer than the one who proposed it must decide this';
  if ((act === 'clearDisclosure' || act === 'withholdDisclosure') && textBy != null && textBy === who.officerId) {
    return 'Another officer than the one who wrote the text must review it';
  }
  return null;
}
