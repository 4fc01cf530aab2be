import { isUuid } from '@casebridge/kernel';
import { byKey, hydrate, PagesLoader, query, recordLoader, type RequestContext, sql, type Visible } from '@casebridge/platform';
import DataLoader from 'dataloader';
import { DishonestyListingActEntity, type DishonestyListingEntity } from './listing.entity';
import { listingList, listingRecords } from './listing.source';

export type VisibleListing = Visible<DishonestyListingEntity>;

export const listingLoader = (ctx: RequestContext) =>
  recordLoader<DishonestyListingEntity>(ctx, listingRecords(ctx.reader), (ids) => sql`l.id = any(${ids.filter(isUuid)}::uuid[])`, (l) => l.id);

export const listingsOfEnterprise = (ctx: RequestContext) => new PagesLoader(ctx, listingList(ctx.reader), sql`l.uscc = p.parent`);

export const listingsOfCase = (ctx: RequestContext) => new PagesLoader(ctx, listingList(ctx.reader), sql`l.case_id = p.parent::uuid`);

/** The acts on listings whose procedure is open to the reader; who asks has looked. */
export const actsOfListing = (ctx: RequestContext): DataLoader<string, DishonestyListingActEntity[]> =>
  new DataLoader(async (ids) => {
    const em = ctx.deps.dataSource.manager;
    const rows = await query(em, byKey(sql`select a.* from dishonesty_listing_act a where a.listing_id = any(${ids}::uuid[]) order by a.listing_id, a.position`));
    const acts = rows.map((row) => hydrate(em, DishonestyListingActEntity, row));
    return ids.map((id) => acts.filter((act) => act.listingId === id));
  });
