import { BadUserInput, civilDate, Forbidden, isUuid, NotFound } from '@casebridge/kernel';
import { type ActOn, and, assertVersion, defineAct, instantOf, query, sql, textInput, toVisible } from '@casebridge/platform';
import { DishonestyListingActEntity, DishonestyListingEntity, type ListingActDetail } from './listing.entity';
import type { VisibleListing } from './listing.loader';
import { type ListingActName, listingMachine } from './listing.machine';
import { whyNotListingAct } from './listing.policy';
import { listingActedEvent, listingActRow, listingAfter } from './listing-record';
import { decideListingAct, statusOn } from './listing.rule';
import { listingRecords } from './listing.source';

export interface ActInput {
  readonly expectedVersion?: number | null;
}

/** What an act does besides changing the state. */
export interface Effect {
  readonly fields?: Partial<DishonestyListingEntity>;
  readonly detail?: ListingActDetail;
  /** Where the clock that it starts counts from a day that it tells of. */
  readonly from?: Date;
  /** Whether it came in time, where only what it says tells that. */
  readonly met?: boolean;
  /** What else is written, once the record after the act is known. */
  readonly afterwards?: (after: DishonestyListingEntity) => Promise<void>;
}

export interface Doing {
  readonly acting: ActOn;
  readonly listing: VisibleListing;
  /** As of today. */
  readonly state: string;
  readonly now: Date;
  readonly today: string;
}

/** The listing, locked; what one may not see does not exist. */
export async function getListingForUpdate({ tx, reader, ctx, target }: ActOn, id: string): Promise<VisibleListing> {
  if (!isUuid(id)) throw new NotFound('Dishonesty listing');
  const [before] = await query<{ version: number }>(tx.em, sql`select version from dishonesty_listing where id = ${id}`);
  const source = listingRecords(reader);
  const [row] = await query(tx.em, sql`select ${source.columns} from ${source.from} where ${and(sql`l.id = ${id}`, source.where)} for update of l`);
  if (!row) throw new NotFound('Dishonesty listing');
  const found = toVisible(ctx, source, row);
  // To whom the procedure is closed, a refusal tells no more of it than a reading.
  const state = found.may['procedure'] ? statusOn(found, reader.today) : 'PUBLISHED';
  target.is({ id, state, changedAt: found.updatedAt, changedMeanwhile: before !== undefined && before.version !== found.version });
  return found;
}

/** An act on a listing, the same steps for all: lock, who may, version, state, effect, save, tell. */
export const listingAct = <Input extends ActInput>(act: ListingActName, effect: (doing: Doing, input: Input) => Promise<Effect> | Effect) =>
  defineAct<{ id: string; input: Input }, { readonly id: string }>(
    act,
    async (acting, { id, input }) => {
      const { tx, who } = acting;
      const listing = await getListingForUpdate(acting, id);
      const why = whyNotListingAct(who, act, listing);
      if (why !== null) throw new Forbidden(why);
      assertVersion(listing.version, input.expectedVersion);
      const now = instantOf(acting, listing);
      const today = civilDate(now);
      listingMachine.next(statusOn(listing, today), act); // the state is asked before what the act says
      const { fields, detail, from, met, afterwards } = await effect({ acting, listing, state: statusOn(listing, today), now, today }, input);
      const rule = decideListingAct(listing, act, now, tx.calendar, from);
      const decided = met === undefined ? rule : { ...rule, met };
      const { may: _may, ...after } = listingAfter(listing, decided, fields ?? {}, now);
      await tx.em.update(DishonestyListingEntity, { id }, after);
      const entry = listingActRow(after, { act, met: decided.met, actorCode: who.agency.code, officerId: who.officerId, detail: detail ?? {} });
      await tx.em.getRepository<Record<string, unknown>>(DishonestyListingActEntity).insert({ ...entry });
      await afterwards?.(after);
      await tx.emit(listingActedEvent(after, entry));
      return { id };
    },
    {
      basis: listingMachine.rules[act].basis,
      revive: async (acting, stored) => {
        await getListingForUpdate(acting, stored.id);
        return stored;
      },
      changed: ({ id }) => [id],
    },
  );

const LONGEST_TEXT = 20_000;
export const words = (field: string, text: string): string => textInput(text, `input.${field}`, LONGEST_TEXT);

/** A day on which something happened: not in the future, and not before a day that it follows. */
export function dayOf({ today }: Pick<Doing, 'today'>, field: string, day: string, after: string | null, what: string): string {
  if (day > today) throw new BadUserInput(`input.${field}`, 'must not be in the future');
  if (after !== null && day < after) throw new BadUserInput(`input.${field}`, `must not be before ${what}`);
  return day;
}
