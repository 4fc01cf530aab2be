import { isUuid } from '@casebridge/kernel';
import { byKey, hydrate, PagesLoader, query, recordLoader, type RequestContext, sql, type Visible } from '@casebridge/platform';
import DataLoader from 'dataloader';
import type { Restriction } from '../listing/listing.rule';
import { CreditRepairActEntity, type CreditRepairEntity } from './repair.entity';
import { restrictionsOf } from './repair.repository';
import { repairList, repairRecords } from './repair.source';

export type VisibleRepair = Visible<CreditRepairEntity>;

export const repairLoader = (ctx: RequestContext) =>
  recordLoader<CreditRepairEntity>(ctx, repairRecords(ctx.reader), (ids) => sql`cr.id = any(${ids.filter(isUuid)}::uuid[])`, (r) => r.id);

export const repairsOfRecord = (ctx: RequestContext) => new PagesLoader(ctx, repairList(ctx.reader), sql`cr.disclosure_id = p.parent::uuid`);

export const repairsOfEnterprise = (ctx: RequestContext) => new PagesLoader(ctx, repairList(ctx.reader), sql`cr.uscc = p.parent`);

/** The acts on repairs whose procedure is open to the reader; who asks has looked. */
export const actsOfRepair = (ctx: RequestContext): DataLoader<string, CreditRepairActEntity[]> =>
  new DataLoader(async (ids) => {
    const em = ctx.deps.dataSource.manager;
    const rows = await query(em, byKey(sql`select a.* from credit_repair_act a where a.repair_id = any(${ids}::uuid[]) order by a.repair_id, a.position`));
    const acts = rows.map((row) => hydrate(em, CreditRepairActEntity, row));
    return ids.map((id) => acts.filter((act) => act.repairId === id));
  });

/** The longest restriction of decisions, by their ids. */
export const restrictionLoader = (ctx: RequestContext): DataLoader<string, Restriction> =>
  new DataLoader((decisionIds) => restrictionsOf(ctx.deps.dataSource.manager, decisionIds));
