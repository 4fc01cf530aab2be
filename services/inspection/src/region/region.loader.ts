import { recordLoader, type RequestContext, sql } from '@casebridge/platform';
import { regionRecords } from './region.source';

export const regionLoader = (ctx: RequestContext) =>
  recordLoader(ctx, regionRecords, (codes) => sql`r.code = any(${codes}::text[])`, (r) => r.code);
