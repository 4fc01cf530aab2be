import { officerFrom } from '../test/world';
import { listingMachine } from './listing.machine';
import { whyNotListingAct } from './listing.policy';

/** Who may, written out by hand: the agency that decided, its head, or the head of the agency above. */
const expected: Readonly<Record<string, 'officer' | 'head' | 'above'>> = {
  serveListingNotice: 'officer', recordListingStatement: 'officer', requestListingHearing: 'officer', recordListingHearing: 'officer',
  requestListingConsent: 'head', consentToListing: 'above', refuseListingConsent: 'above', decideListing: 'head', decideNotToList: 'head',
  publishListing: 'officer', applyForEarlyExit: 'officer', acceptEarlyExit: 'officer', extendEarlyExit: 'head', approveEarlyExit: 'head',
  rejectEarlyExit: 'head', removeFromList: 'officer', revokeListing: 'head', restoreListing: 'head',
};
const listing = { agencyCode: 'DRUG-own', consentAgencyCode: 'DRUG-top' };

it.each(listingMachine.acts)('%s', (act) => {
  const may = (code: string, ...roles: Parameters<typeof officerFrom>[1] & {}): boolean => whyNotListingAct(officerFrom(code, roles), act, listing) === null;
  const who = expected[act];
  expect([may('DRUG-own', 'officer'), may('DRUG-own', 'head'), may('DRUG-top', 'officer'), may('DRUG-top', 'head'), may('DRUG-none', 'head'), may('DRUG-own', 'reviewer')])
    .toEqual([who === 'officer', who !== 'above', false, who === 'above', false, false]);
});

it('knows no agency above before it was asked', () => {
  expect(whyNotListingAct(officerFrom('DRUG-top', ['head']), 'consentToListing', { ...listing, consentAgencyCode: null })).not.toBeNull();
});
