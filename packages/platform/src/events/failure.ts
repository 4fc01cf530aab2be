/**
 * Whether an error says nothing about the event at hand: the database was away, shutting down, out of room, or two transactions met.
 *
 * Such an event is tried again for ever and never parked.
 */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  // SQLSTATE classes: connection, resources, operator intervention (shutdown); serialization and deadlock; prepared statements that a
  // migration has overtaken, which the next use prepares anew.
  if (/^(08|53|57P|40001|40P01|26000|42P05)/.test(code) || /^E(CONN|PIPE|HOST|NET|TIMEDOUT|AI_AGAIN)/.test(code)) return true;
  return /^(cached plan must not change result type|Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/.test(error.message);
}

/** Name, code and words of an error, cut to what an operator needs. */
export function failureText(error: unknown): string {
  if (!(error instanceof Error)) return 'Unknown: something that is no Error was thrown';
  const code = 'code' in error && typeof error.code === 'string' && /^\w{1,60}$/.test(error.code) ? ` ${error.code}` : '';
  return `${error.name}${code}: ${error.message}`.slice(0, 2_000);
}

/** The code, else the name, out of such a text: what may be shown where its words, which may quote data, may not. */
export const failureCode = (text: string): string => {
  const [, name, code] = /^(\w{1,60})(?: (\w{1,60}))?(?:: |$)/.exec(text) ?? [];
  return code ?? name ?? 'Unknown';
};
