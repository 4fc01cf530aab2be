import { agencyCode, containsPattern } from '@casebridge/kernel';
import { always, and, type ListSource, never, raw, type Reader, regionCode, searchInput, type Sql, sql } from '@casebridge/platform';
import { AgencyEntity } from './agency.entity';
import type { AgencyFilter } from './agency.input';

/**
 * The registry is open to whoever asks; fields beyond code and name are for agencies (see the resolver), and so are the conditions on them: to the
 * public nothing answers to what it may not read. Competence is what an agency lists: it is not inherited by the regions below.
 *
 * @throws BadUserInput for what cannot be the code of a region or an agency, and for text as `searchInput`
 */
export const agencyList = (reader: Reader, filter: AgencyFilter = {}): ListSource<AgencyEntity> => ({
  name: 'agencies', type: 'Agency', id: 'code', entity: AgencyEntity, columns: raw('a.*'), from: raw('agency a'),
  where: and(
    filter.function == null ? always : forAgencies(reader, sql`a.functions @> array[${filter.function}::text]`),
    filter.region == null ? always : forAgencies(reader, sql`a.regions @> array[${regionCode(filter.region, 'filter.region')}::text]`),
    filter.superior == null ? always : forAgencies(reader, sql`a.superior_code = ${agencyCode(filter.superior, 'filter.superior')}`),
    filter.text == null ? always : sql`a.search_text like ${containsPattern(searchInput(filter.text, 'filter.text'))}`,
  ),
  order: [
    { expression: raw('a.registered_at'), column: 'registered_at', type: 'timestamptz' },
    { expression: raw('a.code'), column: 'code', type: 'text' },
  ],
});

const forAgencies = (reader: Reader, condition: Sql): Sql => (reader.principal.kind === 'public' ? never : condition);
