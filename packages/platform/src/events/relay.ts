import type { ServiceName } from '@casebridge/contracts';
import type { DataSource, EntityManager } from 'typeorm';
import { query, sql } from '../sql';
import { type EventBus, LogGap } from './event-bus';
import { lockSpace, locks } from './names';
import { readLog } from './outbox-log';

const batchSize = 500;

export interface RelayOptions {
  readonly dataSource: DataSource;
  readonly source: ServiceName;
  readonly bus: EventBus;
}

/**
 * Copies the service's log to the bus, in order, until there is nothing left.
 *
 * The checkpoint moves after the bus has confirmed, so a crash in between sends a batch again, which the bus passes over. It is
 * only a hint: when the bus has less than the checkpoint says (an older copy was restored), the relay goes back to where the bus is.
 * The lock saves double work of several processes; the order does not depend on it.
 *
 * @returns how many events were handed to the bus
 * @throws LogDiverged when the bus has another event at a position of this log
 * @throws LogGap when what the bus lacks is no longer in the log
 */
export async function runRelay({ dataSource, source, bus }: RelayOptions, signal?: AbortSignal): Promise<number> {
  let total = 0;
  while (!signal?.aborted) {
    const sent = await dataSource.transaction('READ COMMITTED', (em) => relayBatch(em, source, bus));
    total += sent;
    if (sent < batchSize) break;
  }
  return total;
}

/** Takes the checkpoint back to the head of the bus where the bus has less than it says. */
export async function rewindRelay({ dataSource, source, bus }: RelayOptions): Promise<void> {
  await dataSource.transaction('READ COMMITTED', async (em) => {
    await takeLock(em);
    const head = await bus.head(source);
    if (head < (await relayPosition(em))) await moveCheckpoint(em, head);
  });
}

/** How far the log has been handed to the bus. */
export async function relayPosition(em: EntityManager): Promise<number> {
  const rows = await query<{ position: string }>(em, sql`select position from relay_checkpoint`);
  return Number(rows[0]?.position ?? 0);
}

async function relayBatch(em: EntityManager, source: ServiceName, bus: EventBus): Promise<number> {
  await takeLock(em);
  const checkpoint = await relayPosition(em);
  let events = await readLog(em, source, { after: checkpoint, limit: batchSize });
  if (events.length === 0) return 0;
  try {
    await bus.publish(source, events);
  } catch (error) {
    if (!(error instanceof LogGap) || error.head >= checkpoint) throw error;
    events = await readLog(em, source, { after: error.head, limit: batchSize });
    await bus.publish(source, events);
  }
  await moveCheckpoint(em, events.at(-1)?.position ?? checkpoint);
  return events.length;
}

const takeLock = (em: EntityManager) => query(em, sql`select pg_advisory_xact_lock(${lockSpace}::int, ${locks.relay}::int)`);
const moveCheckpoint = (em: EntityManager, position: number) => query(em, sql`update relay_checkpoint set position = ${position}::bigint`);
