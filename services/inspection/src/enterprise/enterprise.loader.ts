import { hydrate, query, recordLoader, type RequestContext, type Sql, sql } from '@casebridge/platform';
import DataLoader from 'dataloader';
import { enterpriseRecords } from './enterprise.source';
import { KeyPersonEntity } from './key-person.entity';
import { LicenceEntity } from './licence.entity';

export const enterpriseLoader = (ctx: RequestContext) =>
  recordLoader(ctx, enterpriseRecords(ctx.reader), (codes) => sql`e.uscc = any(${codes}::text[])`, (e) => e.uscc);

/** What belongs to enterprises, a few rows each; the reader's right to it has been decided on the enterprise. */
const partsOfEnterprise = <T extends { uscc: string }>(ctx: RequestContext, entity: new () => T, statement: (codes: readonly string[]) => Sql) =>
  new DataLoader<string, T[]>(async (codes) => {
    const { manager } = ctx.deps.dataSource;
    const byCode = new Map(codes.map((code) => [code, [] as T[]]));
    for (const row of await query(manager, statement(codes))) {
      const part = hydrate(manager, entity, row);
      byCode.get(part.uscc)?.push(part);
    }
    return codes.map((code) => byCode.get(code) ?? []);
  });

export const licencesOfEnterprise = (ctx: RequestContext) => partsOfEnterprise(ctx, LicenceEntity, (codes) =>
  sql`select * from licence where uscc = any(${codes}::text[]) order by uscc, valid_from desc, id desc`);

export const keyPersonsOfEnterprise = (ctx: RequestContext) => partsOfEnterprise(ctx, KeyPersonEntity, (codes) =>
  sql`select * from key_person where uscc = any(${codes}::text[]) order by uscc, from_date desc, id desc`);
