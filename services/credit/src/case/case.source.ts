import { isUuid } from '@casebridge/kernel';
import { caseFacts, caseHidden, caseSealed, query, type Reader, type RequestContext, type Sql, sql, visible } from '@casebridge/platform';
import DataLoader from 'dataloader';
import type { CreditCase } from './case.type';

/**
 * A derived record (disclosure, ban) stands behind its case. A case that the projection of case access has not reached might be sealed:
 * what came of it stays closed. What was imported has no case.
 */
const behindCase = (caseId: Sql, closed: Sql): Sql =>
  sql`(${caseId} is null or exists (select 1 from case_access ca where ca.case_id = ${caseId} and not ${closed}))`;

/** For what the law has made public: a seal takes it from this reader, an exclusion does not reach that far. */
export const caseNotSealed = (reader: Reader, caseId: Sql): Sql => behindCase(caseId, caseSealed('ca')(reader));

/** For what is open only to those who handle the case: a seal or an exclusion takes it from this reader. */
export const caseNotHidden = (reader: Reader, caseId: Sql): Sql => behindCase(caseId, caseHidden('ca')(reader));

/** For facts that are fed by records of hidden cases, and never by those of sealed ones: the same for every reader. */
export const caseSealedFromNobody = (today: string, caseId: Sql): Sql =>
  behindCase(caseId, sql`(ca.sealed_until is not null and ca.sealed_until >= ${today}::date)`);

/** Cases as references: null for whom the case itself is closed, as for one that does not exist. */
export const caseLoader = (ctx: RequestContext): DataLoader<string, CreditCase | null> =>
  new DataLoader(async (ids) => {
    const rows = await query<{ case_id: string }>(ctx.deps.dataSource.manager, sql`
      select ca.case_id from case_access ca
      where ca.case_id = any(${ids.filter(isUuid)}::uuid[]) and ${visible(ctx.reader, 'case.head', caseFacts('ca'))}`);
    const open = new Set(rows.map((row) => row.case_id));
    ctx.reads.add('Case', open);
    return ids.map((id) => (open.has(id) ? { id } : null));
  });

/** The case of a record; what was imported has none. */
export const caseOf = (ctx: RequestContext, caseId: string | null): Promise<CreditCase | null> =>
  caseId === null ? Promise.resolve(null) : ctx.use(caseLoader).load(caseId);

/** A deferral of the case runs: nothing that came of it is shown to the public. */
export const deferredCase = (caseId: Sql): Sql => sql`exists (select 1 from disclosure_deferral f where f.case_id = ${caseId} and f.lifted_at is null)`;

/** What came of a decision is not for the public while the publication of the decision is deferred, withheld or withdrawn. */
export const keptFromPublic = (caseId: Sql, decisionId: Sql): Sql =>
  sql`(${deferredCase(caseId)} or exists (select 1 from disclosure_record kept where kept.decision_id = ${decisionId} and kept.status in ('WITHHELD', 'WITHDRAWN')))`;
