/**
 * Whether an error says nothing about the event at hand: the database was away, shutting down, out of room, or two transactions met.
 *
 * Such an event is tried again for ever and never parked.
 */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  // SQLSTATE classes: connection, resources, operator intervention (shutdown); serialization and deadlock.
  if (/^(08|53|57P|40001|40P01)/.test(code) || /^E(CONN|PIPE|HOST|NET|TIMEDOUT|AI_AGAIN)/.test(code)) return true;
  return /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/.test(error.message);
}

/** Name and words of an error, cut to what an operator needs. */
export function failureText(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : 'Something that is no Error was thrown';
  return text.slice(0, 2_000);
}
