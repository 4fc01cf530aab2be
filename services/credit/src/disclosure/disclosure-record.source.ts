import { and, column, linkedByCaseIds, type ListSource, or, raw, type Reader, type RecordFacts, type Sql, sql, visible } from '@casebridge/platform';
import { caseNotHidden, caseNotSealed } from '../case/case.source';
import { DisclosureRecordEntity } from './disclosure-record.entity';

const col = (name: string): Sql => column('d', name);

const facts: RecordFacts = {
  owner: col('authority_code'),
  linked: linkedByCaseIds(sql`array[${col('case_id')}]`),
  // Asked at every reading: on the day after the last one the record is gone, whatever any job did.
  published: (today) => sql`(${col('published_on')} <= ${today}::date and ${col('withdrawn_at')} is null
    and (${col('disclosure_ends_on')} is null or ${col('disclosure_ends_on')} >= ${today}::date))`,
};

/** What an agency sees is more than what the public sees; the public lists show everybody the latter. */
const asPublic = (reader: Reader): Reader => ({
  ...reader, columns: ['PUBLIC'], self: null, officerId: null, below: [], partyCodes: [], regions: [], scopes: [],
});

const records = {
  type: 'DisclosureRecord', id: 'id' as const, entity: DisclosureRecordEntity, columns: raw('d.*'), from: raw('disclosure_record d'),
};

/** What is published today and not sealed, the same for every reader. */
const published = (reader: Reader): Sql => {
  const everybody = asPublic(reader);
  return and(visible(everybody, 'disclosure', facts), caseNotSealed(everybody, col('case_id')));
};

const order = [
  { expression: col('published_on'), column: 'published_on', type: 'date' as const },
  { expression: col('id'), column: 'id', type: 'uuid' as const },
];

export const publicPenalties = (reader: Reader) => ({ ...records, where: published(reader) });

export const publicPenaltyList = (reader: Reader, filter: Sql): ListSource<DisclosureRecordEntity> => ({
  ...records, where: and(published(reader), filter), name: 'publicPenalties', order,
});

/** What this reader may see: what is published and, for the authority, those above it and parties of the case, what is no longer. */
export const disclosureList = (reader: Reader): ListSource<DisclosureRecordEntity> => ({
  ...records,
  where: or(published(reader), and(visible(reader, 'disclosure', facts), caseNotHidden(reader, col('case_id')))),
  name: 'disclosureRecords',
  order,
});
