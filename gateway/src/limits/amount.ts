/** As a client sent them, with the defaults of the operation in. */
export type Variables = Readonly<Record<string, unknown>>;

/** An amount that is known, or that depends on the variables. */
export type Amount = number | ((variables: Variables) => number);

/** Whether something stands in the answer: known, or dependent on the variables. */
export type Condition = boolean | ((variables: Variables) => boolean);

export const amountOf = (amount: Amount, variables: Variables): number => (typeof amount === 'number' ? amount : amount(variables));

/** What is known is added up at once; the rest is added up for each request. */
export function sum(amounts: readonly Amount[]): Amount {
  const open = amounts.filter((amount) => typeof amount !== 'number');
  const known = amounts.reduce<number>((total, amount) => (typeof amount === 'number' ? total + amount : total), 0);
  if (open.length === 0) return known;
  return (variables) => open.reduce((total, amount) => total + amount(variables), known);
}

export function times(a: Amount, b: Amount): Amount {
  if (typeof a === 'number' && typeof b === 'number') return a * b;
  if (a === 0 || b === 0) return 0;
  if (a === 1) return b;
  if (b === 1) return a;
  return (variables) => amountOf(a, variables) * amountOf(b, variables);
}

/** The largest; 0 of none. */
export function largest(amounts: readonly Amount[]): Amount {
  const open = amounts.filter((amount) => typeof amount !== 'number');
  const known = amounts.filter((amount) => typeof amount === 'number');
  const most = known.length > 0 ? Math.max(...known) : null;
  if (open.length === 0) return most ?? 0;
  if (open.length === 1 && most === null) return open[0] as Amount;
  return (variables) => Math.max(...(most === null ? [] : [most]), ...open.map((amount) => amount(variables)));
}

export function when(condition: Condition, amount: Amount): Amount {
  if (condition === true || amount === 0) return amount;
  if (condition === false) return 0;
  return (variables) => (condition(variables) ? amountOf(amount, variables) : 0);
}

export function both(a: Condition, b: Condition): Condition {
  if (a === false || b === false) return false;
  if (a === true) return b;
  if (b === true) return a;
  return (variables) => a(variables) && b(variables);
}

export function either(a: Condition, b: Condition): Condition {
  if (a === true || b === true) return true;
  if (a === false) return b;
  if (b === false) return a;
  return (variables) => a(variables) || b(variables);
}
