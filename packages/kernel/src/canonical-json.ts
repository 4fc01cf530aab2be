/**
 * The one text of a value as RFC 8785 (JSON Canonicalization Scheme) writes it: no space, names in the order of their UTF-16 code units, numbers and strings as ECMAScript writes them.
 *
 * A field that is `undefined` is left out, as JSON leaves it out.
 *
 * @throws TypeError for what JSON does not have: a number that is not finite, a date, a function, `undefined` in a list
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && [Object.prototype, null].includes(Object.getPrototypeOf(value) as null)) {
    const fields = Object.entries(value).filter(([, field]) => field !== undefined).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonicalJson(field)}`).join(',')}}`;
  }
  throw new TypeError('Only what JSON has can be written as canonical JSON');
}
