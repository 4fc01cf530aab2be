import { isUuid } from '@casebridge/kernel';
import { and, PagesLoader, byKey, query, recordLoader, type RequestContext, sql, toVisible, type Visible } from '@casebridge/platform';
import DataLoader from 'dataloader';
import { type PenaltyDecisionEntity, PenaltyItemEntity } from './penalty-decision.entity';
import { decisionList, decisionsAsSeen } from './penalty-decision.source';

export type VisibleDecision = Visible<PenaltyDecisionEntity>;

export const decisionLoader = (ctx: RequestContext) =>
  recordLoader(ctx, decisionsAsSeen(ctx.reader), (ids) => sql`d.id = any(${ids.filter(isUuid)}::uuid[])`, (d) => d.id);

/** The latest decision of a case. */
export const latestDecisionOfCase = (ctx: RequestContext) =>
  new DataLoader<string, VisibleDecision | null>(async (caseIds) => {
    const source = decisionsAsSeen(ctx.reader);
    const rows = await query(ctx.deps.dataSource.manager, byKey(sql`
      select distinct on (d.case_id) ${source.columns} from ${source.from}
      where ${and(sql`d.case_id = any(${caseIds}::uuid[])`, source.where)} order by d.case_id, d.decided_on desc, d.id desc`));
    const byCase = new Map(rows.map((row) => {
      const decision = toVisible(ctx, source, row);
      return [decision.caseId, decision] as const;
    }));
    return caseIds.map((id) => byCase.get(id) ?? null);
  });

/** A list, so nothing of a part that has ended. */
export const decisionsOfCase = (ctx: RequestContext) => new PagesLoader(ctx, decisionList(ctx.reader), sql`d.case_id = p.parent::uuid`);

/** Lines of decisions that the reader was already shown, in order. */
export const itemsOfDecision = (ctx: RequestContext) =>
  new DataLoader<string, PenaltyItemEntity[]>(async (ids) => {
    const items = await ctx.deps.dataSource.manager
      .createQueryBuilder(PenaltyItemEntity, 'i').where('i.decision_id = any(:ids)', { ids }).orderBy('i.seq').getMany();
    const byDecision = new Map<string, PenaltyItemEntity[]>();
    for (const item of items) byDecision.set(item.decisionId, [...(byDecision.get(item.decisionId) ?? []), item]);
    return ids.map((id) => byDecision.get(id) ?? []);
  });
