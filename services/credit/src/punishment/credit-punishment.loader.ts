import { type Connection, type ForwardPage, PagesLoader, type RequestContext, type Sql, sql, type Visible } from '@casebridge/platform';
import type { CreditPunishmentEntity } from './credit-punishment.entity';
import { type PunishmentConditions, punishmentList } from './credit-punishment.source';

/** Pages of punishments under many parents; parents that ask with the same filter share one query. */
class PunishmentsOf {
  private readonly byFilter = new Map<string, PagesLoader<CreditPunishmentEntity>>();

  constructor(
    private readonly ctx: RequestContext,
    private readonly belongs: Sql,
  ) {}

  load(parent: string, page: ForwardPage, filter?: PunishmentConditions | null): Promise<Connection<Visible<CreditPunishmentEntity>>> {
    const key = JSON.stringify(filter ?? {});
    let loader = this.byFilter.get(key);
    if (!loader) {
      loader = new PagesLoader(this.ctx, punishmentList(this.ctx.reader, filter), this.belongs);
      this.byFilter.set(key, loader);
    }
    return loader.load(parent, page);
  }
}

export const punishmentsOfEnterprise = (ctx: RequestContext) => new PunishmentsOf(ctx, sql`cp.uscc = p.parent`);

export const punishmentsOfCase = (ctx: RequestContext) => new PunishmentsOf(ctx, sql`cp.case_id = p.parent::uuid`);
