import type { ReferralStatus } from '@casebridge/contracts';
import { isUuid } from '@casebridge/kernel';
import { and, PagesLoader, query, type RequestContext, type Sql, sql, toVisible, type Visible } from '@casebridge/platform';
import DataLoader from 'dataloader';
import { ReferralDocumentEntity, type ReferralEntity, ReferralTimelineEntity, type StoredDeadline } from './referral.entity';
import { referralList, referralsAsSeen } from './referral.source';

/** A referral as this reader may see it; `endedPosition` is set where his part has ended and it is shown as it stood then. */
export type VisibleReferral = Visible<ReferralEntity> & { readonly endedPosition: number | null };

interface EndedColumns {
  ended_position: number | null;
  ended_status: ReferralStatus;
  ended_holder_code: string;
  ended_version: number;
  ended_due_at: Date | null;
  ended_deadline: StoredDeadline | null;
}

function asSeen(ctx: RequestContext, source: ReturnType<typeof referralsAsSeen>, row: EndedColumns & Record<string, unknown>): VisibleReferral {
  const referral = toVisible(ctx, source, row);
  if (row.ended_position === null) return Object.assign(referral, { endedPosition: null });
  // What came after the end is not his: neither the state nor the reasons of later acts.
  return Object.assign(referral, {
    endedPosition: row.ended_position, status: row.ended_status, holderCode: row.ended_holder_code, version: row.ended_version,
    dueAt: row.ended_due_at, deadline: row.ended_deadline, decisionNo: null, decidedOn: null, filedCharge: null, notFiledReasons: null,
    ...(row.ended_status === 'RETURNED' ? {} : { returnReasons: null }),
  });
}

const seenBy = async (ctx: RequestContext, match: Sql, order: Sql): Promise<VisibleReferral[]> => {
  const source = referralsAsSeen(ctx.reader);
  const rows = await query<EndedColumns & Record<string, unknown>>(ctx.deps.dataSource.manager, sql`
    select ${source.columns} from ${source.from} where ${and(match, source.where)} order by ${order}`);
  return rows.map((row) => asSeen(ctx, source, row));
};

export const referralLoader = (ctx: RequestContext) =>
  new DataLoader<string, VisibleReferral | null>(async (ids) => {
    const seen = await seenBy(ctx, sql`r.id = any(${ids.filter(isUuid)}::uuid[])`, sql`r.id`);
    const byId = new Map(seen.map((r) => [r.id, r]));
    return ids.map((id) => byId.get(id) ?? null);
  });

/** The current referral of a case: the one made last, of those that the reader may see. */
export const referralOfCase = (ctx: RequestContext) =>
  new DataLoader<string, VisibleReferral | null>(async (caseIds) => {
    const seen = await seenBy(ctx, sql`r.case_id = any(${caseIds.filter(isUuid)}::uuid[])`, sql`r.created_at`);
    const byCase = new Map(seen.map((r) => [r.caseId, r]));
    return caseIds.map((id) => byCase.get(id) ?? null);
  });

export const referralsOfCase = (ctx: RequestContext) => new PagesLoader(ctx, referralList(ctx.reader), sql`r.case_id = p.parent::uuid`);
export const referralsOfEnterprise = (ctx: RequestContext) => new PagesLoader(ctx, referralList(ctx.reader), sql`c.enterprise_uscc = p.parent`);

/** The whole timeline of referrals that the reader was already shown, in order. */
export const timelineOf = (ctx: RequestContext) =>
  new DataLoader<string, ReferralTimelineEntity[]>(async (ids) => {
    const entries = await ctx.deps.dataSource.manager
      .createQueryBuilder(ReferralTimelineEntity, 't').where('t.referral_id = any(:ids)', { ids }).orderBy('t.position').getMany();
    return ids.map((id) => entries.filter((e) => e.referralId === id));
  });

export const documentsOf = (ctx: RequestContext) =>
  new DataLoader<string, ReferralDocumentEntity[]>(async (ids) => {
    const documents = await ctx.deps.dataSource.manager
      .createQueryBuilder(ReferralDocumentEntity, 'd').where('d.referral_id = any(:ids)', { ids }).orderBy('d.added_position').addOrderBy('d.id').getMany();
    return ids.map((id) => documents.filter((d) => d.referralId === id));
  });
