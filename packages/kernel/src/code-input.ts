import { BadUserInput } from './errors';
import { isUscc, normaliseCode } from './identifiers';
import { isUuid } from './uuid';

/**
 * Codes that an input names. One rule for all: what cannot be such a code by its form is refused, naming the field; a code of the right form
 * that nobody has registered is nobody's, and finds nothing, like what the reader may not see.
 */

const agencyPattern = /^[A-Z0-9][A-Z0-9-]{1,39}$/;

/** Whether a text has the form of an agency's code. Nothing but the form can be told from it. */
export const isAgencyCode = (code: string): boolean => agencyPattern.test(code);

/**
 * The code of an agency as people type it.
 *
 * @param field - path of the input field, told with the error
 * @throws BadUserInput for what cannot be one
 */
export const agencyCode = (text: string, field: string): string => ofForm(normaliseCode(text), isAgencyCode, field, 'must be the code of an agency');

/**
 * A unified social credit code as people type it.
 *
 * @throws BadUserInput for what has not the form or the two check digits of one
 * @see GB 32100-2015, GB 11714-1997
 */
export const creditCode = (text: string, field: string): string =>
  ofForm(normaliseCode(text), isUscc, field, 'must be a unified social credit code with the right check digits');

/**
 * A code of a list that is open to new codes, such as `FAKE_DRUGS`.
 *
 * @throws BadUserInput for what no list has
 */
export const listCode = (text: string, field: string): string => ofForm(text, (code) => /^[A-Z][A-Z0-9_]{0,99}$/.test(code), field, 'must be a code: capital letters, digits and underscores');

/** @throws BadUserInput for what is no id of a record */
export const recordId = (text: string, field: string): string => ofForm(text, isUuid, field, 'must be the id of a record');

function ofForm(text: string, isOne: (text: string) => boolean, field: string, rule: string): string {
  if (!isOne(text)) throw new BadUserInput(field, rule);
  return text;
}
