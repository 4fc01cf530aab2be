import { listingStatus } from '@casebridge/contracts';
import { listingActCode } from './listing-record';
import { listingMachine } from './listing.machine';

/*
 * State by act, written out by hand from O44 and O107: every cell that is not here is refused.
 */

const table: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  CANDIDATE: { serveListingNotice: 'NOTICE_SERVED', decideNotToList: 'NOT_LISTED' },
  NOTICE_SERVED: {
    recordListingStatement: 'NOTICE_SERVED', requestListingHearing: 'HEARING', requestListingConsent: 'AWAITING_CONSENT', decideListing: 'LISTED',
    decideNotToList: 'NOT_LISTED',
  },
  HEARING: { recordListingStatement: 'HEARING', recordListingHearing: 'HEARD', decideNotToList: 'NOT_LISTED' },
  HEARD: { requestListingConsent: 'AWAITING_CONSENT', decideListing: 'LISTED', decideNotToList: 'NOT_LISTED' },
  AWAITING_CONSENT: { consentToListing: 'CONSENTED', refuseListingConsent: 'NOT_LISTED', decideNotToList: 'NOT_LISTED' },
  CONSENTED: { decideListing: 'LISTED', decideNotToList: 'NOT_LISTED' },
  NOT_LISTED: {},
  LISTED: { publishListing: 'PUBLISHED', revokeListing: 'REVOKED' },
  PUBLISHED: { applyForEarlyExit: 'EXIT_APPLIED', revokeListing: 'REVOKED' },
  EXIT_APPLIED: { acceptEarlyExit: 'EXIT_ACCEPTED', rejectEarlyExit: 'PUBLISHED', revokeListing: 'REVOKED' },
  EXIT_ACCEPTED: { extendEarlyExit: 'EXIT_ACCEPTED', approveEarlyExit: 'EXIT_APPROVED', rejectEarlyExit: 'PUBLISHED', revokeListing: 'REVOKED' },
  EXIT_APPROVED: { removeFromList: 'EXITED_EARLY', revokeListing: 'REVOKED' },
  EXITED_EARLY: { restoreListing: 'RESTORED' },
  EXPIRED: {},
  REVOKED: {},
  RESTORED: { revokeListing: 'REVOKED' },
};

it('knows the states of the code list', () => expect(Object.keys(table).sort()).toEqual([...listingStatus.codes].sort()));

it.each(listingStatus.codes.flatMap((state) => listingMachine.acts.map((act) => [state, act] as const)))('%s, %s', (state, act) => {
  const to = table[state]?.[act];
  if (to === undefined) expect(() => listingMachine.next(state, act)).toThrow(`${act} is not possible in state ${state}`);
  else expect(listingMachine.next(state, act)).toBe(to);
});

it('has a code and an article for every act', () => {
  for (const act of listingMachine.acts) {
    expect(listingActCode(act)).toMatch(/^[A-Z_]+$/);
    expect(listingMachine.rules[act].basis.mark).toBe('V');
  }
});
