import { BadUserInput, cleanLine, cleanText } from '@casebridge/kernel';

/**
 * Text of several lines from outside, as it is stored.
 *
 * @throws BadUserInput when nothing is left of it, or too much
 */
export function textInput(text: string, field: string, longest = 2_000): string {
  return within(cleanText(text), field, longest);
}

/** The same for one line. */
export function lineInput(text: string, field: string, longest = 200): string {
  return within(cleanLine(text), field, longest);
}

/** An article as people write it: the instrument's title and the article's number. */
export const articleInput = ({ instrument, article }: { readonly instrument: string; readonly article: string }, field: string) =>
  ({ instrument: lineInput(instrument, `${field}.instrument`), article: lineInput(article, `${field}.article`, 40) });

function within(text: string, field: string, longest: number): string {
  if (text === '') throw new BadUserInput(field, 'must not be blank');
  if (text.length > longest) throw new BadUserInput(field, `must have at most ${longest} characters`);
  return text;
}
