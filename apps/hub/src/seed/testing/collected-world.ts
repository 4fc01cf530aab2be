import { createHash } from 'node:crypto';
import type { DatabaseName } from '../../config';
import type { Scale } from '../scales';
import type { Size } from '../world/sizes';
import { sizes } from '../world/sizes';
import { accessTables, busTable, type LoggedEvent, outboxTables, type Table, tables } from '../world/tables';
import { generateWorld, type Heads } from '../world/world';

/** A whole world in memory, for tests on small ones. */
export class CollectedWorld {
  private readonly byTable = new Map<Table, object[]>();
  readonly heads: Heads;

  constructor(scale: Scale, seed: number, size: Size = sizes[scale]) {
    const world = generateWorld(scale, seed, size);
    for (;;) {
      const next = world.next();
      if (next.done) {
        this.heads = next.value;
        return;
      }
      for (const { table, row } of next.value.rows) {
        const rows = this.byTable.get(table) ?? [];
        rows.push(row);
        this.byTable.set(table, rows);
      }
    }
  }

  all<Row extends object>(table: Table<Row>): readonly Row[] {
    return (this.byTable.get(table) ?? []) as Row[];
  }

  /** Everything that was made, table by table. */
  *everything(): Generator<readonly [table: Table, row: object]> {
    for (const [table, rows] of this.byTable) for (const row of rows) yield [table, row] as const;
  }
}

/** A number that two worlds share only if every row of both is the same, in the same order. */
export function fingerprint(scale: Scale, seed: number, size?: Size): string {
  const hash = createHash('sha256');
  for (const { rows } of generateWorld(scale, seed, size)) for (const { table, row } of rows) hash.update(`${table.database}.${table.name} ${JSON.stringify(row)}\n`);
  return hash.digest('hex');
}

export const eventsOf = (world: CollectedWorld, source: Exclude<DatabaseName, 'bus'>): readonly LoggedEvent[] => world.all(outboxTables[source]);

/** Rows by what they belong to. */
export function grouped<Row, Key>(rows: readonly Row[], keyOf: (row: Row) => Key): ReadonlyMap<Key, readonly Row[]> {
  const groups = new Map<Key, Row[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return groups;
}

export { accessTables, busTable, tables };
