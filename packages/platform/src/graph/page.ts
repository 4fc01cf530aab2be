import { BadUserInput } from '@casebridge/kernel';
import type { EntityTarget, ObjectLiteral } from 'typeorm';
import { and, byKey, hydrate, list, query, raw, type Sql, sql } from '../sql';
import type { BothWaysPage, Connection, ForwardPage } from './connection';
import { PageTooLarge } from './errors';
import type { RequestContext } from './request-context';

const MAX_PAGE = 100;
const DEFAULT_PAGE = 20;

/** One column of a list's order; every order ends with a unique column, newest first. */
export interface OrderColumn {
  readonly expression: Sql;
  /** Name of the column in the row that carries the value for the cursor. */
  readonly column: string;
  readonly type: 'timestamptz' | 'date' | 'uuid' | 'text' | 'bigint' | 'integer';
}

/** A record with what of it is open to the reader (`may_…` columns). */
export type Visible<T> = T & { readonly may: Readonly<Record<string, boolean>> };

/** A list as SQL: everything that a page of it needs. */
export interface ListSource<T extends ObjectLiteral> {
  /** Name in cursors. */
  readonly name: string;
  /** Name of the type in the access log, and the property that identifies a record. */
  readonly type: string;
  readonly id: keyof T & string;
  readonly entity: EntityTarget<T>;
  /** `c.*` and the `may_…` columns. */
  readonly columns: Sql;
  readonly from: Sql;
  readonly where: Sql;
  readonly order: readonly OrderColumn[];
}

/** A row as a visible record, noted in the access log's collection. */
export function toVisible<T extends ObjectLiteral>(
  ctx: RequestContext,
  source: Pick<ListSource<T>, 'entity' | 'type' | 'id'>,
  row: Record<string, unknown>,
): Visible<T> {
  const record = hydrate(ctx.deps.dataSource.manager, source.entity, row);
  const may: Record<string, boolean> = {};
  for (const key of Object.keys(row)) if (key.startsWith('may_')) may[key.slice(4)] = row[key] === true;
  ctx.reads.add(source.type, [String(record[source.id])]);
  return Object.assign(record, { may });
}

function size(value: number, field: string): number {
  if (value < 0) throw new BadUserInput(field, 'must not be negative');
  if (value > MAX_PAGE) throw new PageTooLarge(`${field}: at most ${MAX_PAGE}`, { field });
  return value;
}

interface Window {
  readonly size: number;
  readonly backward: boolean;
  readonly cursor: { readonly text: string; readonly field: string } | null;
}

function windowOf(page: BothWaysPage | ForwardPage): Window {
  const { first, after } = page;
  const { last = null, before = null } = page as BothWaysPage;
  if (last != null || before != null) {
    // What says how many, `first` or `last`, says which way; the other way's argument is the one too many.
    const [way, stray] = first != null ? ['first', last != null ? 'last' : 'before'] : after == null ? [] : last != null ? ['last', 'after'] : ['after', 'before'];
    if (stray !== undefined) throw new BadUserInput(stray, `cannot be combined with ${way}`);
    return { size: size(last ?? DEFAULT_PAGE, 'last'), backward: true, cursor: before == null ? null : { text: before, field: 'before' } };
  }
  return { size: size(first ?? DEFAULT_PAGE, 'first'), backward: false, cursor: after == null ? null : { text: after, field: 'after' } };
}

/** A cursor is of its list and of the agency, or the public, that it was given to: one that was passed on is refused. */
const boundTo = <T extends ObjectLiteral>({ principal }: RequestContext, { name }: ListSource<T>): string =>
  principal.kind === 'agency' ? `${name} ${principal.agency.code}` : name;

function beyond<T extends ObjectLiteral>(ctx: RequestContext, source: ListSource<T>, window: Window): Sql | null {
  if (!window.cursor) return null;
  const values = ctx.deps.cursors.decode(boundTo(ctx, source), window.cursor.text, window.cursor.field);
  const left = list(source.order.map((o) => o.expression));
  const right = list(source.order.map((o, i) => sql`${values[i] ?? null}::${raw(o.type)}`));
  return window.backward ? sql`(${left}) > (${right})` : sql`(${left}) < (${right})`;
}

const orderBy = (order: readonly OrderColumn[], backward: boolean): Sql =>
  list(order.map((o) => sql`${o.expression} ${raw(backward ? 'asc' : 'desc')}`));

function cursorOf<T extends ObjectLiteral>(ctx: RequestContext, source: ListSource<T>, row: Record<string, unknown>): string {
  const values = source.order.map((o) => {
    const value = row[o.column];
    return value instanceof Date ? value.toISOString() : (value as string | number | null);
  });
  return ctx.deps.cursors.encode(boundTo(ctx, source), values);
}

function toConnection<T extends ObjectLiteral>(
  ctx: RequestContext,
  source: ListSource<T>,
  window: Window,
  rows: Record<string, unknown>[],
  totalCount: () => Promise<number>,
): Connection<Visible<T>> {
  const more = rows.length > window.size;
  const kept = rows.slice(0, window.size);
  if (window.backward) kept.reverse();
  const nodes = kept.map((row) => toVisible(ctx, source, row));
  // Cursors are sealed one by one when they are read: nested lists are mostly asked for their nodes alone.
  const cursorAt = (i: number): string | null => {
    const row = kept[i];
    return row ? cursorOf(ctx, source, row) : null;
  };
  return {
    nodes,
    get edges() {
      return nodes.map((node, i) => ({
        node,
        get cursor() {
          return cursorAt(i) as string;
        },
      }));
    },
    pageInfo: {
      hasNextPage: window.backward ? window.cursor !== null : more,
      hasPreviousPage: window.backward ? more : window.cursor !== null,
      get startCursor() {
        return cursorAt(0);
      },
      get endCursor() {
        return cursorAt(kept.length - 1);
      },
    },
    totalCount,
  };
}

/** One page of a root list: one query, and one more where the total is selected. */
export async function pageOf<T extends ObjectLiteral>(
  ctx: RequestContext,
  source: ListSource<T>,
  page: BothWaysPage | ForwardPage,
): Promise<Connection<Visible<T>>> {
  const window = windowOf(page);
  const { manager } = ctx.deps.dataSource;
  const where = and(source.where, beyond(ctx, source, window));
  const rows = await query(manager, sql`
    select ${source.columns} from ${source.from} where ${where}
    order by ${orderBy(source.order, window.backward)} limit ${window.size + 1}`);
  return toConnection(ctx, source, window, rows, async () => {
    const [row] = await query<{ n: number }>(manager, sql`select count(*) as n from ${source.from} where ${source.where}`);
    return row?.n ?? 0;
  });
}

/**
 * The same page of a list under many parents: one query for all of them.
 *
 * @param belongs - condition on a row for the parent `p.parent` (text)
 * @returns one connection per parent, in the order given
 */
export async function pagesByParent<T extends ObjectLiteral>(
  ctx: RequestContext,
  source: ListSource<T>,
  parents: readonly string[],
  belongs: Sql,
  page: ForwardPage,
): Promise<Connection<Visible<T>>[]> {
  const window = windowOf(page);
  const { manager } = ctx.deps.dataSource;
  const where = and(belongs, source.where, beyond(ctx, source, window));
  const rows = await query<Record<string, unknown> & { parent_n: number }>(manager, byKey(sql`
    select p.n as parent_n, x.* from unnest(${parents}::text[]) with ordinality as p(parent, n)
    cross join lateral (
      select ${source.columns} from ${source.from} where ${where} order by ${orderBy(source.order, false)} limit ${window.size + 1}
    ) x order by p.n, ${raw(source.order.map((o) => `x.${o.column} desc`).join(', '))}`));
  const byParent = parents.map((): Record<string, unknown>[] => []);
  for (const row of rows) byParent[row.parent_n - 1]?.push(row);

  let totals: Promise<number[]> | undefined;
  const countAll = async (): Promise<number[]> => {
    const counted = await query<{ parent_n: number; n: number }>(manager, byKey(sql`
      select p.n as parent_n, (select count(*) from ${source.from} where ${and(belongs, source.where)}) as n
      from unnest(${parents}::text[]) with ordinality as p(parent, n)`));
    const byIndex = new Array<number>(parents.length).fill(0);
    for (const row of counted) byIndex[row.parent_n - 1] = row.n;
    return byIndex;
  };
  return byParent.map((own, i) =>
    toConnection(ctx, source, window, own, async () => {
      totals ??= countAll();
      return (await totals)[i] ?? 0;
    }),
  );
}
