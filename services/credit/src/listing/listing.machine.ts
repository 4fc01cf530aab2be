import type { ListingStatus } from '@casebridge/contracts';
import { apl2021, defineMachine, o107, o44, proc, unchanged } from '@casebridge/kernel';

/** The way into the serious-dishonesty list (严重违法失信名单) and out of it. The end of the period is no act: EXPIRED is read off the days. */
export const listingMachine = defineMachine<ListingStatus>()('CANDIDATE', {
  serveListingNotice: { from: ['CANDIDATE'], to: 'NOTICE_SERVED', basis: o44('13') },
  recordListingStatement: { from: ['NOTICE_SERVED', 'HEARING'], to: unchanged, basis: proc('57') },
  requestListingHearing: { from: ['NOTICE_SERVED'], to: 'HEARING', basis: apl2021('64(1)') },
  recordListingHearing: { from: ['HEARING'], to: 'HEARD', basis: apl2021('64') },
  requestListingConsent: { from: ['NOTICE_SERVED', 'HEARD'], to: 'AWAITING_CONSENT', basis: o44('22') },
  consentToListing: { from: ['AWAITING_CONSENT'], to: 'CONSENTED', basis: o44('22') },
  refuseListingConsent: { from: ['AWAITING_CONSENT'], to: 'NOT_LISTED', basis: o44('22') },
  decideListing: { from: ['NOTICE_SERVED', 'HEARD', 'CONSENTED'], to: 'LISTED', basis: o44('13') },
  decideNotToList: { from: ['CANDIDATE', 'NOTICE_SERVED', 'HEARING', 'HEARD', 'AWAITING_CONSENT', 'CONSENTED'], to: 'NOT_LISTED', basis: o44('12') },
  publishListing: { from: ['LISTED'], to: 'PUBLISHED', basis: o44('14') },
  applyForEarlyExit: { from: ['PUBLISHED'], to: 'EXIT_APPLIED', basis: o107('13') },
  acceptEarlyExit: { from: ['EXIT_APPLIED'], to: 'EXIT_ACCEPTED', basis: o107('14') },
  extendEarlyExit: { from: ['EXIT_ACCEPTED'], to: unchanged, basis: o107('16') },
  approveEarlyExit: { from: ['EXIT_ACCEPTED'], to: 'EXIT_APPROVED', basis: o107('16') },
  rejectEarlyExit: { from: ['EXIT_APPLIED', 'EXIT_ACCEPTED'], to: 'PUBLISHED', basis: o107('16') },
  removeFromList: { from: ['EXIT_APPROVED'], to: 'EXITED_EARLY', basis: o107('17') },
  revokeListing: {
    from: ['LISTED', 'PUBLISHED', 'EXIT_APPLIED', 'EXIT_ACCEPTED', 'EXIT_APPROVED', 'RESTORED'], to: 'REVOKED', basis: o44('19'),
  },
  restoreListing: { from: ['EXITED_EARLY'], to: 'RESTORED', basis: o44('20') },
});

export type ListingActName = (typeof listingMachine.acts)[number];

/** On the published list, while the period runs. */
export const publishedStatuses: readonly ListingStatus[] = ['PUBLISHED', 'EXIT_APPLIED', 'EXIT_ACCEPTED', 'EXIT_APPROVED', 'RESTORED'];
