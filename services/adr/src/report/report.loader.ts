import { isUuid } from '@casebridge/kernel';
import { PagesLoader, recordLoader, type RequestContext, sql, type Visible } from '@casebridge/platform';
import type { AdverseReactionReportEntity } from './report.entity';
import { reportList, reportRecords } from './report.source';

const reportLoader = (ctx: RequestContext) =>
  recordLoader(ctx, reportRecords(ctx.reader), (ids) => sql`r.id = any(${ids}::uuid[])`, (r) => r.id);

/** One report; hidden, unknown and malformed ids are null alike. */
export const loadReport = (ctx: RequestContext, id: string): Promise<Visible<AdverseReactionReportEntity> | null> =>
  isUuid(id) ? ctx.use(reportLoader).load(id) : Promise.resolve(null);

export const reportsOfCase = (ctx: RequestContext) =>
  new PagesLoader(ctx, reportList(ctx.reader, 'reports of a case'), sql`r.case_ids <> '{}' and r.case_ids @> array[p.parent::uuid]`);
export const reportsOfProduct = (ctx: RequestContext) =>
  new PagesLoader(ctx, reportList(ctx.reader, 'reports of a product'), sql`r.product_id = p.parent::uuid`);
export const reportsOfEnterprise = (ctx: RequestContext) =>
  new PagesLoader(ctx, reportList(ctx.reader, 'reports of an enterprise'), sql`r.enterprise_uscc = p.parent`);
