import { createHash } from 'node:crypto';
import { type AgencyReader, BadUserInput, DomainError } from '@casebridge/kernel';
import { query, sql } from '../sql';
import type { Tx } from './unit-of-work';

export class IdempotencyKeyReused extends DomainError {
  readonly code = 'IDEMPOTENCY_KEY_REUSED';
  readonly kind = 'CONFLICT';
  constructor() {
    super('This idempotency key was used before with another input', { field: 'idempotencyKey' });
  }
}

const KEPT_DAYS = 30;
const MAX_KEY = 200;

/** Canonical text of an input: keys sorted, so that the order in which a client writes them does not matter. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, v: unknown) =>
    v !== null && typeof v === 'object' && !Array.isArray(v) && !(v instanceof Date)
      ? Object.fromEntries(Object.entries(v).filter(([, x]) => x !== undefined && x !== null).sort(([a], [b]) => (a < b ? -1 : 1)))
      : v);

/**
 * Runs `act` once per (agency, officer, mutation, key): the same input again gets the stored result, another input is refused.
 * Calls with one key wait for each other on the row of the key. A refused act leaves no key behind. Keys are kept 30 days.
 */
export async function once<R>(
  tx: Tx, who: AgencyReader, mutation: string, key: string, input: unknown, act: () => Promise<R>,
): Promise<{ readonly result: R; readonly replayed: boolean }> {
  if (key.trim() === '' || key.length > MAX_KEY) throw new BadUserInput('idempotencyKey', `must have 1 to ${MAX_KEY} characters`);
  const hash = createHash('sha256').update(canonical(input)).digest('hex');
  const now = tx.clock.now();
  const scope = sql`agency_code = ${who.agency.code} and officer_id = ${who.officerId} and mutation = ${mutation} and key = ${key}`;
  const oldest = new Date(now.getTime() - KEPT_DAYS * 86_400_000);
  // Some of what is over goes with every act, so that nothing is kept for good; rows that another act is deleting are left to it.
  await query(tx.em, sql`
    delete from idempotency_key where created_at < ${oldest} and (${scope} or ctid = any(array(
      select ctid from idempotency_key where created_at < ${oldest} order by created_at limit 50 for update skip locked)))`);
  const taken = await query(tx.em, sql`
    insert into idempotency_key (agency_code, officer_id, mutation, key, input_hash, created_at)
    values (${who.agency.code}, ${who.officerId}, ${mutation}, ${key}, ${hash}, ${now})
    on conflict do nothing returning 1 as taken`);
  if (taken.length > 0) {
    const result = await act();
    await query(tx.em, sql`update idempotency_key set result = ${JSON.stringify(result)}::jsonb where ${scope}`);
    return { result, replayed: false };
  }
  const [stored] = await query<{ input_hash: string; result: R }>(tx.em, sql`select input_hash, result from idempotency_key where ${scope}`);
  if (!stored || stored.input_hash !== hash) throw new IdempotencyKeyReused();
  return { result: stored.result, replayed: true };
}
