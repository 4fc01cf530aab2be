/** Lists and objects within each other. A list in a list for every byte takes the parser a hundred times as long as any request of this size. */
const mostLevels = 250;
/** What is shorter cannot be deep enough to matter, and is nearly every request. */
const shortCharacters = 4_096;

/**
 * A value from JSON of a client.
 *
 * @throws SyntaxError for what is no JSON, or too deep
 */
export function parseClientJson(text: string): unknown {
  if (text.length > shortCharacters && isDeep(text)) throw new SyntaxError('too deep');
  return JSON.parse(text);
}

const quote = 0x22;
const backslash = 0x5c;

/** Ends at the first level too many; texts are jumped over. */
function isDeep(text: string): boolean {
  let level = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at) | 0x20; // { and [, } and ] differ in this bit alone
    if (code === 0x7b) level += 1;
    else if (code === 0x7d) level -= 1;
    else if (text.charCodeAt(at) === quote) at = endOfText(text, at + 1);
    if (level > mostLevels) return true;
  }
  return false;
}

/** Index of the quote that ends it. */
function endOfText(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 1)) {
    let escapes = 0;
    while (text.charCodeAt(at - 1 - escapes) === backslash && at - 1 - escapes >= from) escapes += 1;
    if (escapes % 2 === 0) return at;
  }
  return text.length;
}
