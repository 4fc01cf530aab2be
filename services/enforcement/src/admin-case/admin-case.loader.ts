import type { CaseStatus } from '@casebridge/contracts';
import { Forbidden, isUuid, NotFound } from '@casebridge/kernel';
import { type Acting, and, caseFacts, PagesLoader, query, type RequestContext, sql, toVisible, type Visible, visible } from '@casebridge/platform';
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
export async function getCaseForUpdate({ tx, reader, ctx }: Acting, caseId: string): Promise<Visible<AdminCaseEntity>> {
  if (!isUuid(caseId)) throw new NotFound('Case');
  const source = caseRecords(reader);
  const [row] = await query(tx.em, sql`
    select ${source.columns} from ${source.from} where ${and(sql`c.case_id = ${caseId}`, source.where)} for update of c`);
  if (row) return toVisible(ctx, source, row);
  const past = casesById(reader);
  const [had] = await query(tx.em, sql`select 1 as had from ${past.from} where ${and(sql`c.case_id = ${caseId}`, past.where)}`);
  throw had ? new PartEnded() : new NotFound('Case');
}
