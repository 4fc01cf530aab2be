import { isUuid } from '@casebridge/kernel';
import { byKey, hydrate, PagesLoader, query, recordLoader, type RequestContext, sql, type Visible } from '@casebridge/platform';
import DataLoader from 'dataloader';
import { DisclosureActEntity } from './disclosure-act.entity';
import type { DisclosureRecordEntity } from './disclosure-record.entity';
import { disclosureList, disclosureRecords, publicPenalties } from './disclosure-record.source';

export type VisibleDisclosure = Visible<DisclosureRecordEntity>;

export const publicPenaltyLoader = (ctx: RequestContext) =>
  recordLoader<DisclosureRecordEntity>(ctx, publicPenalties(ctx.reader), (ids) => sql`d.id = any(${ids.filter(isUuid)}::uuid[])`, (d) => d.id);

export const disclosuresOfEnterprise = (ctx: RequestContext) => new PagesLoader(ctx, disclosureList(ctx.reader), sql`d.party_uscc = p.parent`);

export const disclosuresOfCase = (ctx: RequestContext) => new PagesLoader(ctx, disclosureList(ctx.reader), sql`d.case_id = p.parent::uuid`);

export const disclosureLoader = (ctx: RequestContext) =>
  recordLoader<DisclosureRecordEntity>(ctx, disclosureRecords(ctx.reader), (ids) => sql`d.id = any(${ids.filter(isUuid)}::uuid[])`, (d) => d.id);

/** The acts on a record or a deferral whose procedure is open to the reader; who asks has looked. */
export const disclosureActs = (ctx: RequestContext): DataLoader<string, DisclosureActEntity[]> =>
  new DataLoader(async (ids) => {
    const em = ctx.deps.dataSource.manager;
    const rows = await query(em, byKey(sql`
      select a.* from disclosure_act a where coalesce(a.record_id, a.deferral_id) = any(${ids}::uuid[]) order by a.position`));
    const acts = rows.map((row) => hydrate(em, DisclosureActEntity, row));
    return ids.map((id) => acts.filter((act) => act.recordId === id || act.deferralId === id));
  });

/** Full texts of records that are open to the reader; who asks has looked. */
export const disclosureTexts = (ctx: RequestContext): DataLoader<string, string | null> =>
  new DataLoader(async (ids) => {
    const rows = await query<{ record_id: string; body: string }>(ctx.deps.dataSource.manager, byKey(sql`
      select t.record_id, t.body from disclosure_text t where t.record_id = any(${ids}::uuid[])`));
    const bodies = new Map(rows.map((row) => [row.record_id, row.body]));
    return ids.map((id) => bodies.get(id) ?? null);
  });
