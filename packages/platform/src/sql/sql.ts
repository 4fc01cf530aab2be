/** A piece of SQL with its values: composed by nesting, numbered once when it is sent. Values never become text. */
export class Sql {
  constructor(
    readonly strings: readonly string[],
    readonly values: readonly unknown[],
  ) {}

  /** The statement with `$1 …` and its parameters, as `pg` takes them. */
  compile(): { text: string; values: unknown[] } {
    const values: unknown[] = [];
    const text = render(this, values);
    return { text, values };
  }
}

function render(part: Sql, values: unknown[]): string {
  let text = part.strings[0] ?? '';
  part.values.forEach((value, i) => {
    if (value instanceof Sql) text += render(value, values);
    else {
      values.push(value);
      text += `$${values.length}`;
    }
    text += part.strings[i + 1] ?? '';
  });
  return text;
}

/** Tagged template: `sql\`select … where id = ${id} and ${condition}\``. Arrays are one parameter (use `= any(…)`). */
export const sql = (strings: TemplateStringsArray, ...values: unknown[]): Sql => new Sql([...strings], values);

/** Trusted text: names of tables and columns written in this repository, never input. */
export const raw = (text: string): Sql => new Sql([text], []);

export const always = raw('true');
export const never = raw('false');

const join = (parts: readonly Sql[], separator: string): Sql =>
  new Sql(['', ...parts.slice(1).map(() => separator), ''], parts);

/** Conditions that must all hold; none means true. */
export function and(...conditions: (Sql | null | undefined)[]): Sql {
  const parts = conditions.filter((c): c is Sql => c != null && c !== always);
  if (parts.includes(never)) return never;
  if (parts.length === 0) return always;
  return parts.length === 1 ? (parts[0] as Sql) : sql`(${join(parts, ' and ')})`;
}

/** Conditions of which one must hold; none means false. */
export function or(...conditions: (Sql | null | undefined)[]): Sql {
  const parts = conditions.filter((c): c is Sql => c != null && c !== never);
  if (parts.includes(always)) return always;
  if (parts.length === 0) return never;
  return parts.length === 1 ? (parts[0] as Sql) : sql`(${join(parts, ' or ')})`;
}

export const list = (parts: readonly Sql[]): Sql => (parts.length === 0 ? raw('') : join(parts, ', '));
