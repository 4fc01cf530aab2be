import { isUuid } from '@casebridge/kernel';
import { caseVisible, byKey, query, raw, type RequestContext, sql } from '@casebridge/platform';
import DataLoader from 'dataloader';
import type { CaseStub } from './stub.type';

/** Cases of enforcement that this reader may see, by the projection of their access; hidden, unknown and malformed ids are null alike. */
export const visibleCaseLoader = (ctx: RequestContext): DataLoader<string, CaseStub | null> =>
  new DataLoader(async (ids) => {
    const asked = ids.filter(isUuid);
    const rows = asked.length === 0 ? [] : await query<CaseStub>(ctx.deps.dataSource.manager, byKey(sql`
      select k.id from unnest(${asked}::uuid[]) as k(id) where ${caseVisible(ctx.reader, raw('k.id'))}`));
    const visible = new Set(rows.map((row) => row.id));
    ctx.reads.add('Case', visible);
    return ids.map((id) => (visible.has(id) ? { id } : null));
  });

/** Those of some cases that the reader may see, in the order given. */
export async function visibleCases(ctx: RequestContext, ids: readonly string[]): Promise<CaseStub[]> {
  const loader = ctx.use(visibleCaseLoader);
  const found = await Promise.all(ids.map((id) => loader.load(id)));
  return found.filter((c) => c !== null);
}
