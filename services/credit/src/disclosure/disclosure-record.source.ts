import type { DisclosureStatus } from '@casebridge/contracts';
import { agencyCode, isUuid } from '@casebridge/kernel';
import { and, column, linkedByCaseIds, list, type ListSource, never, or, raw, type Reader, type RecordFacts, type Sql, sql, visible } from '@casebridge/platform';
import { caseNotHidden, caseNotSealed, deferredCase } from '../case/case.source';
import { DisclosureRecordEntity } from './disclosure-record.entity';

const col = (name: string): Sql => column('d', name);

/** No act took it from display: asked at every reading, as its period is. */
const displayable = sql`(${col('status')} not in ('WITHDRAWN', 'WITHHELD') and ${col('stopped_at')} is null
  and not ${deferredCase(col('case_id'))})`;

const facts: RecordFacts = {
  owner: col('authority_code'),
  linked: linkedByCaseIds(sql`array[${col('case_id')}]`),
  // Asked at every reading: on the day after the last one the record is gone, whatever any job did.
  published: (today) => sql`(${col('published_on')} <= ${today}::date and ${displayable}
    and (${col('disclosure_ends_on')} is null or ${col('disclosure_ends_on')} >= ${today}::date))`,
};

/** What an agency may hand on as its own record: what it, or an agency below it, decided, and which nothing but the end of its period keeps from display. */
export const ownDisclosures = (reader: Reader): Sql =>
  and(visible(reader, 'disclosure', { owner: col('authority_code') }), caseNotHidden(reader, col('case_id')), displayable);

/** What an agency sees is more than what the public sees; the public lists show everybody the latter. */
const asPublic = (reader: Reader): Reader => ({
  ...reader, columns: ['PUBLIC'], self: null, officerId: null, below: [], partyCodes: [], regions: [], scopes: [],
});

/** How it came to the publication, or not. */
const procedureOpen = (reader: Reader): Sql => and(visible(reader, 'disclosure.procedure', facts), caseNotHidden(reader, col('case_id')));

const records = (reader: Reader) => ({
  type: 'DisclosureRecord', id: 'id' as const, entity: DisclosureRecordEntity, from: raw('disclosure_record d'),
  columns: list([raw('d.*'), sql`${procedureOpen(reader)} as may_procedure`, sql`${deferredCase(col('case_id'))} as may_deferred`]),
});

/** What is published today and not sealed, the same for every reader. */
const published = (reader: Reader): Sql => {
  const everybody = asPublic(reader);
  return and(visible(everybody, 'disclosure', facts), caseNotSealed(everybody, col('case_id')));
};

const order = [
  { expression: col('published_on'), column: 'published_on', type: 'date' as const },
  { expression: col('id'), column: 'id', type: 'uuid' as const },
];

export const publicPenalties = (reader: Reader) => ({ ...records(reader), where: published(reader) });

export const publicPenaltyList = (reader: Reader, filter: Sql): ListSource<DisclosureRecordEntity> => ({
  ...records(reader), where: and(published(reader), filter), name: 'publicPenalties', order,
});

/** What this reader may see: what is published and, for the authority, those above it and parties of the case, what is no longer. */
const openTo = (reader: Reader): Sql => or(published(reader), and(visible(reader, 'disclosure', facts), caseNotHidden(reader, col('case_id'))));

export const disclosureList = (reader: Reader): ListSource<DisclosureRecordEntity> => ({
  ...records(reader),
  where: openTo(reader),
  name: 'disclosureRecords',
  order,
});

/** The same as `disclosureStatusOn`, asked of the table. */
const statusSql = (today: string): Sql => sql`case
  when ${col('status')} in ('WITHDRAWN', 'WITHHELD') then ${col('status')}
  when ${col('stopped_at')} is not null then 'STOPPED'
  when ${deferredCase(col('case_id'))} then 'DEFERRED'
  when ${col('disclosure_ends_on')} < ${today}::date then 'EXPIRED'
  when ${col('published_on')} > ${today}::date then 'DUE'
  else ${col('status')} end`;

/** What those who handle or supervise it may ask of the records; all of it is open with the procedure. */
export interface DisclosureConditions {
  readonly status?: readonly DisclosureStatus[] | null;
  readonly agency?: string | null;
  readonly caseId?: string | null;
  readonly decidedFrom?: string | null;
  readonly decidedTo?: string | null;
  readonly endsBy?: string | null;
  readonly reviewed?: boolean | null;
}

/** @throws BadUserInput for what cannot be the code asked for */
function procedureFilter(reader: Reader, filter: DisclosureConditions | null | undefined): Sql {
  if (!filter) return and();
  const { status, agency, caseId, decidedFrom, decidedTo, endsBy, reviewed } = filter;
  return and(
    status == null ? null : sql`${statusSql(reader.today)} = any(${status}::text[])`,
    agency == null ? null : sql`${col('authority_code')} = ${agencyCode(agency, 'filter.agency')}`,
    caseId == null ? null : isUuid(caseId) ? sql`${col('case_id')} = ${caseId}::uuid` : never,
    decidedFrom == null ? null : sql`${col('decided_on')} >= ${decidedFrom}::date`,
    decidedTo == null ? null : sql`${col('decided_on')} <= ${decidedTo}::date`,
    endsBy == null ? null : sql`${col('disclosure_ends_on')} <= ${endsBy}::date`,
    reviewed == null ? null : sql`(${col('review')} is not null) = ${reviewed}`,
  );
}

/** The records with all that was done about them, for those to whom that is open. */
export const disclosureProcedureList = (reader: Reader, filter: DisclosureConditions | null): ListSource<DisclosureRecordEntity> => ({
  ...records(reader), where: and(procedureOpen(reader), procedureFilter(reader, filter)), name: 'disclosures', order,
});

/** A record as an act finds it: open to the caller in whatever way. */
export const disclosureRecords = (reader: Reader) => ({ ...records(reader), where: openTo(reader) });
