/**
 * Text that comes from outside: what is stored of it, and how it is searched.
 *
 * Control characters forge log lines and break exports; bidirectional and invisible characters make a name read as
 * another. None of them has a place in an official record, so they are taken out where text comes in.
 */

/** Line ends in every spelling: CR LF, LF, CR, vertical tab, form feed, NEL, line and paragraph separators. */
const lineEnds = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/gu;

/** Controls, format characters (bidirectional marks, zero-width, tags, soft hyphen), variation selectors, fillers, lone surrogates, non-characters. */
const hidden = /[\u034F\p{Cc}\u17B4-\u17B5\p{Cf}\p{Cs}\p{Variation_Selector}\p{Noncharacter_Code_Point}\u115F\u1160\u3164\uFFA0]/gu;
const hiddenButLineAndTab = new RegExp(`(?![\\n\\t])${hidden.source}`, 'gu');

/**
 * One line of text as it is stored: composed (NFC), without hidden characters, every run of white space one space, trimmed.
 *
 * What looks different stays different: full-width brackets in a document number are kept.
 */
export const cleanLine = (text: string): string =>
  settle(text, (t) => t.normalize('NFC').replace(lineEnds, ' ').replace(/\t/gu, ' ').replace(hidden, '').replace(/\s+/gu, ' ').trim());

/** Text of several lines as it is stored: as `cleanLine`, but line ends (as LF), tabs and inner spaces stay; line ends lose trailing space. */
export const cleanText = (text: string): string =>
  settle(text, (t) => t.normalize('NFC').replace(lineEnds, '\n').replace(hiddenButLineAndTab, '').replace(/[^\S\n]+$/gmu, '').trim());

/** Whether a text has characters that `cleanText` would take out, for input that is refused rather than repaired. */
export const hasHiddenCharacters = (text: string): boolean => text.replace(lineEnds, '\n').search(hiddenButLineAndTab) >= 0;

/** Whether a database keeps a text as it is: no NUL character, which it refuses, and no half of a character (lone surrogate), all of which become one and the same. */
export const isStorable = (text: string): boolean => !/[\0\p{Cs}]/u.test(text);

/** Path of the first text in a value that a database would not keep as it is (`isStorable`); null where there is none. */
export function unstorablePlace(value: unknown, path: string): string | null {
  if (typeof value === 'string') return isStorable(value) ? null : path;
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, part] of Object.entries(value)) {
    const found = unstorablePlace(part, `${path}.${key}`);
    if (found !== null) return found;
  }
  return null;
}

/** How a text is compared in a search: compatibility forms folded (Ａ, ① and ㎎ become A, 1 and mg), lower case, one line. */
export const searchText = (text: string): string => settle(text, (t) => cleanLine(t.normalize('NFKC')).toLowerCase().normalize('NFKC'));

/**
 * The two-character pieces of a text, each once, in order: the index terms for Chinese, which has no spaces.
 *
 * Punctuation and spaces part the text; a run of one character is its own piece. A text contains a query only if it
 * has all pieces of the query, provided that the query's runs are two characters or longer.
 */
export function bigrams(text: string): string[] {
  const pieces = new Set<string>();
  for (const [run] of searchText(text).matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
    const characters = [...run];
    if (characters.length === 1) pieces.add(run);
    for (let i = 0; i + 1 < characters.length; i += 1) pieces.add(characters[i]! + characters[i + 1]!);
  }
  return [...pieces];
}

/** The `LIKE` pattern of a text that stands anywhere in a column: what SQL's pattern language knows as signs is taken as it stands. */
export const containsPattern = (text: string): string => `%${text.replace(/[\\%_]/gu, '\\$&')}%`;

/** Taking a character out may bring two others together, so it is repeated until nothing changes. */
function settle(text: string, step: (text: string) => string): string {
  let before = text;
  let after = step(before);
  while (after !== before) {
    before = after;
    after = step(before);
  }
  return after;
}
