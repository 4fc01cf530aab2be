import { regionChanged, regionKind, type RegionKind } from '@casebridge/contracts';
import { BadUserInput } from '@casebridge/kernel';
import { isRegionCode, query, sql, type Tx } from '@casebridge/platform';

/** A region as the register of divisions has it. */
export interface RegionDraft {
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  readonly kind: RegionKind;
  readonly parentCode: string | null;
}

/**
 * Writes regions, new or changed, and tells of those that changed, so that every service knows where they lie. The others stay as they are.
 *
 * @returns the codes of those that are new or were changed
 * @throws BadUserInput when a code cannot be one, a kind is none, a code comes twice, or the tree would run in a circle
 */
export async function importRegions(tx: Tx, regions: readonly RegionDraft[]): Promise<string[]> {
  const seen = new Set<string>();
  for (const [i, { code, kind }] of regions.entries()) {
    if (!isRegionCode(code)) throw new BadUserInput(`regions.${i}.code`, 'must be the code of a region');
    if (!regionKind.is(kind)) throw new BadUserInput(`regions.${i}.kind`, 'must be a kind of region');
    if (seen.has(code)) throw new BadUserInput(`regions.${i}.code`, 'comes twice');
    seen.add(code);
  }
  // One statement: a region and the one that it lies in may come in any order. What did not change is not written and not told.
  const changed = await query<RegionDraft>(tx.em, sql`
    insert into region (code, name, name_en, kind, parent_code)
    select code, name, "nameEn", kind, "parentCode"
    from jsonb_to_recordset(${JSON.stringify(regions)}::jsonb) as r(code text, name text, "nameEn" text, kind text, "parentCode" text)
    on conflict (code) do update set name = excluded.name, name_en = excluded.name_en, kind = excluded.kind, parent_code = excluded.parent_code
    where (region.name, region.name_en, region.kind, region.parent_code)
      is distinct from (excluded.name, excluded.name_en, excluded.kind, excluded.parent_code)
    returning code, name, name_en as "nameEn", kind, parent_code as "parentCode"`);
  const [circle] = await query<{ code: string }>(tx.em, sql`
    with recursive above(start, code) as (
      select code, parent_code from region where parent_code is not null
      union select above.start, r.parent_code from above join region r on r.code = above.code where r.parent_code is not null
    ) select code from above where start = code limit 1`);
  if (circle) throw new BadUserInput('regions', `${circle.code} would lie in itself`);
  for (const region of changed) await tx.emit({ type: regionChanged.type, subject: `region:${region.code}`, data: region });
  return changed.map((region) => region.code);
}
