import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import type { Sql } from './sql';

/** Runs composed SQL on whatever connection the manager holds, the transaction's included. */
export async function query<Row extends object = Record<string, unknown>>(em: EntityManager, statement: Sql): Promise<Row[]> {
  const { text, values } = statement.compile();
  return em.query<Row[]>(text, values);
}

type ColumnMap = readonly (readonly [property: string, column: string])[];
const columnMaps = new WeakMap<object, ColumnMap>();

function columnsOf<T extends ObjectLiteral>(em: EntityManager, entity: EntityTarget<T>): ColumnMap {
  const metadata = em.connection.getMetadata(entity);
  const known = columnMaps.get(metadata);
  if (known) return known;
  const map = metadata.columns.map((c) => [c.propertyName, c.databaseName] as const);
  columnMaps.set(metadata, map);
  return map;
}

/** A raw row as an entity-shaped object; columns that the entity does not know (such as `may_…`) are left to the caller. */
export function hydrate<T extends ObjectLiteral>(em: EntityManager, entity: EntityTarget<T>, row: Record<string, unknown>): T {
  const result: Record<string, unknown> = {};
  for (const [property, column] of columnsOf(em, entity)) if (column in row) result[property] = row[column];
  return result as T;
}
