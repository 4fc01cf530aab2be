import { BadUserInput, bigrams, searchText } from '@casebridge/kernel';

const longest = 100;

/**
 * The text of a search, as it is compared. The same for every list that takes one: what says nothing must not find everything, and what no
 * index helps with must not go through all rows.
 *
 * @param field - path of the input field, told with the error
 * @returns one line, folded as `searchText` does; it has a word of two letters or digits at least
 * @throws BadUserInput for more than 100 characters, and for less than such a word
 */
export function searchInput(text: string, field: string): string {
  // As typed, and in characters rather than their halves.
  if (text.length > 2 * longest || [...text].length > longest) throw new BadUserInput(field, `must have at most ${longest} characters`);
  const wanted = searchText(text);
  if (!bigrams(wanted).some(isPair)) throw new BadUserInput(field, 'must have a word of at least two characters');
  return wanted;
}

const isPair = (piece: string): boolean => [...piece].length === 2;
