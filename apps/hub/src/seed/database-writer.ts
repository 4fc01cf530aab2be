import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { type ServiceDefinition } from '@casebridge/platform';
import { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { DataSource } from 'typeorm';
import type { DatabaseName } from '../config';
import { copyLine } from './copy-text';
import { allTables, type Column, type PlacedRow, type Table } from './world/tables';

/** How much text waits for a database, in characters, before it is sent. */
const batchSize = 4 * 1024 * 1024;

/** The columns of an entity's table that are written, with what COPY needs to know of each. */
export async function entityColumns(ownerUrl: string, service: ServiceDefinition): Promise<ReadonlyMap<object, readonly Column[]>> {
  const dataSource = new DataSource({ type: 'postgres', url: ownerUrl, entities: [...service.entities] as never[], poolSize: 1 });
  await dataSource.initialize();
  try {
    return new Map(dataSource.entityMetadatas.map((metadata) => [
      metadata.target as object,
      metadata.columns.filter((c) => c.isInsert).map((c): Column => ({
        name: c.databaseName, property: c.propertyName, type: c.isArray ? 'array' : c.type === 'jsonb' ? 'json' : 'plain',
      })),
    ]));
  } finally {
    await dataSource.destroy();
  }
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/**
 * Writes the rows of one database by COPY, in one transaction: either all of the world is there, or nothing.
 *
 * Rows are gathered and sent in batches, table by table in the order of `allTables`, while the next rows are being made.
 */
export class DatabaseWriter {
  private readonly tables: readonly { readonly table: Table; readonly columns: readonly Column[]; text: string[] }[];
  private readonly byTable = new Map<Table, { readonly columns: readonly Column[]; text: string[] }>();
  private waiting = 0;
  private sending: Promise<void> = Promise.resolve();
  private failure: unknown;

  private constructor(readonly database: DatabaseName, readonly client: Client, columnsOf: ReadonlyMap<object, readonly Column[]>) {
    this.tables = allTables.filter((table) => table.database === database).map((table) => {
      const columns = table.columns ?? columnsOf.get(table.entity!);
      if (!columns) throw new Error(`Nothing is known of the columns of ${table.name}`);
      return { table, columns, text: [] };
    });
    for (const entry of this.tables) this.byTable.set(entry.table, entry);
  }

  static async open(database: DatabaseName, ownerUrl: string, columnsOf: ReadonlyMap<object, readonly Column[]>): Promise<DatabaseWriter> {
    const client = new Client({ connectionString: ownerUrl, application_name: 'casebridge-seed' });
    client.on('error', () => undefined); // told by the statement that meets it
    await client.connect();
    return new DatabaseWriter(database, client, columnsOf);
  }

  add({ table, row }: PlacedRow): void {
    const entry = this.byTable.get(table);
    if (!entry) throw new Error(`${table.name} is no table of ${this.database}`);
    const line = copyLine(entry.columns, row);
    entry.text.push(line);
    this.waiting += line.length;
  }

  /** Sends what has been gathered once there is enough of it; waits only while the last batch is still under way. */
  async keepUp(): Promise<void> {
    if (this.waiting < batchSize) return;
    await this.settled();
    this.send();
  }

  /** Sends the rest. */
  async finish(): Promise<void> {
    await this.settled();
    this.send();
    await this.settled();
  }

  private send(): void {
    const batch = this.tables.filter(({ text }) => text.length > 0).map((entry) => {
      const { table, columns, text } = entry;
      entry.text = [];
      return { table, columns, text };
    });
    this.waiting = 0;
    this.sending = this.copy(batch).catch((cause: unknown) => {
      this.failure = cause;
    });
  }

  private async settled(): Promise<void> {
    await this.sending;
    if (this.failure !== undefined) throw this.failure;
  }

  private async copy(batch: readonly { readonly table: Table; readonly columns: readonly Column[]; readonly text: readonly string[] }[]): Promise<void> {
    for (const { table, columns, text } of batch) {
      const stream = this.client.query(copyFrom(`copy ${quoted(table.name)} (${columns.map((c) => quoted(c.name)).join(', ')}) from stdin`));
      const done = finished(stream);
      done.catch(() => undefined);
      for (let i = 0; i < text.length && !stream.destroyed; i += 512) {
        if (!stream.write(text.slice(i, i + 512).join(''))) await Promise.race([once(stream, 'drain'), done]);
      }
      stream.end();
      await done;
    }
  }
}
