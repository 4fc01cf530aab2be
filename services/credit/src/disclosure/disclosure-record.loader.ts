import { isUuid } from '@casebridge/kernel';
import { PagesLoader, recordLoader, type RequestContext, sql } from '@casebridge/platform';
import type { DisclosureRecordEntity } from './disclosure-record.entity';
import { disclosureList, publicPenalties } from './disclosure-record.source';

export const publicPenaltyLoader = (ctx: RequestContext) =>
  recordLoader<DisclosureRecordEntity>(ctx, publicPenalties(ctx.reader), (ids) => sql`d.id = any(${ids.filter(isUuid)}::uuid[])`, (d) => d.id);

export const disclosuresOfEnterprise = (ctx: RequestContext) => new PagesLoader(ctx, disclosureList(ctx.reader), sql`d.party_uscc = p.parent`);

export const disclosuresOfCase = (ctx: RequestContext) => new PagesLoader(ctx, disclosureList(ctx.reader), sql`d.case_id = p.parent::uuid`);
