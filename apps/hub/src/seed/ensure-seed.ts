import { Readable } from 'node:stream';

import { type Clock, systemClock } from '@casebridge/kernel';
import { DiskFileStore, type Logger, maxFileBytes } from '@casebridge/platform';
import { Client, DatabaseError } from 'pg';
import type { DatabaseAddress, DatabaseName } from '../config';
import { databaseNames } from '../config';
import { services } from '../services';
import { DatabaseWriter, entityColumns } from './database-writer';
import type { Scale } from './scales';
import { demoDocuments } from './world/documents';
import { latestPresent } from './world/present';
import { sizes, type Size } from './world/sizes';
import { allTables, type Column } from './world/tables';
import { generateWorld, type Heads } from './world/world';

/** Counts up when the same scale, number and day make another world. */
const worldVersion = 2;

export interface SeedOptions {
  readonly addresses: Readonly<Record<DatabaseName, DatabaseAddress>>;
  /**
   * `asked: false`: a database that has demo data already, of whatever scale, keeps it. `today`: the day on which the demo world stands
   * still, by default the last day that is over; data that is there already stands on its own.
   */
  readonly seed: { readonly scale: Scale; readonly number: number; readonly today?: string | null; readonly asked?: boolean };
  readonly clock?: Clock;
  /** Where the content store lies: documents of the demo are files in it. */
  readonly dataDir: string;
  readonly logger: Logger;
  /** Told how far the writing has come, from 0 to 1. */
  readonly progress?: (message: string, share: number) => void;
  /** Another amount of everything than the scale's, for tests. */
  readonly size?: Size;
}

/** Demo data cannot be put where something else is already. */
export class SeedRefused extends Error {
  override readonly name = 'SeedRefused';
}

interface Marker {
  readonly scale: string;
  readonly number: number;
  readonly version: number;
  /** The day on which the world stands still. */
  readonly today: string;
}

/** Where the world stood before the day was a choice. */
const formerToday = '2026-11-15';

/**
 * Writes the demo data into empty databases, once.
 *
 * Each database is written in one transaction together with its mark in `demo_seed`; enforcement is committed last, so its mark says that
 * all is done, and a later start asks no more than that. An interrupted run leaves databases either whole or empty: the next one writes
 * the empty ones, and since the world is a function of scale, number and day, they fit.
 *
 * @returns the day on which the demo data stands, YYYY-MM-DD
 * @throws SeedRefused when a database holds other data, or the demo data of another scale, number or day that was asked for
 */
export async function ensureSeed(options: SeedOptions): Promise<string> {
  const { addresses, seed, logger } = options;
  const done = await withClient(addresses.enforcement.ownerUrl, readMarker);
  if (done) {
    if (seed.asked !== false) assertSame(done, seed);
    if (done.version !== worldVersion) logger.info({ version: done.version }, 'The demo data was made by another version and stays as it is');
    return done.today;
  }
  return withClient(addresses.enforcement.ownerUrl, async (lock) => {
    await lock.query('select pg_advisory_lock($1)', [seedLock]);
    // Somebody else may have written it while this process waited.
    const meanwhile = await readMarker(lock);
    if (!meanwhile) return writeSeed(options);
    assertSame(meanwhile, seed);
    return meanwhile.today;
  });
}

/** "seed": one seeding process at a time. */
const seedLock = 0x7365_6564;

async function writeSeed(options: SeedOptions): Promise<string> {
  const { addresses, seed, logger, dataDir, progress, clock = systemClock } = options;
  const startedAt = clock.now();
  const writers: DatabaseWriter[] = [];
  let today = seed.today ?? null;
  try {
    for (const name of databaseNames) {
      const { ownerUrl } = addresses[name];
      const marker = await withClient(ownerUrl, readMarker);
      if (marker) {
        assertSame(marker, { ...seed, today });
        ({ today } = marker); // whole since an interrupted run, on whose day the others must stand
        continue;
      }
      const service = services.find((s) => s.name === name);
      const columns: ReadonlyMap<object, readonly Column[]> = service ? await entityColumns(ownerUrl, service) : new Map();
      const writer = await DatabaseWriter.open(name, ownerUrl, columns);
      writers.push(writer);
      await writer.client.query('begin');
      await assertEmpty(writer);
    }
    await storeDocuments(dataDir);
    const written: Written = { scale: seed.scale, number: seed.number, today: today ?? latestPresent(startedAt) };
    const heads = await copyWorld(options, written, writers);
    for (const writer of writers) await closeLogs(writer, heads, written, startedAt);
    // Enforcement is the one that later starts ask, so it comes last.
    for (const writer of [...writers].sort((a, b) => Number(a.database === 'enforcement') - Number(b.database === 'enforcement'))) {
      await writer.client.query('commit');
    }
    progress?.('statistics', 1);
    await Promise.all(writers.map((writer) => writer.client.query('analyze')));
    logger.info({ ...written, milliseconds: clock.now().getTime() - startedAt.getTime() }, 'demo data written');
    return written.today;
  } finally {
    await Promise.all(writers.map((writer) => writer.client.end().catch(() => undefined)));
  }
}

/** What a world is a function of. */
type Written = Pick<Marker, 'number' | 'today'> & { readonly scale: Scale };

async function copyWorld({ size, progress }: SeedOptions, { scale, number, today }: Written, writers: readonly DatabaseWriter[]): Promise<Heads> {
  const of = new Map(writers.map((writer) => [writer.database, writer]));
  const world = generateWorld(scale, number, today, size ?? sizes[scale]);
  for (;;) {
    const next = world.next();
    if (next.done) {
      await Promise.all(writers.map((writer) => writer.finish()));
      return next.value;
    }
    for (const placed of next.value.rows) of.get(placed.table.database)?.add(placed);
    for (const writer of writers) await writer.keepUp();
    progress?.(`demo data: ${next.value.step}`, next.value.share);
  }
}

/** Heads and checkpoints stand where the logs end: after a start there is nothing to be placed, passed on or handled. */
async function closeLogs({ client, database }: DatabaseWriter, heads: Heads, { scale, number, today }: Written, at: Date): Promise<void> {
  const service = services.find((s) => s.name === database);
  if (service) {
    await client.query('update outbox_head set position = $1', [heads[service.name]]);
    await client.query('update relay_checkpoint set position = $1', [heads[service.name]]);
    for (const source of service.consumes) await client.query('insert into inbox_checkpoint (source, position) values ($1, $2)', [source, heads[source]]);
  }
  await client.query(`
    create table demo_seed (
      only_row boolean not null default true,
      scale text not null,
      number integer not null,
      version integer not null,
      today date not null,
      seeded_at timestamptz(3) not null,
      constraint demo_seed_pkey primary key (only_row),
      constraint demo_seed_is_one_row check (only_row)
    )`);
  await client.query('insert into demo_seed (scale, number, version, today, seeded_at) values ($1, $2, $3, $4, $5)', [
    scale, number, worldVersion, today, at,
  ]);
}

async function assertEmpty({ client, database }: DatabaseWriter): Promise<void> {
  const names = [...new Set(allTables.filter((table) => table.database === database).map((table) => table.name))];
  const { rows } = await client.query<{ name: string }>(
    names.map((name) => `(select '${name}' as name from ${name} limit 1)`).join(' union all '),
  );
  const [found] = rows;
  if (!found) return;
  throw new SeedRefused(
    `The database ${database} holds records already (table ${found.name}), and they are not demo data. ` +
      'Start with HUB_SEED=none to keep them, or choose an empty folder with HUB_DATA_DIR (or empty databases) for the demo.',
  );
}

function assertSame(marker: Marker, { scale, number, today }: SeedOptions['seed']): void {
  const day = today ?? marker.today;
  if (marker.scale === scale && marker.number === number && marker.today === day) return;
  throw new SeedRefused(
    `The data folder holds the demo data of scale ${marker.scale} with seed number ${marker.number} as of ${marker.today}, not ${scale} with ${number} as of ${day}. ` +
      `Set HUB_SEED=${marker.scale} and HUB_SEED_NUMBER=${marker.number}, and leave out HUB_SEED_TODAY, to go on with it, or choose an empty folder with HUB_DATA_DIR.`,
  );
}

/** The mark of a database that has been seeded; none where the table is missing. */
async function readMarker(client: Client): Promise<Marker | null> {
  try {
    // A table of an earlier version has no day.
    const { rows } = await client.query<Omit<Marker, 'today'> & { readonly today: string | null }>(
      "select scale, number, version, to_jsonb(demo_seed) ->> 'today' as today from demo_seed");
    return rows[0] ? { ...rows[0], today: rows[0].today ?? formerToday } : null;
  } catch (cause) {
    if (cause instanceof DatabaseError && cause.code === '42P01') return null; // undefined_table
    throw cause;
  }
}

async function withClient<T>(connectionString: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString, application_name: 'casebridge-seed' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The bytes that the documents of the demo name, into the content store; equal bytes are kept once. */
async function storeDocuments(dataDir: string): Promise<void> {
  const store = new DiskFileStore(dataDir);
  for (const document of Object.values(demoDocuments)) {
    const { sha256 } = await store.put(Readable.from([document.bytes]), maxFileBytes);
    if (sha256 !== document.sha256) throw new Error('The content store names a document otherwise than the generator');
  }
}

