import { isUuid } from '@casebridge/kernel';
import { PagesLoader, recordLoader, type RequestContext, sql, type Visible } from '@casebridge/platform';
import type { JointMeasureEntity } from './measure.entity';
import { measureList, measureRecords } from './measure.source';

/** With `may.listed`: whether the listing that it rests on is in force. */
export type VisibleMeasure = Visible<JointMeasureEntity>;

export const measureLoader = (ctx: RequestContext) =>
  recordLoader<JointMeasureEntity>(ctx, measureRecords(ctx.reader), (ids) => sql`m.id = any(${ids.filter(isUuid)}::uuid[])`, (m) => m.id);

export const measuresOfListing = (ctx: RequestContext) => new PagesLoader(ctx, measureList(ctx.reader), sql`m.listing_id = p.parent::uuid`);

export const measuresOfEnterprise = (ctx: RequestContext) => new PagesLoader(ctx, measureList(ctx.reader), sql`m.uscc = p.parent`);
