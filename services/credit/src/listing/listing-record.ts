import { createHash } from 'node:crypto';
import { type DishonestyListingActed, dishonestyListingActed, type ListingAct, listingAct, type PenaltyDecided, penaltyKind } from '@casebridge/contracts';
import { civilDate, cleanLine, latest, startOfDay, uuidv7 } from '@casebridge/kernel';
import type { CreditPunishmentEntity } from '../punishment/credit-punishment.entity';
import type { DishonestyListingActEntity, DishonestyListingEntity, ListingActDetail } from './listing.entity';
import { basisOf, groundsOf, heavyKinds } from './listing-ground.rule';
import { type ListingActName, listingMachine, publishedStatuses } from './listing.machine';
import { type Decided, type Restriction, statusOn } from './listing.rule';

/*
 * What the event of a decision and the acts on a listing write, as plain values: no I/O, so that the generator of demo data writes by COPY the very
 * rows that the service writes.
 */

const idOf = (what: string, day: string): string =>
  uuidv7(startOfDay(day), (length) => createHash('sha256').update(what).digest().subarray(0, length));

/** The restrictions that a decision lays on its own party. */
function restrictionOf({ items, partyName, partyKind }: PenaltyDecided): Restriction {
  const own = items.filter((i) => i.partyKind === partyKind && i.partyName === partyName && ['BUSINESS_RESTRICTION', 'PRODUCTION_SUSPENSION', 'INDUSTRY_BAN'].includes(i.kind));
  const [first, ...rest] = own.flatMap((i) => i.endsOn ?? []);
  return { restrictionEndsOn: first === undefined ? null : latest(first, ...rest), restrictionForLife: own.some((i) => i.forLife) };
}

/**
 * Whether a decision has to be followed by a listing, or by a recorded reason why not: every heavy penalty of the ordinary procedure has.
 *
 * @param at - instant of the event
 * @param nameOf - a party's name as it may be published
 * @returns the record as it stands before any act, or null where no penalty is heavy
 * @see O44 art. 2
 */
export function listingCandidateOf(event: PenaltyDecided, at: Date, nameOf: (name: string) => string): DishonestyListingEntity | null {
  if (event.procedure === 'SIMPLIFIED') return null;
  const heavy = heavyKinds(event.tier, event.items.flatMap(({ kind }) => (penaltyKind.is(kind) ? [kind] : [])));
  if (heavy.length === 0) return null;
  return {
    id: idOf(`listing:${event.decisionId}`, civilDate(at)), caseId: event.caseId, decisionId: event.decisionId, documentNo: cleanLine(event.documentNo),
    decidedOn: event.decidedOn, partyKind: event.partyKind, partyName: nameOf(cleanLine(event.partyName)), uscc: event.partyKind === 'ENTITY' ? event.partyUscc : null,
    agencyCode: event.authorityCode, regionCode: event.regionCode, violationType: event.violationType, heavyKinds: heavy, ...restrictionOf(event),
    grounds: groundsOf(event.violationType), status: 'CANDIDATE', noticeNo: null, noticeServedOn: null, consentAgencyCode: null, notListedReason: null,
    notListedExplanation: null, listingNo: null, listedOn: null, publishedOn: null, endsOn: null, forLife: false, clock: null, clockStartedAt: null, dueAt: null,
    version: 0, createdAt: at, updatedAt: at,
  };
}

/** The name under which an act stands among the acts: the mutation's, in upper snake case. */
export const listingActCode = (act: ListingActName): ListingAct => {
  const name = act.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
  if (!listingAct.is(name)) throw new RangeError(`${act} is not in the code list of acts`);
  return name;
};

/** The record after an act; `listing` itself stays as it was. */
export const listingAfter = <L extends DishonestyListingEntity>(listing: L, { met: _met, ...decided }: Decided, fields: Partial<DishonestyListingEntity>, at: Date): L =>
  ({ ...listing, ...fields, ...decided, version: listing.version + 1, updatedAt: at });

export interface ListingActDone {
  readonly act: ListingActName;
  readonly met: boolean | null;
  readonly actorCode: string;
  readonly officerId: string;
  readonly detail: ListingActDetail;
}

/** The entry of an act. Every act counts the version up by one, so the version is the position as well. */
export function listingActRow(after: DishonestyListingEntity, done: ListingActDone, makeId: (at: Date) => string = (at) => uuidv7(at)): DishonestyListingActEntity {
  const { basis } = listingMachine.rules[done.act];
  return {
    id: makeId(after.updatedAt), listingId: after.id, position: after.version, act: listingActCode(done.act), status: after.status, at: after.updatedAt,
    actorCode: done.actorCode, officerId: done.officerId, basisInstrument: basis.instrument, basisArticle: basis.article, basisMark: basis.mark, met: done.met,
    detail: done.detail,
  };
}

/** On the published list on a day. */
export const isListedOn = (listing: DishonestyListingEntity, today: string): boolean => publishedStatuses.includes(statusOn(listing, today));

export function listingActedEvent(after: DishonestyListingEntity, entry: DishonestyListingActEntity): { readonly type: string; readonly subject: string; readonly data: DishonestyListingActed } {
  return {
    type: dishonestyListingActed.type,
    subject: `listing:${after.id}`,
    data: {
      listingId: after.id, caseId: after.caseId, decisionId: after.decisionId, position: entry.position, act: entry.act, statusAfter: after.status,
      agencyCode: after.agencyCode, actorCode: entry.actorCode, partyKind: after.partyKind, uscc: after.uscc, publishedOn: after.publishedOn, endsOn: after.endsOn,
      forLife: after.forLife, inForce: isListedOn(after, civilDate(entry.at)), occurredAt: entry.at.toISOString(),
    },
  };
}

/** The entry as everybody reads it among the punishments, from its publication on. */
export function punishmentOfListing(listing: DishonestyListingEntity): CreditPunishmentEntity {
  const [ground] = listing.grounds;
  const { publishedOn, listedOn, listingNo } = listing;
  if (ground === undefined || publishedOn === null || listedOn === null || listingNo === null) throw new RangeError(`Listing ${listing.id} is not published`);
  const basis = basisOf(ground);
  return {
    id: punishmentIdOf(listing), kind: 'DISHONESTY_LISTING', caseId: listing.caseId, decisionId: listing.decisionId, penaltyItemId: null, documentNo: listingNo,
    partyKind: listing.partyKind, partyName: listing.partyName, personIdDigest: null, uscc: listing.uscc, agencyCode: listing.agencyCode, regionCode: listing.regionCode,
    basisInstrument: basis.instrument, basisArticle: basis.article, basisMark: basis.mark, startsOn: listedOn, endsOn: listing.endsOn, forLife: listing.forLife,
    publishedOn, publicationEndsOn: listing.endsOn, liftedAt: null, revokedAt: null, listedOn,
  };
}

/** The same all its life, whatever happens to the listing. */
export const punishmentIdOf = ({ id, createdAt }: DishonestyListingEntity): string => idOf(`punishment-of-listing:${id}`, civilDate(createdAt));
