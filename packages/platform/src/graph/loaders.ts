import DataLoader from 'dataloader';
import type { ObjectLiteral } from 'typeorm';
import { and, byKey, query, type Sql, sql } from '../sql';
import type { Connection, ForwardPage } from './connection';
import { type ListSource, pagesByParent, toVisible, type Visible } from './page';
import type { RequestContext } from './request-context';

/**
 * Records by key, one query for all keys that one tick asks for; unseen and absent look alike (null).
 *
 * @param match - condition that picks the rows of the keys, e.g. `c.id = any($keys::uuid[])`
 * @param keyOf - the key of a record as it was asked for
 */
export const recordLoader = <T extends ObjectLiteral>(
  ctx: RequestContext,
  source: Omit<ListSource<T>, 'name' | 'order'>,
  match: (keys: readonly string[]) => Sql,
  keyOf: (record: T) => string,
): DataLoader<string, Visible<T> | null> =>
  new DataLoader(async (keys) => {
    const rows = await query(ctx.deps.dataSource.manager, byKey(sql`
      select ${source.columns} from ${source.from} where ${and(match(keys), source.where)}`));
    const records = new Map(rows.map((row) => {
      const record = toVisible(ctx, source, row);
      return [keyOf(record), record] as const;
    }));
    return keys.map((key) => records.get(key) ?? null);
  });

/** Pages of a nested list; parents that ask for the same page share one query. */
export class PagesLoader<T extends ObjectLiteral> {
  private readonly byPage = new Map<string, DataLoader<string, Connection<Visible<T>>>>();

  constructor(
    private readonly ctx: RequestContext,
    private readonly source: ListSource<T>,
    /** Condition on a row for the parent `p.parent` (text). */
    private readonly belongs: Sql,
  ) {}

  load(parent: string, page: ForwardPage): Promise<Connection<Visible<T>>> {
    const key = JSON.stringify([page.first, page.after ?? null]);
    let loader = this.byPage.get(key);
    if (!loader) {
      loader = new DataLoader((parents: readonly string[]) => pagesByParent(this.ctx, this.source, parents, this.belongs, page));
      this.byPage.set(key, loader);
    }
    return loader.load(parent);
  }
}
