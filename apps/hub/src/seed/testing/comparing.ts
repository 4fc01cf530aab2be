import type { LoggedEvent } from '../world/tables';

/** Rows without what cannot be the same: ids, and numbers that count what else there is. */
export const bare = (rows: readonly object[], ...left: readonly string[]): unknown[] =>
  rows.map((row) => Object.fromEntries(Object.entries(JSON.parse(JSON.stringify(row)) as object).filter(([key]) => ![...left, 'id'].includes(key))));

/** An event as text, each id replaced by the order in which ids first came up. */
export const plainEvent = (seen: Map<string, number>) => (e: Pick<LoggedEvent, 'type' | 'subject' | 'occurredAt'> & { readonly data: unknown }): string => {
  const data = typeof e.data === 'string' ? (JSON.parse(e.data) as object) : (e.data as object);
  const sorted = JSON.stringify([e.type, e.subject, e.occurredAt, data], (_, v: unknown) =>
    v !== null && typeof v === 'object' && !Array.isArray(v) && !(v instanceof Date) ? Object.fromEntries(Object.entries(v).sort(([a], [b]) => (a < b ? -1 : 1))) : v);
  return sorted.replace(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g, (id) => {
    if (!seen.has(id)) seen.set(id, seen.size);
    return `id${seen.get(id)}`;
  });
};
