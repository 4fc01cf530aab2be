import type { AgencyReader } from '@casebridge/kernel';
import type { ListingActName } from './listing.machine';

export interface ListingParties {
  readonly agencyCode: string;
  /** The agency that was asked for its consent. */
  readonly consentAgencyCode: string | null;
}

type Actor = 'owner' | 'above';
const agencyOf: Readonly<Record<Actor, keyof ListingParties>> = { owner: 'agencyCode', above: 'consentAgencyCode' };
const notHis: Readonly<Record<Actor, string>> = {
  owner: 'Only the agency that decided the penalty may do this', above: 'Only the agency above, when it is asked for its consent, may do this',
};

/** Who acts, and in which role. What the party does (a statement, an application) is recorded by the agency that it comes to. */
const actors: Readonly<Record<ListingActName, readonly [actor: Actor, role: 'officer' | 'head']>> = {
  serveListingNotice: ['owner', 'officer'],
  recordListingStatement: ['owner', 'officer'],
  requestListingHearing: ['owner', 'officer'],
  recordListingHearing: ['owner', 'officer'],
  requestListingConsent: ['owner', 'head'],
  consentToListing: ['above', 'head'],
  refuseListingConsent: ['above', 'head'],
  decideListing: ['owner', 'head'],
  decideNotToList: ['owner', 'head'],
  publishListing: ['owner', 'officer'],
  applyForEarlyExit: ['owner', 'officer'],
  acceptEarlyExit: ['owner', 'officer'],
  extendEarlyExit: ['owner', 'head'],
  approveEarlyExit: ['owner', 'head'],
  rejectEarlyExit: ['owner', 'head'],
  removeFromList: ['owner', 'officer'],
  revokeListing: ['owner', 'head'],
  restoreListing: ['owner', 'head'],
};

/** Null when the officer may act; else why not, in words for him. */
export function whyNotListingAct(who: AgencyReader, act: ListingActName, listing: ListingParties): string | null {
  const [actor, role] = actors[act];
  if (listing[agencyOf[actor]] !== who.agency.code) return notHis[actor];
  if (who.roles.includes(role) || (role === 'officer' && who.roles.includes('head'))) return null;
  return role === 'head' ? 'Only the head of the agency (负责人) may do this' : 'Only an officer may do this';
}
