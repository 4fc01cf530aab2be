import type { ListingGround, NotListedReason } from '@casebridge/contracts';
import { apl2021, BadUserInput, civilDate, isOverdue, startOfDay } from '@casebridge/kernel';
import { lineInput } from '@casebridge/platform';
import { listPunishments } from '../punishment/credit-punishment.repository';
import { type ActInput, dayOf, type Doing, listingAct, words } from './listing-act';
import { ConsentNotNeeded, ConsentRequired, StatementPeriodRuns } from './listing.errors';
import { punishmentOfListing } from './listing-record';
import { periodFrom } from './listing.rule';

/*
 * The way into the list: notice, statement, hearing, consent of the agency above, decision, publication (O44 arts. 13, 14, 22).
 */

/** The agency whose consent a decision of this one needs; a bureau with none above it decides alone. */
const agencyAbove = ({ acting, listing }: Doing): string | null => {
  const { directory } = acting.ctx.deps;
  const above = directory.agency(listing.agencyCode)?.superior ?? null;
  return above !== null && directory.agency(above)?.status === 'ACTIVE' ? above : null;
};

/** @throws StatementPeriodRuns while the party may still be heard and has not been */
function assertHeard({ listing, now, state }: Doing): void {
  if (listing.clock !== 'listingStatement' || listing.dueAt === null || isOverdue(now, listing.dueAt)) return;
  throw new StatementPeriodRuns(state, civilDate(new Date(listing.dueAt.getTime() - 1)));
}

interface Notice extends ActInput {
  readonly noticeNo: string;
  readonly servedOn: string;
  readonly grounds: readonly ListingGround[];
  readonly facts: string;
}
export const serveListingNotice = listingAct<Notice>('serveListingNotice', (doing, input) => {
  const grounds = [...new Set(input.grounds)];
  if (grounds.length === 0) throw new BadUserInput('input.grounds', 'must name at least one ground');
  const noticeServedOn = dayOf(doing, 'servedOn', input.servedOn, null, '');
  return {
    fields: { noticeNo: lineInput(input.noticeNo, 'input.noticeNo'), noticeServedOn, grounds }, detail: { facts: words('facts', input.facts), on: noticeServedOn },
    from: startOfDay(noticeServedOn),
  };
});

export const recordListingStatement = listingAct<ActInput & { statement: string; receivedOn: string }>('recordListingStatement', async (doing, input) => {
  const on = dayOf(doing, 'receivedOn', input.receivedOn, doing.listing.noticeServedOn, 'the notice was served');
  await doing.acting.target.refuseIfOvertaken(doing.acting.tx.em); // the state keeps nobody from recording the same statement twice
  return { detail: { statement: words('statement', input.statement), on } };
});

export const requestListingHearing = listingAct<ActInput & { requestedOn: string }>('requestListingHearing', (doing, input) => {
  const on = dayOf(doing, 'requestedOn', input.requestedOn, doing.listing.noticeServedOn, 'the notice was served');
  const { dueAt } = doing.listing;
  if (isOverdue(startOfDay(on), dueAt)) throw new BadUserInput('input.requestedOn', 'lies after the time in which a hearing may be asked for', apl2021('64(1)'));
  return { detail: { on } };
});

export const recordListingHearing = listingAct<ActInput & { heldOn: string; summary: string }>('recordListingHearing', (doing, input) => {
  const on = dayOf(doing, 'heldOn', input.heldOn, doing.listing.noticeServedOn, 'the notice was served');
  return { detail: { summary: words('summary', input.summary), on } };
});

export const requestListingConsent = listingAct<ActInput & { reasons: string }>('requestListingConsent', (doing, input) => {
  assertHeard(doing);
  const consentAgencyCode = agencyAbove(doing);
  if (consentAgencyCode === null) throw new ConsentNotNeeded(doing.state);
  return { fields: { consentAgencyCode }, detail: { reasons: words('reasons', input.reasons) } };
});

export const consentToListing = listingAct<ActInput & { opinion?: string | null }>('consentToListing', (_, { opinion }) => ({
  detail: opinion == null ? {} : { opinion: words('opinion', opinion) },
}));

export const refuseListingConsent = listingAct<ActInput & { reasons: string }>('refuseListingConsent', (_, input) => {
  const reasons = words('reasons', input.reasons);
  return { fields: { notListedReason: 'SUPERIOR_REFUSED', notListedExplanation: reasons }, detail: { reasons } };
});

interface Decision extends ActInput {
  readonly listingNo: string;
  readonly decidedOn: string;
  readonly reasons: string;
  readonly consequences: string;
  readonly exitTerms: string;
  readonly remedies: string;
}
/** The decision states grounds, consequences, exit terms and remedies (O44 art. 13). */
export const decideListing = listingAct<Decision>('decideListing', (doing, input) => {
  assertHeard(doing);
  if (doing.listing.status !== 'CONSENTED' && agencyAbove(doing) !== null) throw new ConsentRequired(doing.state);
  const listedOn = dayOf(doing, 'decidedOn', input.decidedOn, doing.listing.noticeServedOn, 'the notice was served');
  return {
    fields: { listingNo: lineInput(input.listingNo, 'input.listingNo'), listedOn }, from: startOfDay(listedOn),
    detail: {
      reasons: words('reasons', input.reasons), consequences: words('consequences', input.consequences), exitTerms: words('exitTerms', input.exitTerms),
      remedies: words('remedies', input.remedies), on: listedOn,
    },
  };
});

/** 不列入 A heavy penalty that is not followed by a listing has a recorded reason. */
export const decideNotToList = listingAct<ActInput & { reason: NotListedReason; explanation: string }>('decideNotToList', (_, input) => {
  const explanation = words('explanation', input.explanation);
  return { fields: { notListedReason: input.reason, notListedExplanation: explanation }, detail: { explanation } };
});

export const publishListing = listingAct<ActInput>('publishListing', ({ acting, listing, today }) => ({
  fields: { publishedOn: today, ...periodFrom(today, listing, acting.tx.calendar) },
  afterwards: (after) => listPunishments(acting.tx.em, [punishmentOfListing(after)]),
}));
