import { caseStatus, type CaseStatus } from '@casebridge/contracts';
import { agencyCode, containsPattern, creditCode, normaliseDocumentNo } from '@casebridge/kernel';
import { always, and, caseFacts, DateScalar, onDays, or, raw, type Reader, registerCodeList, searchInput, type Sql, sql, visible } from '@casebridge/platform';
import { Field, InputType } from 'type-graphql';
import { overdueFilter } from '../referral/referral.source';

const CaseStatusEnum = registerCodeList(caseStatus);

@InputType({ description: '案件筛选 Which cases; every condition given must hold.' })
export class CaseFilter {
  @Field(() => [CaseStatusEnum], { nullable: true, description: '状态 One of these.' }) status?: CaseStatus[] | null;
  @Field(() => String, { nullable: true, description: '办案机关 Code of the filing agency.' }) agency?: string | null;
  @Field(() => String, { nullable: true, description: '统一社会信用代码 Of the respondent.' }) enterpriseUscc?: string | null;
  @Field(() => DateScalar, { nullable: true, description: '立案日期自 First day, China Standard Time.' }) filedFrom?: string | null;
  @Field(() => DateScalar, { nullable: true, description: '立案日期至 Last day, included.' }) filedTo?: string | null;
  @Field(() => Boolean, { nullable: true, description: '是否逾期 Whether the current referral is late, as far as the reader may see it.' }) overdue?: boolean | null;
  @Field(() => String, { nullable: true, description: '关键词 Text in the case number or in the name of the respondent; 2 to 100 characters.' }) text?: string | null;
}

/**
 * The same as SQL over the row `c`; a condition on something that this reader may not see of a row is not met by it.
 *
 * @throws BadUserInput for text as `searchInput`, and for what cannot be the code asked for
 */
export function caseFilterSql(reader: Reader, filter: CaseFilter, now: Date): Sql {
  const { status, agency, enterpriseUscc, filedFrom, filedTo, overdue, text } = filter;
  return and(
    status == null ? always : sql`c.status = any(${status}::text[])`,
    agency == null ? always : sql`c.agency_code = ${agencyCode(agency, 'filter.agency')}`,
    enterpriseUscc == null ? always : sql`c.enterprise_uscc = ${creditCode(enterpriseUscc, 'filter.enterpriseUscc')}`,
    onDays(raw('c.filed_at'), filedFrom, filedTo),
    overdue == null ? always : overdueFilter(reader, now, overdue),
    text == null ? always : textFilter(reader, text),
  );
}

/** The name of a natural person belongs to the file: whoever may not read that does not find the case by it. */
function textFilter(reader: Reader, text: string): Sql {
  const name = containsPattern(searchInput(text, 'filter.text'));
  const number = containsPattern(normaliseDocumentNo(text).toLowerCase());
  const nameOpen = or(raw(`c.respondent_kind <> 'NATURAL_PERSON'`), visible(reader, 'case.file', caseFacts('c')));
  return or(sql`lower(c.case_no) like ${number}`, and(sql`c.search_text like ${name}`, nameOpen));
}
