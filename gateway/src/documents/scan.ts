/** What is known of a text before it is parsed. */
export interface TextFigures {
  /** Braces and brackets open at once, at most: the parser goes as deep as that. */
  readonly nesting: number;
  readonly tokens: number;
}

const isNameOrNumber = (c: number): boolean =>
  (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || (c >= 48 && c <= 57) || c === 95 || c === 45 || c === 43;

/**
 * Nesting and tokens of a text, in one pass without recursion: the parser calls itself at every brace, and a text of nothing
 * but braces would end the stack. For a text that does not parse, the figures hold up to the fault.
 */
export function scanText(text: string): TextFigures {
  const { length } = text;
  let nesting = 0;
  let open = 0;
  let tokens = 0;
  for (let i = 0; i < length; ) {
    const c = text.charCodeAt(i);
    if (c === 35) i = endOfLine(text, i); // #
    else if (c === 34) { // "
      i = endOfString(text, i);
      tokens++;
    } else if (isNameOrNumber(c)) {
      // A dot inside a number belongs to it, three of them are a spread.
      for (i++; i < length && (isNameOrNumber(text.charCodeAt(i)) || isDecimalPoint(text, i)); ) i++;
      tokens++;
    } else if (c === 46) { // .
      i += text.startsWith('...', i) ? 3 : 1;
      tokens++;
    } else if (c <= 32 || c === 44 || c === 0xfeff) i++; // blank, comma, byte order mark
    else {
      if (c === 123 || c === 91) nesting = Math.max(nesting, ++open); // { [
      else if (c === 125 || c === 93) open--; // } ]
      tokens++;
      i++;
    }
  }
  return { nesting, tokens };
}

const isDecimalPoint = (text: string, i: number): boolean => text.charCodeAt(i) === 46 && text.charCodeAt(i + 1) !== 46 && text.charCodeAt(i - 1) !== 46;

function endOfLine(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 10 || c === 13) return i;
  }
  return text.length;
}

function endOfString(text: string, from: number): number {
  const isBlock = text.startsWith('"""', from);
  for (let i = from + (isBlock ? 3 : 1); i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (isBlock) {
      if (c === 92 && text.startsWith('"""', i + 1)) i += 3; // \"""
      else if (c === 34 && text.startsWith('"""', i)) return i + 3;
    } else if (c === 92) i++; // \
    else if (c === 34) return i + 1;
    else if (c === 10 || c === 13) return i;
  }
  return text.length;
}
