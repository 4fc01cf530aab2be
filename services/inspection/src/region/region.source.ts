import { BadUserInput } from '@casebridge/kernel';
import { always, type ListSource, raw, type Sql, sql } from '@casebridge/platform';
import { RegionEntity } from './region.entity';

/** Regions are open to everybody. */
export const regionRecords = {
  type: 'Region', id: 'code' as const, entity: RegionEntity, columns: raw('r.*'), from: raw('region r'), where: always,
};

export const regionList = (parent: string | null): ListSource<RegionEntity> => ({
  ...regionRecords,
  name: 'regions',
  where: parent === null ? always : sql`r.parent_code = ${regionCode(parent, 'parent')}`,
  order: [{ expression: raw('r.code'), column: 'code', type: 'text' }],
});

const codePattern = /^[0-9A-Z][0-9A-Z-]{1,19}$/;

/** A code as a key: what cannot be one is asked of no table. */
export const isRegionCode = (code: string): boolean => codePattern.test(code);

/** @throws BadUserInput when the text cannot be a region code */
export function regionCode(code: string, field: string): string {
  if (!isRegionCode(code)) throw new BadUserInput(field, 'must be the code of a region');
  return code;
}

/** The condition that a row lies in a region or in one below it; the tree is read once per query. */
export const inRegion = (rowRegion: Sql, code: string): Sql => sql`${rowRegion} = any(array(
  with recursive inside(code) as (
    select ${code}::text union select below.code from region below join inside on below.parent_code = inside.code
  ) select code from inside))`;
