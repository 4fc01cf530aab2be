import { agencyCode, creditCode } from '@casebridge/kernel';
import {
  always, and, caseHidden, column, inRegionOf, type ListSource, mayColumns, onDays, or, raw, type Reader, type RecordFacts, regionCode, type RequestContext, type Sql,
  sql, visible,
} from '@casebridge/platform';
import { ClueEntity } from './clue.entity';
import type { ClueFilter } from './clue.input';

/** A clue that became a case is sealed with it, and closed to whoever is excluded from it. */
const hidden = (reader: Reader): Sql => sql`coalesce(${caseHidden('c')(reader)}, false)`;
const facts: RecordFacts = { owner: raw('q.agency_code'), parts: raw('q.parts'), hidden };
const elements = { person: 'clue.person', number: 'clue.complaintNo' } as const;

/** Clues that are open to the reader: what lists, counts, references and acts work on. */
export const clueRecords = (reader: Reader) => ({
  type: 'Clue', id: 'id' as const, entity: ClueEntity, columns: sql`q.*, ${mayColumns(reader, facts, elements)}`,
  from: raw('clue q left join admin_case c on c.case_id = q.case_id'), where: visible(reader, 'clue', facts),
});

export const clueList = (reader: Reader, filter: Sql = always): ListSource<ClueEntity> => {
  const records = clueRecords(reader);
  return {
    ...records, name: 'clues', where: and(records.where, filter),
    order: [
      { expression: raw('q.received_at'), column: 'received_at', type: 'timestamptz' },
      { expression: raw('q.id'), column: 'id', type: 'uuid' },
    ],
  };
};

/** Whether the number of the source is open: that of a complaint is not to whom the clue was transferred. */
const numberOpen = (reader: Reader, alias: string): Sql =>
  or(sql`${column(alias, 'source')} <> 'COMPLAINT'`, visible(reader, 'clue.complaintNo', { owner: column(alias, 'agency_code') }));

/**
 * A filter on clues as SQL over `q`; a condition on what is not open of a row is not met by it.
 *
 * @throws BadUserInput for what cannot be the code asked for
 */
export async function clueFilterSql({ deps, reader }: RequestContext, filter: ClueFilter): Promise<Sql> {
  const { status, source, sourceRef, agency, enterpriseUscc, batchNo, region, overdue, receivedFrom, receivedTo } = filter;
  const now = deps.clock.now();
  return and(
    status == null ? always : sql`q.status = any(${status}::text[])`,
    source == null ? always : sql`q.source = any(${source}::text[])`,
    sourceRef == null ? always : and(sql`q.source_ref = ${sourceRef}`, numberOpen(reader, 'q')),
    agency == null ? always : sql`q.agency_code = ${agencyCode(agency, 'filter.agency')}`,
    enterpriseUscc == null ? always : sql`q.enterprise_uscc = ${creditCode(enterpriseUscc, 'filter.enterpriseUscc')}`,
    batchNo == null ? always : sql`q.batch_no = ${batchNo}`,
    region == null ? always : await inRegionOf(deps.dataSource.manager, raw('q.region_code'), regionCode(region, 'filter.region')),
    // As the index of running clocks has it.
    overdue == null ? always : overdue ? sql`q.due_at <= ${now}` : sql`(q.due_at is null or q.due_at > ${now})`,
    onDays(raw('q.received_at'), receivedFrom, receivedTo),
  );
}

/** Whether `q` may be the same matter as the clue `p.parent`: the same enterprise, the same batch of a product, or the same number of a source. */
export const alikeSql = (reader: Reader): Sql => sql`q.status <> 'MERGED' and q.id = any(array(
  select d.id from clue o join clue d on d.id <> o.id and d.enterprise_uscc = o.enterprise_uscc where o.id = p.parent::uuid
  union select d.id from clue o join clue d on d.id <> o.id and d.batch_no = o.batch_no and d.product_kind is not distinct from o.product_kind where o.id = p.parent::uuid
  union select d.id from clue o join clue d on d.id <> o.id and d.source = o.source and d.source_ref = o.source_ref
    where o.id = p.parent::uuid and ${numberOpen(reader, 'o')} and ${numberOpen(reader, 'd')}))`;
