import { isUuid } from '@casebridge/kernel';
import { PagesLoader, recordLoader, type RequestContext, sql, type Visible } from '@casebridge/platform';
import type { ComplaintEntity } from './complaint.entity';
import { complaintList, complaintListByContent, complaintRecords } from './complaint.source';

const complaintLoader = (ctx: RequestContext) =>
  recordLoader(ctx, complaintRecords(ctx.reader), (ids) => sql`c.id = any(${ids}::uuid[])`, (c) => c.id);

/** One complaint; hidden, unknown and malformed ids are null alike. */
export const loadComplaint = (ctx: RequestContext, id: string): Promise<Visible<ComplaintEntity> | null> =>
  isUuid(id) ? ctx.use(complaintLoader).load(id) : Promise.resolve(null);

/** That a case has a complaint behind it is open with the case and the complaint; what the complaint is about is not. */
export const complaintsOfCase = (ctx: RequestContext) =>
  new PagesLoader(ctx, complaintList(ctx.reader, 'complaints of a case'), sql`c.case_ids <> '{}' and c.case_ids @> array[p.parent::uuid]`);
export const complaintsOfEnterprise = (ctx: RequestContext) =>
  new PagesLoader(ctx, complaintListByContent(ctx.reader, 'complaints of an enterprise'), sql`c.enterprise_uscc = p.parent`);
export const complaintsOfProduct = (ctx: RequestContext) =>
  new PagesLoader(ctx, complaintListByContent(ctx.reader, 'complaints of a product'), sql`c.product_id = p.parent::uuid`);
