import type { DataSource, EntityManager } from 'typeorm';
import { query, sql } from '../sql';
import { channels, lockSpace, locks } from './names';

const batchSize = 1000;

/**
 * Gives every committed event that has none yet a dense position: no gap, no late insertion.
 *
 * An event's `seq` is taken when it is written, so a slow transaction commits an early `seq` late. Positions are therefore given
 * after commit, by one run at a time: the next run sees every position of the last one, and whatever commits meanwhile comes later.
 * Safe in any number of processes at once.
 *
 * @returns how many events got a position
 */
export async function runSequencer(dataSource: DataSource): Promise<number> {
  let total = 0;
  // Asked without the lock, so that an idle poll of many processes queues for nothing.
  while (await somethingWaits(dataSource.manager)) {
    total += await dataSource.transaction('READ COMMITTED', placeBatch);
  }
  return total;
}

async function somethingWaits(em: EntityManager): Promise<boolean> {
  const rows = await query<{ waits: boolean }>(em, sql`select exists (select from outbox_event where position is null) as waits`);
  return rows[0]?.waits === true;
}

async function placeBatch(em: EntityManager): Promise<number> {
  // A statement of its own: the snapshot of the next one must be younger than the lock.
  await query(em, sql`select pg_advisory_xact_lock(${lockSpace}::int, ${locks.sequencer}::int)`);
  const rows = await query<{ placed: number }>(em, sql`
    with fresh as (
      select seq, row_number() over (order by seq) as n
      from (select seq from outbox_event where position is null order by seq limit ${batchSize}) as waiting
    ), placed as (
      update outbox_event as e set position = (select position from outbox_head) + fresh.n
      from fresh where e.seq = fresh.seq
      returning e.seq
    ), moved as (
      update outbox_head set position = position + (select count(*) from placed)
      where exists (select from placed)
      returning position
    )
    select (select count(*) from placed)::int as placed, (select pg_notify(${channels.sequenced}, position::text) from moved) as rung`);
  return rows[0]?.placed ?? 0;
}
