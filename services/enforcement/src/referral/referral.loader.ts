import { isUuid } from '@casebridge/kernel';
import { and, PagesLoader, byKey, query, type RequestContext, type Sql, sql, toVisible, type Visible } from '@casebridge/platform';
import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import { ReferralDocumentEntity, type ReferralEntity, ReferralTimelineEntity } from './referral.entity';
import { referralList, referralsAsSeen } from './referral.source';

/** The act after which a record is shown: nothing later than this is in it. */
export interface AsOf {
  readonly position: number;
  readonly at: Date;
}

/** A referral as this reader may see it; `asOf` where it is not shown as it stands now. */
export type VisibleReferral = Visible<ReferralEntity> & { readonly asOf?: AsOf | null };

interface EndedColumns {
  readonly ended_position: number | null;
  readonly ended_at: Date;
  readonly ended_status: ReferralEntity['status'];
  readonly ended_holder_code: string;
  readonly ended_version: number;
  readonly ended_due_at: Date | null;
  readonly ended_deadline: ReferralEntity['deadline'];
  readonly ended_standing: ReferralTimelineEntity['standing'];
}

/** Referrals that match, running relations and ended parts alike, on the connection given: a transaction reads on its own. */
export async function referralsSeen(ctx: RequestContext, em: EntityManager, match: Sql): Promise<VisibleReferral[]> {
  const source = referralsAsSeen(ctx.reader);
  const rows = await query<EndedColumns & Record<string, unknown>>(em, byKey(sql`
    select ${source.columns} from ${source.from} where ${and(match, source.where)} order by r.created_at, r.id`));
  return rows.map((row) => {
    const referral = toVisible(ctx, source, row);
    if (row.ended_position === null) return referral;
    return {
      ...referral, ...row.ended_standing, status: row.ended_status, holderCode: row.ended_holder_code, version: row.ended_version,
      dueAt: row.ended_due_at, deadline: row.ended_deadline, updatedAt: row.ended_at, asOf: { position: row.ended_position, at: row.ended_at },
    };
  });
}

const seenNow = (ctx: RequestContext, match: Sql): Promise<VisibleReferral[]> => referralsSeen(ctx, ctx.deps.dataSource.manager, match);

export const referralLoader = (ctx: RequestContext) =>
  new DataLoader<string, VisibleReferral | null>(async (ids) => {
    const seen = await seenNow(ctx, sql`r.id = any(${ids.filter(isUuid)}::uuid[])`);
    const byId = new Map(seen.map((r) => [r.id, r]));
    return ids.map((id) => byId.get(id) ?? null);
  });

/** The current referral of a case: the one made last, of those that the reader may see. */
export const referralOfCase = (ctx: RequestContext) =>
  new DataLoader<string, VisibleReferral | null>(async (caseIds) => {
    const seen = await seenNow(ctx, sql`r.case_id = any(${caseIds.filter(isUuid)}::uuid[])`);
    const byCase = new Map(seen.map((r) => [r.caseId, r])); // the last of them stays
    return caseIds.map((id) => byCase.get(id) ?? null);
  });

export const referralsOfCase = (ctx: RequestContext) => new PagesLoader(ctx, referralList(ctx.reader), sql`r.case_id = p.parent::uuid`);
export const referralsOfEnterprise = (ctx: RequestContext) => new PagesLoader(ctx, referralList(ctx.reader), sql`c.enterprise_uscc = p.parent`);

const grouped = <T extends { readonly referralId: string }>(ids: readonly string[], rows: readonly T[]): T[][] => {
  const groups = new Map<string, T[]>(ids.map((id) => [id, []]));
  for (const row of rows) groups.get(row.referralId)?.push(row);
  return ids.map((id) => groups.get(id) ?? []);
};

/** The whole timeline of referrals that the reader was already shown, in order; guarded by nothing else. */
export const timelineOf = (ctx: RequestContext) =>
  new DataLoader<string, ReferralTimelineEntity[]>(async (ids) =>
    grouped(ids, await ctx.deps.dataSource.manager
      .createQueryBuilder(ReferralTimelineEntity, 't').where('t.referral_id = any(:ids)', { ids }).orderBy('t.position').getMany()));

/** The documents of referrals whose file the reader was already found to be allowed to read, in the order in which they came. */
export const documentsOf = (ctx: RequestContext) =>
  new DataLoader<string, ReferralDocumentEntity[]>(async (ids) =>
    grouped(ids, await ctx.deps.dataSource.manager
      .createQueryBuilder(ReferralDocumentEntity, 'd').where('d.referral_id = any(:ids)', { ids })
      .orderBy('d.added_position').addOrderBy('d.id').getMany()));
