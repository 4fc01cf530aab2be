import { bigrams, searchText } from '@casebridge/kernel';
import { and, column, searchInput, type Sql, sql } from '@casebridge/platform';

/** The columns that a search reads, of texts that whoever searches may see. */
export interface SearchColumns {
  readonly searchText: string;
  readonly searchBigrams: string[];
}

export const searchColumns = (texts: readonly (string | null)[]): SearchColumns => {
  const text = texts.filter((t) => t !== null).join(' ');
  return { searchText: searchText(text), searchBigrams: bigrams(text) };
};

/**
 * The condition that a row has every word of a query. The pieces of two characters find the rows by index; the text itself decides.
 *
 * @throws BadUserInput as `searchInput`
 */
export function matches(alias: string, queryText: string, field: string): Sql {
  const wanted = searchInput(queryText, field);
  const pieces = bigrams(wanted).filter((piece) => [...piece].length === 2);
  return and(
    sql`${column(alias, 'search_bigrams')} @> ${pieces}::text[]`,
    ...wanted.split(' ').map((word) => sql`${column(alias, 'search_text')} like ${`%${escapeLike(word)}%`}`),
  );
}

const escapeLike = (word: string): string => word.replace(/[\\%_]/gu, '\\$&');
