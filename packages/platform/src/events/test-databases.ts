import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventDraft } from '@casebridge/contracts';
import { systemClock } from '@casebridge/kernel';
import type { DataSource } from 'typeorm';
import { type MigrationClass, openDatabase } from '../database';
import { startPostgres } from '../embedded-postgres';
import { CreateEventTables1790000000000 } from '../migrations/1790000000000-create-event-tables';
import { query, sql } from '../sql';
import { busMigrations } from './bus-schema';
import type { EventLogger } from './loop';
import { emit } from './outbox';

export interface TestDatabase {
  readonly dataSource: DataSource;
  readonly url: string;
}

/** For the tests of this folder: a PostgreSQL of their own, with migrated databases as they need them. */
export interface TestDatabases {
  service(): Promise<TestDatabase>;
  bus(): Promise<TestDatabase>;
  /** Makes every database that was handed out as good as new; its connections stay. */
  clear(): Promise<void>;
  stop(): Promise<void>;
}

/** The cluster of the run where the run has one, else one of its own: so a single spec can be started by hand. */
async function findCluster(): Promise<{ url: string; stop(): Promise<void> }> {
  const url = process.env['CASEBRIDGE_TEST_CLUSTER'];
  if (url) return { url, stop: () => Promise.resolve() };
  const dataDir = await mkdtemp(join(tmpdir(), 'casebridge-events-'));
  const postgres = await startPostgres({ dataDir, durability: 'throwaway' });
  return {
    url: postgres.superuserUrl('postgres'),
    stop: async () => {
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export async function startTestDatabases(): Promise<TestDatabases> {
  const cluster = await findCluster();
  const admin = await openDatabase({ url: cluster.url, applicationName: 'test-admin', poolSize: 1 });
  const prefix = `events_${randomBytes(4).toString('hex')}`;
  const opened: DataSource[] = [];
  const open = async (name: string, migrations: readonly MigrationClass[]): Promise<TestDatabase> => {
    const url = Object.assign(new URL(cluster.url), { pathname: `/${name}` }).href;
    return { url, dataSource: await openDatabase({ url, applicationName: 'test', poolSize: 16, migrations }) };
  };
  const create = async (kind: string, migrations: readonly MigrationClass[]): Promise<TestDatabase> => {
    const name = `${prefix}_${kind}_${opened.length}`;
    await admin.query(`create database ${name}`);
    const database = await open(name, migrations);
    opened.push(database.dataSource);
    await database.dataSource.runMigrations();
    return database;
  };
  return {
    service: () => create('service', [CreateEventTables1790000000000]),
    bus: () => create('bus', busMigrations),
    async clear() {
      for (const dataSource of opened) await dataSource.query(clearing);
    },
    async stop() {
      for (const dataSource of opened) await dataSource.destroy();
      const mine = await query<{ datname: string }>(admin.manager, sql`select datname from pg_database where starts_with(datname, ${prefix})`);
      for (const { datname } of mine) await admin.query(`drop database ${datname} with (force)`);
      await admin.destroy();
      await cluster.stop();
    },
  };
}

/** All rows out, the two one-row tables back at the beginning, and nothing left of what a test made for itself. */
const clearing = `do $$
  declare name text;
  begin
    for name in select tablename from pg_tables where schemaname = 'public' and tablename <> 'migrations' loop
      execute case
        when name in ('heard', 'subject_version') then 'drop table ' || name
        when name in ('outbox_head', 'relay_checkpoint') then 'update ' || name || ' set position = 0'
        else 'truncate ' || name || ' restart identity cascade'
      end;
    end loop;
  end $$`;

/** Remembers what was said, so that a test can look for it. */
export function collectingLogger(): EventLogger & { readonly lines: { details: object; message: string }[] } {
  const lines: { details: object; message: string }[] = [];
  const say = (details: object, message: string): void => void lines.push({ details, message });
  return { lines, info: say, warn: say, error: say };
}

export const draft = (subject: string, data: object = {}, type = 'enforcement.tested.v1'): EventDraft => ({ type, subject, data });

/** Emits drafts, each in a transaction of its own, in order. */
export async function say(dataSource: DataSource, drafts: readonly EventDraft[]): Promise<string[]> {
  const ids: string[] = [];
  for (const d of drafts) ids.push(await dataSource.transaction((em) => emit(em, 'enforcement', d, systemClock.now())));
  return ids;
}

/** Cuts the connections of this name to all databases of the same spec file; returns how many. */
export async function cutConnections(dataSource: DataSource, applicationName: string): Promise<number> {
  const rows = await query(dataSource.manager, sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = ${applicationName} and pid <> pg_backend_pid()
      and split_part(datname, '_', 2) = split_part(current_database(), '_', 2)`);
  return rows.length;
}

/** Asks until it is so; the test's own timeout is the limit. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** Small deterministic random numbers in [0, 1), so that a failing interleaving can be run again. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
  };
}
