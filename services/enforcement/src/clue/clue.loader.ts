import { isUuid } from '@casebridge/kernel';
import { PagesLoader, recordLoader, type RequestContext, sql, type Visible } from '@casebridge/platform';
import DataLoader from 'dataloader';
import { ClueActEntity, type ClueEntity } from './clue.entity';
import { alikeSql, clueList, clueRecords } from './clue.source';

export type VisibleClue = Visible<ClueEntity>;

export const clueLoader = (ctx: RequestContext) =>
  recordLoader(ctx, clueRecords(ctx.reader), (ids) => sql`q.id = any(${ids.filter(isUuid)}::uuid[])`, (q) => q.id);

/** The clue that a case came from. */
export const clueOfCase = (ctx: RequestContext) =>
  recordLoader(ctx, clueRecords(ctx.reader), (caseIds) => sql`q.case_id = any(${caseIds}::uuid[])`, (q) => q.caseId ?? '');

/** Clues that may be the same matter as one that the reader was already shown. */
export const cluesAlike = (ctx: RequestContext) => new PagesLoader(ctx, clueList(ctx.reader), alikeSql(ctx.reader));

/** Acts on clues that the reader was already shown, in order. */
export const historyOfClue = (ctx: RequestContext) =>
  new DataLoader<string, ClueActEntity[]>(async (ids) => {
    const acts = await ctx.deps.dataSource.manager
      .createQueryBuilder(ClueActEntity, 'a').where('a.clue_id = any(:ids)', { ids }).orderBy('a.position').getMany();
    const byClue = new Map<string, ClueActEntity[]>();
    for (const act of acts) byClue.set(act.clueId, [...(byClue.get(act.clueId) ?? []), act]);
    return ids.map((id) => byClue.get(id) ?? []);
  });
