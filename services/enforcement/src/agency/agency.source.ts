import { containsPattern, searchText } from '@casebridge/kernel';
import { always, and, type ListSource, raw, regionCode, sql } from '@casebridge/platform';
import { AgencyEntity } from './agency.entity';
import type { AgencyFilter } from './agency.input';

/**
 * The registry is open to whoever asks; fields beyond code and name are for agencies (see the resolver). Competence is what an agency lists: it is
 * not inherited by the regions below.
 *
 * @throws BadUserInput for what cannot be the code of a region
 */
export const agencyList = (filter: AgencyFilter = {}): ListSource<AgencyEntity> => ({
  name: 'agencies', type: 'Agency', id: 'code', entity: AgencyEntity, columns: raw('a.*'), from: raw('agency a'),
  where: and(
    filter.function == null ? always : sql`a.functions @> array[${filter.function}::text]`,
    filter.region == null ? always : sql`a.regions @> array[${regionCode(filter.region, 'filter.region')}::text]`,
    filter.superior == null ? always : sql`a.superior_code = ${filter.superior}`,
    filter.text == null ? always : sql`a.search_text like ${containsPattern(searchText(filter.text))}`,
  ),
  order: [
    { expression: raw('a.registered_at'), column: 'registered_at', type: 'timestamptz' },
    { expression: raw('a.code'), column: 'code', type: 'text' },
  ],
});
