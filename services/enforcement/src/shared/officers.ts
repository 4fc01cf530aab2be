import { BadUserInput, type Citation, searchText } from '@casebridge/kernel';
import { type Acting, lineInput } from '@casebridge/platform';
import { assertOfficersOf } from '../agency/agency.registry';

const LONGEST_NAME = 100;
const MOST_OFFICERS = 100;

interface Naming {
  readonly agencyCode: string;
  /** Path of the list in the input. */
  readonly field: string;
  /** The article that wants two. */
  readonly basis: Citation;
}

/**
 * The officers of an agency who are to handle something together: two or more, named each once.
 *
 * @throws BadUserInput for fewer, which rests on the article, and for who is no officer of the agency in the registry
 */
export async function twoOfficers(acting: Acting, names: readonly string[], { agencyCode, field, basis }: Naming): Promise<string[]> {
  const named = names.map((name, i) => lineInput(name, `${field}.${i}`, LONGEST_NAME));
  const different = new Set(named.map(searchText)).size;
  if (different < 2 || different < named.length || named.length > MOST_OFFICERS) throw new BadUserInput(field, 'must name at least two officers, each once', basis);
  await assertOfficersOf(acting, agencyCode, named, (i) => `${field}.${i}`);
  return named;
}
