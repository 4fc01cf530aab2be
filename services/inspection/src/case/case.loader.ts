import { caseFacts, never, query, type RequestContext, sql, visible } from '@casebridge/platform';
import DataLoader from 'dataloader';
import type { InspectionCase } from './case.type';

/** Cases as this reader may know of them, by the projection; a case that has not arrived yet is none. */
export const visibleCaseLoader = (ctx: RequestContext): DataLoader<string, InspectionCase | null> => {
  const open = visible(ctx.reader, 'case.head', caseFacts('ca'));
  return new DataLoader(async (ids) => {
    const rows = open === never ? [] : await query<{ case_id: string }>(ctx.deps.dataSource.manager, sql`
      select ca.case_id from case_access ca where ca.case_id = any(${ids}::uuid[]) and ${open}`);
    const seen = new Set(rows.map((row) => row.case_id));
    return ids.map((id) => (seen.has(id) ? { id } : null));
  });
};
