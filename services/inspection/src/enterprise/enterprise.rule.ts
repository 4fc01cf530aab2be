import { BadUserInput, isUscc, normaliseCode } from '@casebridge/kernel';

/** A credit code as it is stored, or null when it has not the form or the check digits of one. */
export function usccKey(text: string): string | null {
  const code = normaliseCode(text);
  return isUscc(code) ? code : null;
}

/**
 * The credit code of an enterprise, in its one spelling; the table checks the shape, this the two check digits as well.
 *
 * @param field - the input that carries it, for the refusal
 * @throws BadUserInput when it is no unified social credit code
 * @see GB 32100-2015, GB 11714-1997
 */
export function requireUscc(text: string, field: string): string {
  const code = usccKey(text);
  if (code === null) throw new BadUserInput(field, 'must be a unified social credit code with the right check digits');
  return code;
}
