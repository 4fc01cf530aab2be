import { decideDisclosure, type DecisionForDisclosure } from './disclosure-window.rule';

/**
 * A record that was held back, as it is published on a day: its class and windows are worked out as of that day.
 *
 * @throws RangeError for a record without terms, which cannot have been held
 */
export function publishedFrom({ terms, id }: { readonly id: string; readonly terms: DecisionForDisclosure | null }, publishedOn: string) {
  const ruling = terms === null ? null : decideDisclosure(terms, publishedOn);
  if (!ruling?.disclosed) throw new RangeError(`Record ${id} was held without terms that are disclosed`);
  const { class: of, windows } = ruling;
  return { held: false, publishedOn, class: of, disclosureEndsOn: windows.ENTERPRISE_CREDIT_SYSTEM.endsOn, creditChinaEndsOn: windows.CREDIT_CHINA.endsOn };
}
