import { cleanLine } from '@casebridge/kernel';

const LONGEST = 300;

/** Facts as they are shown to whoever supervises a case without having a part in it. */
export function factsInShort(facts: string): string {
  const characters = [...cleanLine(facts)]; // a pair of surrogates is one character, and not to be cut
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST).join('')}…` : characters.join('');
}
