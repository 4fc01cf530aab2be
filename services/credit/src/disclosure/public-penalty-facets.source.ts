import { addYears } from '@casebridge/kernel';
import { and, query, type Reader, type ServiceDeps, type Sql, sql } from '@casebridge/platform';
import { publicPenalties } from './disclosure-record.source';
import type { PublicPenaltyCount, PublicPenaltyFacets } from './public-penalty-facets.type';

type Facet = Exclude<keyof PublicPenaltyFacets, 'total'>;

/** The most frequent values that one facet tells. */
const most = 50;

/** Counts of what the public list shows under the same conditions: one question, so that list and counts cannot disagree. */
export async function publicPenaltyFacets({ dataSource }: ServiceDeps, reader: Reader, filter: Sql): Promise<PublicPenaltyFacets> {
  const rows = await query<{ facet: Facet | 'total'; value: string; count: number }>(dataSource.manager, sql`
    with shown as materialized (
      select d.penalty_kinds, d.violation_type, d.region_code, d.authority_code, d.decided_on, d.published_on from disclosure_record d
      where ${and(publicPenalties(reader).where, filter)})
    select 'total' as facet, '' as value, count(*)::int as count from shown
    union all select 'penaltyKinds', kind, count(*)::int from shown, unnest(penalty_kinds) as kind group by kind
    union all select 'violationTypes', violation_type, count(*)::int from shown group by violation_type
    union all select 'regions', region_code, count(*)::int from shown group by region_code
    union all select 'authorities', authority_code, count(*)::int from shown group by authority_code
    union all select 'years', to_char(decided_on, 'YYYY'), count(*)::int from shown group by 2
    union all select 'months', to_char(published_on, 'YYYY-MM'), count(*)::int from shown where published_on > ${addYears(reader.today, -5)}::date group by 2`);
  const of = (facet: Facet): PublicPenaltyCount[] => rows.filter((row) => row.facet === facet).map(({ count, value }) => ({ value, count }));
  const frequent = (facet: Facet): PublicPenaltyCount[] => of(facet).sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)).slice(0, most);
  const inOrder = (facet: Facet): PublicPenaltyCount[] => of(facet).sort((a, b) => (a.value < b.value ? -1 : 1));
  return {
    total: rows.find((row) => row.facet === 'total')?.count ?? 0, penaltyKinds: frequent('penaltyKinds'), violationTypes: frequent('violationTypes'), regions: frequent('regions'),
    authorities: frequent('authorities'), years: inOrder('years').reverse(), months: inOrder('months'),
  };
}
