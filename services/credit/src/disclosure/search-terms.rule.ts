import { bigrams, searchText } from '@casebridge/kernel';

/** Text as it is searched: as everywhere in the hub, and with every kind of bracket alike, since document numbers are typed with any. */
const fold = (text: string): string =>
  searchText(text).replace(/[[({【〔〖「]/gu, '〔').replace(/[\])}】〕〗」]/gu, '〕');

/** What is stored of a record for searching. */
export const searchIndex = (parts: readonly string[]): { readonly searchText: string; readonly searchBigrams: string[] } => {
  const text = fold(parts.join(' '));
  return { searchText: text, searchBigrams: bigrams(text) };
};

/** One word of a query: found where its text stands; its pairs of characters find the candidates by index. */
export interface SearchTerm {
  readonly text: string;
  readonly pairs: readonly string[];
}

/** Words, and phrases that stand in quotation marks; a mark that is not closed stands for itself. */
const wordsOf = (query: string): string[] =>
  [...query.matchAll(/["“”]([^"“”]+)["“”]|\S+/gu)].flatMap(([whole, phrase]) => (phrase === undefined ? fold(whole).split(' ') : [fold(phrase)]));

/** The words and phrases of a query, all of which must be found. None: everything is found, so a query is looked at before (`searchInput`). */
export const searchTerms = (query: string): readonly SearchTerm[] =>
  wordsOf(query)
    .filter((word) => word !== '')
    .map((text) => ({ text, pairs: bigrams(text).filter((pair) => [...pair].length > 1) }));
