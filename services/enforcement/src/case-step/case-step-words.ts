import { BadUserInput, civilDate } from '@casebridge/kernel';
import { textInput } from '@casebridge/platform';
import type { StepWords } from './case-standing.rule';
import type { Doing } from './case-step-act';

const LONGEST_TEXT = 10_000;

export const textOf = (text: string, field = 'input.text'): Pick<StepWords, 'text'> => ({ text: textInput(text, field, LONGEST_TEXT) });
export const reasonsOf = ({ reasons }: { readonly reasons: string }): Pick<StepWords, 'text'> => textOf(reasons, 'input.reasons');

/** A day on which something happened: not to come, and not before the case was filed. */
export function pastDay({ acting, found }: Doing, on: string, field: string): Pick<StepWords, 'on'> {
  if (on > civilDate(acting.tx.clock.now())) throw new BadUserInput(field, 'must not lie in the future');
  if (on < civilDate(found.filedAt)) throw new BadUserInput(field, 'must not lie before the case was filed');
  return { on };
}
