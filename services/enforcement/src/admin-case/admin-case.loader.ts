import type { CaseStatus } from '@casebridge/contracts';
import { Forbidden, isUuid, NotFound } from '@casebridge/kernel';
import { type ActOn, and, caseFacts, PagesLoader, query, type RequestContext, sql, toVisible, type Visible, visible } from '@casebridge/platform';
import DataLoader from 'dataloader';
import type { AdminCaseEntity } from './admin-case.entity';
import { caseList, caseRecords, casesById } from './admin-case.source';

/** Where a part of the reader ended: nothing later than this is his to read. */
export interface EndedPart {
  readonly at: Date;
  readonly caseStatus: CaseStatus;
  readonly caseVersion: number;
  readonly referralId: string | null;
  /** Position in that referral's timeline, the ending act included. */
  readonly position: number | null;
}

/** A case as this reader may see it; with `ended` it is the case as it stood then (status and version are those), read-only. */
export type VisibleCase = Visible<AdminCaseEntity> & { readonly ended?: EndedPart | null };

type EndedColumns = {
  ended_at: Date | null; ended_case_status: CaseStatus; ended_case_version: number; ended_referral_id: string | null; ended_position: number | null;
};

const endedOf = (row: EndedColumns): EndedPart | null =>
  row.ended_at === null
    ? null
    : {
        at: row.ended_at, caseStatus: row.ended_case_status, caseVersion: row.ended_case_version, referralId: row.ended_referral_id,
        position: row.ended_position,
      };

/** Cases by id, for references and nested fields too: running relations, and ended parts as they stood. */
export const caseLoader = (ctx: RequestContext) =>
  new DataLoader<string, VisibleCase | null>(async (ids) => {
    const source = casesById(ctx.reader);
    const rows = await query<EndedColumns & Record<string, unknown>>(ctx.deps.dataSource.manager, sql`
      select ${source.columns} from ${source.from} where ${and(sql`c.case_id = any(${ids.filter(isUuid)}::uuid[])`, source.where)}`);
    const byId = new Map(rows.map((row) => {
      const ended = endedOf(row);
      const record = toVisible(ctx, source, row);
      return [record.caseId, Object.assign(record, { ended }, ended && { status: ended.caseStatus, version: ended.caseVersion })] as const;
    }));
    return ids.map((id) => byId.get(id) ?? null);
  });

export const casesOfEnterprise = (ctx: RequestContext) => new PagesLoader(ctx, caseList(ctx.reader), sql`c.enterprise_uscc = p.parent`);

/** The product belongs to the file: whoever may not read the file finds no case by it. Parents are UUIDs. */
export const casesOfProduct = (ctx: RequestContext) =>
  new PagesLoader(ctx, caseList(ctx.reader, visible(ctx.reader, 'case.file', caseFacts('c'))), sql`c.product_id = p.parent::uuid`);

/** The reader had a part, and no longer has one. */
export class PartEnded extends Forbidden {
  constructor() {
    super('Your part in this case has ended: the record is open for reading as it stood then, and closed to acts');
  }
}

/**
 * The case with its row locked until the act is done.
 *
 * @throws NotFound unless a running relation opens it to the acting officer
 * @throws PartEnded when only a part that ended opens it
 */
export async function getCaseForUpdate({ tx, reader, ctx, target }: ActOn, caseId: string): Promise<Visible<AdminCaseEntity>> {
  if (!isUuid(caseId)) throw new NotFound('Case');
  const [before] = await query<{ version: number }>(tx.em, sql`select version from admin_case where case_id = ${caseId}`);
  const source = caseRecords(reader);
  const [row] = await query(tx.em, sql`
    select ${source.columns} from ${source.from} where ${and(sql`c.case_id = ${caseId}`, source.where)} for update of c`);
  if (row) {
    const found = toVisible(ctx, source, row);
    target.is({ id: caseId, state: found.status, changedAt: found.updatedAt, changedMeanwhile: found.version !== before?.version });
    return found;
  }
  const past = casesById(reader);
  const [had] = await query<{ ended_at: Date; ended_case_status: CaseStatus }>(tx.em, sql`
    select ep.ended_at, ep.ended_case_status from ${past.from} where ${and(sql`c.case_id = ${caseId}`, sql`ep.id is not null`, past.where)}`);
  if (!had) throw new NotFound('Case');
  target.was({ id: caseId, state: had.ended_case_status, changedAt: had.ended_at });
  target.refuseIfChanged();
  throw new PartEnded();
}

/** The act is for a head of the agency that handles the case. */
export class OwnersHeadOnly extends Forbidden {
  constructor() {
    super('Only a head of the agency that handles the case may do this');
  }
}

/** The same for acts that are for a head of the agency that handles the case. @throws OwnersHeadOnly */
export async function getCaseForHead(acting: ActOn, caseId: string): Promise<Visible<AdminCaseEntity>> {
  const found = await getCaseForUpdate(acting, caseId);
  if (found.agencyCode !== acting.who.agency.code || !acting.who.roles.includes('head')) throw new OwnersHeadOnly();
  return found;
}

/** For `revive`: once a case is hidden from the caller, so is what he did with it. */
export async function ifCaseIsOpen<R extends { readonly caseId: string }>(acting: ActOn, stored: R): Promise<R> {
  await getCaseForUpdate(acting, stored.caseId);
  return stored;
}
