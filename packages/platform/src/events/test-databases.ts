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
  stop(): Promise<void>;
}

export async function startTestDatabases(): Promise<TestDatabases> {
  const dataDir = await mkdtemp(join(tmpdir(), 'casebridge-events-'));
  const postgres = await startPostgres({ dataDir, durability: 'throwaway' });
  const opened: DataSource[] = [];
  const admin = await openDatabase({ url: postgres.superuserUrl('postgres'), applicationName: 'test-admin', poolSize: 1 });
  opened.push(admin);
  const create = async (migrations: readonly MigrationClass[]): Promise<TestDatabase> => {
    const name = `events_${opened.length}`;
    await admin.query(`create database ${name}`);
    const url = postgres.superuserUrl(name);
    const dataSource = await openDatabase({ url, applicationName: 'test', poolSize: 16, migrations });
    opened.push(dataSource);
    await dataSource.runMigrations();
    return { dataSource, url };
  };
  return {
    service: () => create([CreateEventTables1790000000000]),
    bus: () => create(busMigrations),
    async stop() {
      for (const dataSource of opened) await dataSource.destroy();
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

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

/** Cuts every connection whose application name is the one given; returns how many. */
export async function cutConnections(dataSource: DataSource, applicationName: string): Promise<number> {
  const rows = await query(dataSource.manager, sql`
    select pg_terminate_backend(pid) from pg_stat_activity where application_name = ${applicationName} and pid <> pg_backend_pid()`);
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
