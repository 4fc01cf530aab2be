import { and, query, type RequestContext, type Sql, sql, toVisible, type Visible } from '@casebridge/platform';
import { caseSealedFromNobody } from '../case/case.source';
import type { CreditPunishmentEntity } from './credit-punishment.entity';
import { punishmentList } from './credit-punishment.source';

/** More bans than one person can have. */
const MOST = 100;

/** Bans of a person that cover a day, its first and last included; a revoked one never did, a lifted one does until the day on which it was lifted. */
const covering = (idDigest: string, onDate: string): Sql =>
  sql`(cp.kind = 'INDUSTRY_BAN' and cp.person_id_digest = ${idDigest} and cp.starts_on <= ${onDate}::date and (cp.for_life or cp.ends_on >= ${onDate}::date)
    and cp.revoked_at is null and (cp.lifted_at is null or (cp.lifted_at at time zone 'Asia/Shanghai')::date > ${onDate}::date))`;

/** Whether a person is banned on a day: one answer for every reader, whatever of the bans he may read. Sealed cases feed it with nothing. */
export async function isBannedOn({ deps, reader }: RequestContext, idDigest: string, onDate: string): Promise<boolean> {
  const rows = await query(deps.dataSource.manager, sql`
    select 1 as banned from credit_punishment cp
    where ${and(covering(idDigest, onDate), caseSealedFromNobody(reader.today, sql`cp.case_id`))} limit 1`);
  return rows.length > 0;
}

/** Those of the bans that the reader may read. */
export async function bansOf(ctx: RequestContext, idDigest: string, onDate: string): Promise<Visible<CreditPunishmentEntity>[]> {
  const source = punishmentList(ctx.reader, null);
  const rows = await query(ctx.deps.dataSource.manager, sql`
    select ${source.columns} from ${source.from} where ${and(covering(idDigest, onDate), source.where)} order by cp.listed_on desc, cp.id desc limit ${MOST}`);
  return rows.map((row) => toVisible(ctx, source, row));
}
