import { query, type RequestContext, sql } from '@casebridge/platform';
import DataLoader from 'dataloader';
import type { AgencyView } from './agency.type';

/**
 * Agencies by code. The directory in memory answers what it knows, which spares every case, referral and timeline its query; an agency
 * registered a moment ago, which has not come round by its event yet, is read from the table.
 */
export const agencyLoader = (ctx: RequestContext) =>
  new DataLoader<string, AgencyView | null>(async (codes) => {
    const known = new Map<string, AgencyView>();
    for (const code of codes) {
      const agency = ctx.deps.directory.agency(code);
      if (agency) known.set(code, { ...agency, superiorCode: agency.superior });
    }
    const unknown = codes.filter((code) => !known.has(code));
    if (unknown.length > 0) {
      const rows = await query<AgencyView>(ctx.deps.dataSource.manager, sql`
        select code, name, name_en as "nameEn", functions, regions, superior_code as "superiorCode", status, version
        from agency where code = any(${unknown}::text[])`);
      for (const row of rows) known.set(row.code, row);
    }
    return codes.map((code) => known.get(code) ?? null);
  });

/** Versions as the table has them. */
export const agencyVersionLoader = (ctx: RequestContext) =>
  new DataLoader<string, number | null>(async (codes) => {
    const rows = await query<{ code: string; version: number }>(ctx.deps.dataSource.manager, sql`
      select code, version from agency where code = any(${codes}::text[])`);
    const versions = new Map(rows.map((r) => [r.code, r.version]));
    return codes.map((code) => versions.get(code) ?? null);
  });
