import { isUscc, normaliseCode } from '@casebridge/kernel';

/** A credit code as it is stored, or null when it has not the form or the check digits of one. */
export function usccKey(text: string): string | null {
  const code = normaliseCode(text);
  return isUscc(code) ? code : null;
}
