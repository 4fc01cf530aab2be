import 'reflect-metadata';
import { types } from 'pg';
import { DataSource, type EntityManager, type EntityTarget, type MigrationInterface, type ObjectLiteral } from 'typeorm';
import { PreparingClient, query, raw, sql } from './sql';

// Days stay days: node-postgres would turn them into instants of the machine's own zone. Counts and fen are JSON numbers up to 2^53-1.
types.setTypeParser(types.builtins.DATE, (text) => text);
types.setTypeParser(types.builtins.INT8, (text) => {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError('a bigint beyond 2^53-1 left the database');
  return value;
});

export type MigrationClass = new () => MigrationInterface;

export interface DatabaseOptions {
  readonly url: string;
  readonly entities?: readonly EntityTarget<ObjectLiteral>[];
  readonly applicationName: string;
  readonly poolSize?: number;
  /** Longest time for one statement; none for migrations and bulk loads. */
  readonly statementTimeoutMs?: number;
  readonly migrations?: readonly MigrationClass[];
}

/** A connected pool. Waiting for a free connection ends after 5 s instead of never (a transaction must use its own manager only). */
export async function openDatabase(options: DatabaseOptions): Promise<DataSource> {
  const dataSource = new DataSource({
    type: 'postgres',
    url: options.url,
    entities: [...(options.entities ?? [])] as never[],
    migrations: [...(options.migrations ?? [])],
    applicationName: options.applicationName,
    poolSize: options.poolSize ?? 10,
    connectTimeoutMS: 5_000,
    uuidExtension: 'pgcrypto',
    installExtensions: false,
    synchronize: false,
    extra: {
      Client: PreparingClient,
      // What a connection has prepared goes with it: it stays over a short silence.
      idleTimeoutMillis: 60_000,
      // What a client no longer waits for must not hold a connection either.
      ...(options.statementTimeoutMs === undefined
        ? {}
        : { statement_timeout: options.statementTimeoutMs, idle_in_transaction_session_timeout: 4 * options.statementTimeoutMs }),
    },
    poolErrorHandler: () => undefined,
  });
  return dataSource.initialize();
}

export interface MigrateOptions {
  /** URL of the role that owns the schema. */
  readonly ownerUrl: string;
  /** Role that the service runs as; gets rows but no schema. Equal to the owner where an installation has one role only. */
  readonly runtimeRole: string;
  readonly migrations: readonly MigrationClass[];
  /** Tables into which the runtime role may insert, and nothing else but read. */
  readonly appendOnly?: readonly string[];
}

const MIGRATION_LOCK = 0x6361_7365; // "case": one lock for every migrating process of a database

/** Brings a database up to date under an advisory lock; several processes may start at once. Returns the names of what ran. */
export async function migrate(options: MigrateOptions): Promise<string[]> {
  const dataSource = await openDatabase({
    url: options.ownerUrl, applicationName: 'casebridge-migrate', poolSize: 2, migrations: options.migrations,
  });
  const lock = dataSource.createQueryRunner();
  try {
    await lock.connect();
    await lock.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const ran = await dataSource.runMigrations({ transaction: 'each' });
    // Every time, all or nothing: a start that was cut short between two grants is mended by the next.
    await dataSource.transaction((em) => grantRuntimeRole(em, options));
    await lock.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    return ran.map((m) => m.name);
  } finally {
    await lock.release();
    await dataSource.destroy();
  }
}

async function grantRuntimeRole(em: EntityManager, options: MigrateOptions): Promise<void> {
  const [{ owner } = { owner: '' }] = await em.query<{ owner: string }[]>('select current_user::text as owner');
  if (owner === options.runtimeRole) return;
  const role = quoteIdentifier(options.runtimeRole);
  await query(em, sql`grant usage on schema public to ${raw(role)}`);
  await query(em, sql`grant select, insert, update, delete on all tables in schema public to ${raw(role)}`);
  await query(em, sql`grant usage, select on all sequences in schema public to ${raw(role)}`);
  await query(em, sql`revoke insert, update, delete on table migrations from ${raw(role)}`);
  for (const table of options.appendOnly ?? []) {
    await query(em, sql`revoke update, delete, truncate on table ${raw(quoteIdentifier(table))} from ${raw(role)}`);
  }
}

const quoteIdentifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Are all known migrations in? Asked by `/readyz`. */
export async function migrationsCurrent(dataSource: DataSource, migrations: readonly MigrationClass[]): Promise<boolean> {
  const rows = await dataSource.query<{ name: string }[]>('select name from migrations');
  const done = new Set(rows.map((r) => r.name));
  return migrations.every((m) => done.has(m.name));
}
