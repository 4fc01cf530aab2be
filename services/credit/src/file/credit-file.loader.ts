import type { CreditFileEntryKind } from '@casebridge/contracts';
import { and, byKey, type Connection, type ForwardPage, PagesLoader, query, type RequestContext, type Sql, sql, type Visible } from '@casebridge/platform';
import DataLoader from 'dataloader';
import type { CreditFileEntryEntity } from './credit-file-entry.entity';
import { creditFile, type CreditFileConditions } from './credit-file.source';

/** Whose file it is: an enterprise by its credit code, a person by the digest of the identity number. */
export interface FileOwner {
  readonly by: 'uscc' | 'person_id_digest';
  readonly key: string;
}

export interface KindCount {
  readonly kind: CreditFileEntryKind;
  readonly count: number;
}

const belongs: Readonly<Record<FileOwner['by'], Sql>> = { uscc: sql`e.uscc = p.parent`, person_id_digest: sql`e.person_id_digest = p.parent` };

/** Pages and counts of files; owners that ask with the same filter share one query. */
export class CreditFiles {
  private readonly pages = new Map<string, PagesLoader<CreditFileEntryEntity>>();
  private readonly counters = new Map<FileOwner['by'], DataLoader<string, KindCount[]>>();

  constructor(private readonly ctx: RequestContext) {}

  entries({ by, key }: FileOwner, page: ForwardPage, filter?: CreditFileConditions | null): Promise<Connection<Visible<CreditFileEntryEntity>>> {
    const name = JSON.stringify([by, filter ?? {}]);
    let loader = this.pages.get(name);
    if (!loader) this.pages.set(name, (loader = new PagesLoader(this.ctx, creditFile(this.ctx.reader, filter ?? {}), belongs[by])));
    return loader.load(key, page);
  }

  counts({ by, key }: FileOwner): Promise<KindCount[]> {
    let loader = this.counters.get(by);
    if (!loader) this.counters.set(by, (loader = new DataLoader((keys) => this.countAll(by, keys))));
    return loader.load(key);
  }

  private async countAll(by: FileOwner['by'], keys: readonly string[]): Promise<KindCount[][]> {
    const { from, where } = creditFile(this.ctx.reader);
    const rows = await query<{ parent: string; kind: CreditFileEntryKind; n: number }>(this.ctx.deps.dataSource.manager, byKey(sql`
      select p.parent, e.kind, count(*)::int as n from unnest(${keys}::text[]) as p(parent) join ${from} on ${belongs[by]} where ${and(where)}
      group by p.parent, e.kind order by p.parent, e.kind`));
    return keys.map((key) => rows.filter((row) => row.parent === key).map(({ kind, n }) => ({ kind, count: n })));
  }
}
