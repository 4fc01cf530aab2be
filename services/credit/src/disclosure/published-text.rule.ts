import type { SecrecyGround } from '@casebridge/contracts';
import { BadUserInput } from '@casebridge/kernel';
import { withoutPersonalData } from './penalty-summary.rule';

/** What stands where a passage was taken out. */
export const REDACTED = '【不予公开】';

export interface Redaction {
  readonly text: string;
  readonly ground: SecrecyGround;
}

/** How one part of what is published is to read instead. */
export interface DisclosureChange {
  readonly field: 'documentNo' | 'partyName' | 'penaltySummary';
  readonly from: string;
  readonly to: string;
}

/**
 * The full text of a decision as it may be published: line by line without identity numbers, telephone and account numbers, e-mail and addresses of persons, and
 * without the names of minors. Everything else stays as it was served (O45 art. 7).
 *
 * The list of what goes is that of practice, from a rule that was repealed: not verified (NV). It rather takes out too much.
 *
 * @param minors - names that read 某 wherever they stand
 * @see O45 arts. 6, 7; PIPL arts. 28, 34
 */
export function scrubDecisionText(text: string, minors: readonly string[]): string {
  const named = [...minors].sort((a, b) => b.length - a.length).reduce((body, name) => body.replaceAll(name, '某'), text);
  return named.split('\n').map(withoutPersonalData).join('\n');
}

/** A text without the passages, the longest first: one within another goes with it. */
export const withoutPassages = (text: string, redactions: readonly Pick<Redaction, 'text'>[]): string =>
  [...redactions].sort((a, b) => b.text.length - a.text.length)
    .reduce((clean, passage) => clean.split(REDACTED).map((part) => part.replaceAll(passage.text, REDACTED)).join(REDACTED), text);

/**
 * The parts of what is published with every redaction carried out in each of them.
 *
 * @throws BadUserInput for a passage that stands in none of them
 * @see O45 arts. 5, 6
 */
export function redact<Part extends string>(parts: Readonly<Record<Part, string>>, redactions: readonly Redaction[]): Record<Part, string> {
  const names = Object.keys(parts) as Part[];
  for (const [i, { text }] of redactions.entries()) {
    if (!names.some((name) => parts[name].includes(text))) throw new BadUserInput(`input.redactions.${i}.text`, 'stands neither in the abstract nor in the full text');
  }
  return Object.fromEntries(names.map((name) => [name, withoutPassages(parts[name], redactions)])) as Record<Part, string>;
}
