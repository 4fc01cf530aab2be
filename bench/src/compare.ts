/** Where two answers differ; `undefined` stands for what is not there. */
export interface Difference {
  readonly path: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every place where two JSON values differ; the order of keys is none, the order of a list is one. */
export function differences(expected: unknown, actual: unknown, path = ''): Difference[] {
  if (Array.isArray(expected) && Array.isArray(actual)) {
    const length = Math.max(expected.length, actual.length);
    return Array.from({ length }, (_, i) => differences(expected[i], actual[i], `${path}[${i}]`)).flat();
  }
  if (isObject(expected) && isObject(actual)) {
    const keys = new Set([...Object.keys(expected), ...Object.keys(actual)]);
    return [...keys].flatMap((key) => differences(expected[key], actual[key], path === '' ? key : `${path}.${key}`));
  }
  return Object.is(expected, actual) ? [] : [{ path, expected, actual }];
}

const cursorKeys = new Set(['cursor', 'startCursor', 'endCursor']);

/** The same answer with its cursors opened: sealed ones differ each time, what is in them must not. */
export function withOpenCursors(value: unknown, open: (cursor: string) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => withOpenCursors(item, open));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) =>
    [key, cursorKeys.has(key) && typeof inner === 'string' ? open(inner) : withOpenCursors(inner, open)]));
}

const shown = (value: unknown): string => {
  const text = value === undefined ? '(nothing)' : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
};

/**
 * @param limit - how many places are told one by one
 * @param reference - who is right
 */
export function describeDifferences(found: readonly Difference[], limit = 10, reference = 'hub'): string {
  const lines = found.slice(0, limit).map(({ path, expected, actual }) => `  ${path || '(the whole)'}: ${reference} ${shown(expected)}, here ${shown(actual)}`);
  if (found.length > limit) lines.push(`  … and ${found.length - limit} more`);
  return lines.join('\n');
}
