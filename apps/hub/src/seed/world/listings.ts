import {
  type DishonestyListingActEntity, type DishonestyListingEntity, decideListingAct, deadlineOf, earliestExitOn, type ListingActName, listingActedEvent,
  listingActRow, listingAfter, listingWithoutDecision, periodFrom, punishmentOfListing, withdrawalFor,
} from '@casebridge/credit';
import { demoAgencies } from '@casebridge/contracts';
import { isOverdue, startOfDay, stateCouncilCalendar as calendar, uuidv7 } from '@casebridge/kernel';
import { dayNumber, dayOf, dayText, officeTime, workingDaysLater, workingFrom } from './days';
import type { Desk } from './desk';
import type { EventLog } from './event-log';
import { orderMeasures } from './measures';
import { label } from './names';
import { surroundings, type FilingAgency } from './places';
import type { Overturned } from './publications';
import type { Random } from './random';
import { tables } from './tables';

type Stage = Desk & { readonly log: EventLog };
interface Effect {
  readonly fields?: Partial<DishonestyListingEntity>;
  readonly detail?: DishonestyListingActEntity['detail'];
  readonly from?: Date;
  readonly met?: boolean;
  readonly lifted?: Date | null;
  readonly revoked?: Date;
}

const above = new Map(demoAgencies.map(({ code, superior }) => [code, superior]));

/** One listing from the served decision on, act by act, as the use cases of credit would have recorded it. */
class ListingTape {
  readonly acts: DishonestyListingActEntity[] = [];
  private lifted: Date | null = null;
  private revoked: Date | null = null;
  private shown: DishonestyListingEntity | null = null;
  private at: number;

  constructor(private readonly stage: Stage, public listing: DishonestyListingEntity, private readonly random: Random) {
    this.at = listing.createdAt.getTime();
  }

  get today(): number {
    return dayOf(this.at);
  }

  /** The working day some days on on which the next act is done; false once that has not come yet. */
  later(workingDays: number): boolean {
    return this.on(workingDaysLater(this.today, workingDays));
  }

  on(day: number): boolean {
    if (day >= this.stage.present.number) return false;
    this.at = Math.max(this.at + 1, officeTime(workingFrom(day), this.random));
    return this.at <= this.stage.present.now.getTime();
  }

  private readonly effects: Readonly<Record<ListingActName, (day: string, l: DishonestyListingEntity) => Effect>> = {
    serveListingNotice: (on, l) => ({
      fields: { noticeNo: this.number('列告', on), noticeServedOn: on, grounds: l.grounds.length > 0 ? l.grounds : ['OTHER_HARM_TO_HEALTH'] },
      detail: { facts: `${label}性质恶劣、情节严重、社会危害较大。`, on }, from: startOfDay(on),
    }),
    recordListingStatement: (on) => ({ detail: { statement: `${label}当事人请求不予列入。`, on } }),
    requestListingHearing: (on) => ({ detail: { on } }),
    recordListingHearing: (on) => ({ detail: { summary: `${label}听证会如期举行，当事人未提出新的证据。`, on } }),
    requestListingConsent: (_, l) => ({ fields: { consentAgencyCode: above.get(l.agencyCode)! }, detail: { reasons: `${label}拟列入严重违法失信名单，报请同意。` } }),
    consentToListing: () => ({ detail: { opinion: `${label}同意列入。` } }),
    refuseListingConsent: () => this.notListed('SUPERIOR_REFUSED', { reasons: `${label}社会危害较小，不同意列入。` }),
    decideListing: (on) => ({
      fields: { listingNo: this.number('列', on), listedOn: on }, from: startOfDay(on),
      detail: {
        reasons: `${label}符合列入情形。`, consequences: `${label}依法实施管理措施。`, exitTerms: `${label}公示满一年可申请提前移出。`, remedies: `${label}可依法申请行政复议或者提起行政诉讼。`, on,
      },
    }),
    decideNotToList: () => this.notListed('NO_INTENT', { explanation: `${label}当事人有证据足以证明没有主观故意。` }),
    publishListing: (on, l) => ({ fields: { publishedOn: on, ...periodFrom(on, l, calendar) } }),
    applyForEarlyExit: (on) => ({ detail: { dutiesPerformed: `${label}罚没款已缴清。`, harmRemoved: `${label}产品已召回，影响已消除。`, on }, from: startOfDay(on) }),
    acceptEarlyExit: () => ({}),
    extendEarlyExit: (_, l) => ({ detail: { reasons: `${label}情况复杂，需要核实。` }, from: new Date(l.dueAt!.getTime() - 1), met: !isOverdue(new Date(this.at), l.dueAt) }),
    approveEarlyExit: () => ({ detail: { opinion: `${label}符合提前移出条件。` } }),
    rejectEarlyExit: () => ({ detail: { reasons: `${label}不良影响尚未消除。` } }),
    removeFromList: () => ({ lifted: new Date(this.at) }),
    revokeListing: (on) => ({
      detail: { reasons: `${label}处罚决定经行政复议撤销。`, on }, met: !isOverdue(new Date(this.at), deadlineOf('listingRevocation', startOfDay(on), calendar)?.dueAt ?? null),
      revoked: new Date(this.at),
    }),
    restoreListing: (on, l) => ({ fields: { publishedOn: on, ...periodFrom(on, l, calendar) }, detail: { reasons: `${label}申请材料系伪造。` }, lifted: null }),
  };

  private number(kind: string, on: string): string {
    return this.stage.numbers.next(`${surroundings[this.listing.agencyCode as FilingAgency].short}${kind}`, on.slice(0, 4));
  }

  private notListed(reason: NonNullable<DishonestyListingEntity['notListedReason']>, detail: { readonly reasons?: string; readonly explanation?: string }): Effect {
    return { fields: { notListedReason: reason, notListedExplanation: detail.reasons ?? detail.explanation ?? '' }, detail };
  }

  act(act: ListingActName, change: Partial<Effect> = {}): void {
    const { listing } = this;
    const now = new Date(this.at);
    const { fields, detail, from, met, lifted, revoked } = { ...this.effects[act](dayText(this.today), listing), ...change };
    const rule = decideListingAct(listing, act, now, calendar, from);
    const decided = met === undefined ? rule : { ...rule, met };
    this.listing = listingAfter(listing, decided, fields ?? {}, now);
    const own = this.listing.agencyCode;
    const byAbove = act === 'consentToListing' || act === 'refuseListingConsent';
    const byHead = ['requestListingConsent', 'decideListing', 'decideNotToList', 'extendEarlyExit', 'approveEarlyExit', 'rejectEarlyExit', 'revokeListing', 'restoreListing'].includes(act);
    const actorCode = byAbove ? this.listing.consentAgencyCode! : own;
    const entry = listingActRow(
      this.listing, { act, met: decided.met, actorCode, officerId: `${actorCode}-${byAbove || byHead ? 1 : 2}`, detail: detail ?? {} }, (at) => uuidv7(at, this.random.bytes),
    );
    this.acts.push(entry);
    if (act === 'publishListing' || act === 'restoreListing') this.shown = this.listing;
    if (lifted !== undefined) this.lifted = lifted;
    if (revoked !== undefined) this.revoked = revoked;
    this.stage.log.emit('credit', this.at, this.random, listingActedEvent(this.listing, entry));
  }

  /** The decision behind it no longer stands. */
  endWith({ event, at }: Overturned): void {
    const left = listingWithoutDecision(this.listing, { at, on: event.decidedOn, reasons: withdrawalFor(event, at).done.detail.reasons }, (then) => uuidv7(then, this.random.bytes));
    if (left === null) return;
    this.listing = left.after;
    this.acts.push(left.entry);
    this.stage.log.emit('credit', at.getTime(), this.random, listingActedEvent(left.after, left.entry));
  }

  write(): void {
    const { rows } = this.stage;
    rows.put(tables.listing, this.listing);
    for (const act of this.acts) rows.put(tables.listingAct, act);
    if (this.shown) rows.put(tables.punishment, { ...punishmentOfListing(this.shown), liftedAt: this.lifted, revokedAt: this.revoked });
  }
}

/** How far a listing has come. */
const young = ['CANDIDATE', 'PUBLISHED', 'NOT_LISTED', 'NOTICE_SERVED', 'PUBLISHED', 'HEARING', 'LISTED', 'HEARD', 'AWAITING_CONSENT', 'CONSENTED', 'PUBLISHED', 'REFUSED', 'REVOKED'] as const;
const grown = ['EXIT_APPLIED', 'PUBLISHED', 'EXITED_EARLY', 'EXIT_ACCEPTED', 'NOT_LISTED', 'RESTORED', 'EXIT_APPROVED', 'PUBLISHED', 'REJECTED', 'REVOKED'] as const;
type End = (typeof young)[number] | (typeof grown)[number];

/** Days of the entry, of the year in which there is no exit, and of the exit. */
const oldEnough = 366 + 120;
const periodOver = 3 * 366 + 60;

/** Tells what came of a heavy penalty in the list, as far as it has come by today. */
export function tellListing(stage: Stage, candidate: DishonestyListingEntity, overturned: Overturned | null, random: Random): void {
  const tape = new ListingTape(stage, candidate, random);
  const age = stage.present.number - tape.today;
  if (overturned !== null) {
    tape.endWith(overturned);
  } else if (age > periodOver) come(tape, 'PUBLISHED');
  else if (age > oldEnough) come(tape, grown[stage.numbers.count('listing-grown') % grown.length]!);
  else come(tape, young[stage.numbers.count('listing-young') % young.length]!);
  tape.write();
  orderMeasures(stage, tape.listing, random);
}

function come(tape: ListingTape, end: End): void {
  if (end === 'CANDIDATE' || !tape.later(2)) return;
  if (end === 'NOT_LISTED') return tape.act('decideNotToList');
  tape.act('serveListingNotice');
  if (end === 'NOTICE_SERVED') {
    if (tape.later(1)) tape.act('recordListingStatement');
    return;
  }
  if (end === 'HEARING' || end === 'HEARD') {
    if (!tape.later(3)) return;
    tape.act('requestListingHearing');
    if (end === 'HEARD' && tape.later(10)) tape.act('recordListingHearing');
    return;
  }
  if (!tape.later(7)) return;
  if (above.get(tape.listing.agencyCode) != null) {
    tape.act('requestListingConsent');
    if (end === 'AWAITING_CONSENT' || !tape.later(4)) return;
    if (end === 'REFUSED') return tape.act('refuseListingConsent');
    tape.act('consentToListing');
    if (end === 'CONSENTED' || !tape.later(2)) return;
  }
  tape.act('decideListing');
  if (end === 'LISTED' || !tape.later(6)) return;
  tape.act('publishListing');
  if (end === 'REVOKED') {
    if (tape.later(20)) tape.act('revokeListing');
    return;
  }
  if (end === 'EXIT_APPLIED' || end === 'EXIT_ACCEPTED' || end === 'EXIT_APPROVED' || end === 'EXITED_EARLY' || end === 'RESTORED' || end === 'REJECTED') leave(tape, end);
}

function leave(tape: ListingTape, end: 'EXIT_APPLIED' | 'EXIT_ACCEPTED' | 'EXIT_APPROVED' | 'EXITED_EARLY' | 'RESTORED' | 'REJECTED'): void {
  const earliest = earliestExitOn(tape.listing.publishedOn!, tape.listing, calendar);
  if (earliest === null || !tape.on(dayNumber(earliest) + 3)) return;
  tape.act('applyForEarlyExit');
  if (end === 'EXIT_APPLIED' || !tape.later(1)) return;
  tape.act('acceptEarlyExit');
  if (!tape.later(4)) return;
  if (end === 'EXIT_ACCEPTED') return tape.act('extendEarlyExit');
  if (end === 'REJECTED') return tape.act('rejectEarlyExit');
  tape.act('approveEarlyExit');
  if (end === 'EXIT_APPROVED' || !tape.later(2)) return;
  tape.act('removeFromList');
  if (end === 'RESTORED' && tape.later(30)) tape.act('restoreListing');
}
