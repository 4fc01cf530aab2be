import { BadUserInput, bigrams, searchText } from '@casebridge/kernel';
import { and, column, type Sql, sql } from '@casebridge/platform';

/** The columns that a search reads, of texts that whoever searches may see. */
export interface SearchColumns {
  readonly searchText: string;
  readonly searchBigrams: string[];
}

export const searchColumns = (texts: readonly (string | null)[]): SearchColumns => {
  const text = texts.filter((t) => t !== null).join(' ');
  return { searchText: searchText(text), searchBigrams: bigrams(text) };
};

const MAX_QUERY = 100;

/**
 * The condition that a row has every word of a query. The pieces of two characters find the rows by index, so there must be one; the text
 * itself decides.
 *
 * @throws BadUserInput when the query is longer than 100 characters or has no word of two
 */
export function matches(alias: string, queryText: string, field: string): Sql {
  const wanted = searchText(queryText);
  if (wanted.length > MAX_QUERY) throw new BadUserInput(field, `must have at most ${MAX_QUERY} characters`);
  const pieces = bigrams(wanted).filter((piece) => [...piece].length === 2);
  if (pieces.length === 0) throw new BadUserInput(field, 'must have a word of at least two characters');
  return and(
    sql`${column(alias, 'search_bigrams')} @> ${pieces}::text[]`,
    ...wanted.split(' ').map((word) => sql`${column(alias, 'search_text')} like ${`%${escapeLike(word)}%`}`),
  );
}

const escapeLike = (word: string): string => word.replace(/[\\%_]/gu, '\\$&');
