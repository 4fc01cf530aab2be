import { always, type ListSource, raw, regionCode, sql } from '@casebridge/platform';
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
