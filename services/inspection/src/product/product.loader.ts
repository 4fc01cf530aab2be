import { PagesLoader, raw, recordLoader, type RequestContext, sql } from '@casebridge/platform';
import { productList, productRecords } from './product.source';

export const productLoader = (ctx: RequestContext) =>
  recordLoader(ctx, productRecords(ctx.reader), (ids) => sql`pr.id = any(${ids}::uuid[])`, (p) => p.id);

export const productsOfEnterprise = (ctx: RequestContext) => new PagesLoader(ctx, productList(ctx.reader), raw('pr.holder_uscc = p.parent'));
