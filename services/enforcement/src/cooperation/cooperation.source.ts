import { agencyCode, recordId } from '@casebridge/kernel';
import { always, and, caseFacts, caseHidden, type ListSource, or, raw, type Reader, type RecordFacts, type RequestContext, type Sql, sql, visible } from '@casebridge/platform';
import { CooperationEntity } from './cooperation.entity';
import type { CooperationFilter } from './cooperation.input';

/** Both ends own it. What is about a case is sealed with it, and closed to whoever is excluded from it. */
const facts: RecordFacts = {
  owner: raw('w.agency_code'), coOwners: raw('w.asked_codes'), hidden: (reader) => sql`coalesce(${caseHidden('c')(reader)}, false)`,
};

/** What passes between regulators and procuratorates alone. */
const ofPublicInterest = raw(`(w.kind in ('SUGGESTION', 'PUBLIC_INTEREST_CLUE'))`);

/** What is open to the reader: what lists, counts, references and acts work on. */
export const cooperationRecords = (reader: Reader) => ({
  type: 'Cooperation', id: 'id' as const, entity: CooperationEntity, columns: raw('w.*'),
  from: raw('cooperation w left join admin_case c on c.case_id = w.case_id'),
  where: or(
    and(sql`not ${ofPublicInterest}`, visible(reader, 'cooperation', facts)), and(ofPublicInterest, visible(reader, 'publicInterest', facts)),
  ),
});

export const cooperationList = (reader: Reader, filter: Sql = always): ListSource<CooperationEntity> => {
  const records = cooperationRecords(reader);
  return {
    ...records, name: 'cooperations', where: and(records.where, filter),
    order: [
      { expression: raw('w.requested_at'), column: 'requested_at', type: 'timestamptz' },
      { expression: raw('w.id'), column: 'id', type: 'uuid' },
    ],
  };
};

/** Whether these bytes came with something that is open to the reader. */
export const documentOpen = (reader: Reader, fileId: string): Sql => {
  const { from, where } = cooperationRecords(reader);
  return sql`select 1 as open from cooperation_document d join (${from}) on w.id = d.cooperation_id where ${and(sql`d.file_id = ${fileId}`, where)} limit 1`;
};

/**
 * A filter as SQL over `w`.
 *
 * @throws BadUserInput for what cannot be the code or id asked for
 */
export function cooperationFilterSql({ deps, reader }: RequestContext, { kind, status, askedBy, asked, caseId, overdue }: CooperationFilter): Sql {
  const now = deps.clock.now();
  return and(
    kind == null ? always : sql`w.kind = any(${kind}::text[])`,
    status == null ? always : sql`w.status = any(${status}::text[])`,
    askedBy == null ? always : sql`w.agency_code = ${agencyCode(askedBy, 'filter.askedBy')}`,
    asked == null ? always : sql`w.asked_codes @> array[${agencyCode(asked, 'filter.asked')}::text]`,
    // Whoever may not know the case is not told by a filter what it is about.
    caseId == null ? always : and(sql`w.case_id = ${recordId(caseId, 'filter.caseId')}`, visible(reader, 'case.head', caseFacts('c'))),
    overdue == null ? always : overdue ? sql`w.due_at <= ${now}` : sql`(w.due_at is null or w.due_at > ${now})`,
  );
}
