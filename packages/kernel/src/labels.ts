/** What people read for a code, in the two languages of the hub. */
export interface Label {
  readonly zh: string;
  readonly en: string;
}

/** A closed list of codes with labels: the source of a type, of a GraphQL enum and of what the lists show, in one place. */
export interface CodeList<Code extends string> {
  readonly name: string;
  /** The codes in the order in which they were written. */
  readonly codes: readonly Code[];
  /** `{ CODE: 'CODE' }`, for `registerEnumType` and for writing a code without a string literal. */
  readonly values: { readonly [C in Code]: C };
  readonly labels: { readonly [C in Code]: Label };
  /** Whether a value from outside is one of the codes. */
  is(value: unknown): value is Code;
}

/** The union of the codes of a list: `type CaseState = CodeOf<typeof caseState>`. */
export type CodeOf<List> = List extends CodeList<infer Code> ? Code : never;

/** What GraphQL takes as the name of an enum value, in the one spelling used here. */
const codePattern = /^[A-Z][A-Z0-9_]*$/;

/**
 * Defines a code list.
 *
 * @param name - the name of the list, PascalCase, as the graph shows it
 * @param entries - code → [Chinese label, English label]; codes are SCREAMING_SNAKE_CASE
 * @returns the frozen list; its codes are the exact union of the keys
 * @throws RangeError when the list is empty, a code is not a legal enum value, or a label is blank or used twice in one language
 */
export function codeList<Code extends string>(
  name: string,
  entries: { readonly [C in Code]: readonly [zh: string, en: string] },
): CodeList<Code> {
  const codes = Object.keys(entries) as Code[];
  if (codes.length === 0) throw new RangeError(`Code list ${name} is empty`);

  const values = {} as { [C in Code]: C };
  const labels = {} as { [C in Code]: Label };
  const seen = { zh: new Set<string>(), en: new Set<string>() };
  for (const code of codes) {
    const [zh, en] = entries[code];
    if (!codePattern.test(code)) throw new RangeError(`Code list ${name}: ${code} is not SCREAMING_SNAKE_CASE`);
    if (zh.trim() === '' || en.trim() === '') throw new RangeError(`Code list ${name}: ${code} has a blank label`);
    if (seen.zh.has(zh) || seen.en.has(en)) throw new RangeError(`Code list ${name}: ${code} repeats a label, readers could not tell the two apart`);
    seen.zh.add(zh);
    seen.en.add(en);
    values[code] = code;
    labels[code] = Object.freeze({ zh, en });
  }

  return Object.freeze({
    name,
    codes: Object.freeze(codes),
    values: Object.freeze(values),
    labels: Object.freeze(labels),
    is: (value: unknown): value is Code => typeof value === 'string' && Object.hasOwn(values, value),
  });
}
