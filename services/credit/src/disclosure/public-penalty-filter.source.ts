import { agencyCode, BadUserInput, containsPattern, creditCode, listCode, normaliseDocumentNo } from '@casebridge/kernel';
import { and, inRegion, raw, regionCode as asRegionCode, searchInput, type Sql, sql } from '@casebridge/platform';
import type { PublicPenaltyFilter } from './public-penalty-filter.type';
import { searchTerms } from './search-terms.rule';

const MAX_TEXT = 100;
const MAX_VALUES = 50;

/**
 * The filter of the public register as a condition on `disclosure_record d`. Every field it asks about is public.
 *
 * @throws BadUserInput for text as `searchInput`, for values or lists that are too long, and for what cannot be the code asked for
 */
export function publicPenaltyFilter(filter: PublicPenaltyFilter | null | undefined): Sql {
  if (!filter) return and();
  const { text, partyUscc, documentNo, regionCode, authorityCode, violationTypes, penaltyKinds } = filter;
  const { decidedFrom, decidedTo, publishedFrom, publishedTo } = filter;
  return and(
    text == null ? null : containsWords(searchInput(text, 'filter.text')),
    partyUscc == null ? null : sql`d.party_uscc = ${creditCode(partyUscc, 'filter.partyUscc')}`,
    documentNo == null ? null : sql`d.document_no_key = ${normaliseDocumentNo(short(documentNo, 'documentNo'))}`,
    regionCode == null ? null : inRegion(raw('d.region_code'), asRegionCode(regionCode, 'filter.regionCode')),
    authorityCode == null ? null : sql`d.authority_code = ${agencyCode(authorityCode, 'filter.authorityCode')}`,
    violationTypes == null ? null : sql`d.violation_type = any(${few(violationTypes, 'violationTypes').map((code, i) => listCode(code, `filter.violationTypes.${i}`))}::text[])`,
    penaltyKinds == null ? null : sql`d.penalty_kinds && ${few(penaltyKinds, 'penaltyKinds')}::text[]`,
    decidedFrom == null ? null : sql`d.decided_on >= ${decidedFrom}::date`,
    decidedTo == null ? null : sql`d.decided_on <= ${decidedTo}::date`,
    publishedFrom == null ? null : sql`d.published_on >= ${publishedFrom}::date`,
    publishedTo == null ? null : sql`d.published_on <= ${publishedTo}::date`,
  );
}

/** The pairs of characters find candidates by index, the pattern decides. */
const containsWords = (text: string): Sql =>
  and(...searchTerms(text).flatMap(({ text: word, pairs }) => [
    pairs.length > 0 ? sql`d.search_bigrams @> ${[...pairs]}::text[]` : null,
    sql`d.search_text like ${containsPattern(word)}`,
  ]));

function short(value: string, field: string): string {
  if (value.length > MAX_TEXT) throw new BadUserInput(`filter.${field}`, `at most ${MAX_TEXT} characters`);
  return value;
}

function few<T>(values: readonly T[], field: string): readonly T[] {
  if (values.length > MAX_VALUES) throw new BadUserInput(`filter.${field}`, `at most ${MAX_VALUES} values`);
  return values;
}
