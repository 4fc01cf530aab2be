import { Client } from 'pg';
import { type LawfulRows, platformRows, platformViolations, type Row, type Violations } from './constraint-rows';
import { cloneDatabase, type TemplateOptions } from './template-database';

interface Constraint {
  readonly name: string;
  readonly table: string;
  /** p: primary key, u: unique (also a unique index that covers some rows only), c: check, f: reference. */
  readonly kind: 'p' | 'u' | 'c' | 'f';
}

/** Holds the constraints of a database against a table of rows that violate them, one by one. */
export class ConstraintProbe {
  private constructor(
    private readonly client: Client,
    private readonly rows: LawfulRows,
    private readonly constraints: readonly Constraint[],
    private readonly drop: () => Promise<void>,
  ) {}

  /**
   * @param rows - of the service's own tables; those that the platform gives to every service are known
   */
  static async open(options: TemplateOptions, rows: LawfulRows): Promise<ConstraintProbe> {
    const database = await cloneDatabase(options);
    const client = new Client({ connectionString: database.ownerUrl });
    await client.connect();
    const { rows: constraints } = await client.query<Constraint>(`
      select conname as name, conrelid::regclass::text as table, contype as kind from pg_constraint
      where connamespace = 'public'::regnamespace and contype in ('p', 'u', 'c', 'f') and conrelid <> 'migrations'::regclass
      union all
      select indexrelid::regclass::text, indrelid::regclass::text, 'u' from pg_index i join pg_class r on r.oid = i.indrelid
      where r.relnamespace = 'public'::regnamespace and indisunique and not exists (select from pg_constraint where conindid = indexrelid)
      order by 1`);
    const tables = new Set(constraints.map((c) => c.table));
    const given = Object.entries(platformRows).filter(([table]) => tables.has(table) && !(table in rows));
    return new ConstraintProbe(client, { ...Object.fromEntries(given), ...rows }, constraints, database.drop);
  }

  async close(): Promise<void> {
    await this.client.end();
    await this.drop();
  }

  /** Constraints without a row, rows without a constraint, tables without a lawful row. */
  unmatched(violations: Violations): readonly string[] {
    const all = this.all(violations);
    const known = new Map(this.constraints.map((c) => [c.name, c]));
    return [
      ...this.constraints.filter((c) => c.kind !== 'p' && !(c.name in all)).map((c) => `no row violates ${c.name}`),
      ...Object.keys(violations).filter((name) => !known.has(name)).map((name) => `no constraint is called ${name}`),
      ...[...new Set(this.constraints.map((c) => c.table))].filter((table) => !(table in this.rows)).map((table) => `no lawful row of ${table}`),
    ];
  }

  /** Each violation with what refused it; a lawful row, and a second one under the same key, among them. */
  async refusals(violations: Violations): Promise<readonly { readonly expected: string; readonly refusedBy: string; readonly change: Row }[]> {
    const all = this.all(violations);
    const found = [];
    for (const table of Object.keys(this.rows)) found.push({ expected: 'nothing', refusedBy: await this.refusedBy(table, [this.lawful(table)]), change: {} });
    for (const { name, table, kind } of this.constraints) {
      for (const change of kind === 'p' ? [{}] : [all[name] ?? []].flat() as readonly Row[]) {
        const violating = { ...this.lawful(table), ...change };
        const rows = kind === 'p' || kind === 'u' ? [this.lawful(table), violating] : [violating];
        found.push({ expected: name, refusedBy: await this.refusedBy(table, rows), change });
      }
    }
    return found;
  }

  private all(violations: Violations): Violations {
    const names = new Set(this.constraints.map((c) => c.name));
    return { ...Object.fromEntries(Object.entries(platformViolations).filter(([name]) => names.has(name))), ...violations };
  }

  private lawful(table: string): Row {
    const row = this.rows[table];
    if (!row) throw new Error(`no lawful row of ${table}`);
    return row;
  }

  /** What refuses the last of these rows, after the lawful rows of the tables before this one; nothing is kept. */
  private async refusedBy(table: string, rows: readonly Row[]): Promise<string> {
    const before = Object.entries(this.rows).slice(0, Object.keys(this.rows).indexOf(table));
    await this.client.query('begin');
    try {
      await this.client.query('set constraints all immediate');
      // Rows that the migrations made.
      for (const made of ['outbox_head', 'relay_checkpoint'].filter((t) => t in this.rows)) await this.client.query(`delete from ${made}`);
      for (const [parent, row] of before) await this.insert(parent, row);
      for (const row of rows.slice(0, -1)) await this.insert(table, row);
      const last = rows.at(-1) ?? {};
      return await this.insert(table, last).then(() => 'nothing', (refusal: { constraint?: string; message: string }) => refusal.constraint ?? refusal.message);
    } finally {
      await this.client.query('rollback');
    }
  }

  private async insert(table: string, row: Row): Promise<void> {
    const columns = Object.keys(row);
    await this.client.query(`insert into ${table} (${columns.join(', ')}) overriding system value values (${columns.map((_, i) => `$${i + 1}`).join(', ')})`, Object.values(row));
  }
}
