import { isUuid } from '@casebridge/kernel';
import { recordLoader, type RequestContext, sql, type Visible } from '@casebridge/platform';
import type { DisclosureDeferralEntity } from './disclosure-deferral.entity';
import { deferralRecords } from './disclosure-deferral.source';

export type VisibleDeferral = Visible<DisclosureDeferralEntity>;

export const deferralLoader = (ctx: RequestContext) =>
  recordLoader<DisclosureDeferralEntity>(ctx, deferralRecords(ctx.reader), (ids) => sql`f.id = any(${ids.filter(isUuid)}::uuid[])`, (f) => f.id);
