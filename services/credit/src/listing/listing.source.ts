import type { ListingGround, ListingStatus } from '@casebridge/contracts';
import { agencyCode, creditCode } from '@casebridge/kernel';
import {
  and, column, inRegion, linkedByCaseIds, list, type ListSource, or, raw, type Reader, type RecordFacts, regionCode, type Sql, sql, visible,
} from '@casebridge/platform';
import { caseNotHidden, caseNotSealed, keptFromPublic } from '../case/case.source';
import { repairedDecision } from '../repair/repair-stop.source';
import { DishonestyListingEntity } from './listing.entity';
import { publishedStatuses } from './listing.machine';

const col = (name: string): Sql => column('l', name);

const facts: RecordFacts = {
  owner: col('agency_code'),
  linked: linkedByCaseIds(sql`array[${col('case_id')}]`),
  // An entry is shown exactly as long as it is in force.
  published: () => sql`(${col('published_on')} is not null and not ${keptFromPublic(col('case_id'), col('decision_id'))})`,
};

/** The same as `isListedOn`, asked of the table `dishonesty_listing l`; what is repaired for a restructuring or stopped by de-registration is not used either. */
export const listedOn = (today: string): Sql =>
  sql`(not ${repairedDecision(col('decision_id'))} and ${col('status')} = any(${publishedStatuses}::text[]) and ${col('published_on')} <= ${today}::date and (${col('for_life')} or ${col('ends_on')} >= ${today}::date))`;

/** How it came to the entry, and what was not followed by one: notice, statements, reasons, applications. */
const procedureOpen = (reader: Reader): Sql => and(visible(reader, 'punishment.other', facts), caseNotHidden(reader, col('case_id')));

/** What a reader is shown as the state: to whom the procedure is closed, an entry is on the list, and nothing more is told. */
const statusSql = (reader: Reader): Sql => sql`case
  when not ${procedureOpen(reader)} then 'PUBLISHED'
  when ${col('status')} = any(${publishedStatuses}::text[]) and not ${col('for_life')} and ${col('ends_on')} < ${reader.today}::date then 'EXPIRED'
  else ${col('status')} end`;

/** What may be asked of listings; every field of it is open with the record, or finds nothing with those to whom it is not. */
export interface ListingConditions {
  readonly status?: readonly ListingStatus[] | null;
  readonly grounds?: readonly ListingGround[] | null;
  readonly agency?: string | null;
  readonly region?: string | null;
  readonly enterpriseUscc?: string | null;
  readonly overdueAt?: Date | null;
}

/** @throws BadUserInput for what cannot be the code asked for */
function listingFilter(reader: Reader, filter: ListingConditions | null | undefined): Sql {
  if (!filter) return and();
  const { status, grounds, agency, region, enterpriseUscc, overdueAt } = filter;
  return and(
    status == null ? null : sql`${statusSql(reader)} = any(${status}::text[])`,
    grounds == null ? null : sql`${col('grounds')} && ${grounds}::text[]`,
    agency == null ? null : sql`${col('agency_code')} = ${agencyCode(agency, 'filter.agency')}`,
    region == null ? null : inRegion(col('region_code'), regionCode(region, 'filter.region')),
    enterpriseUscc == null ? null : sql`${col('uscc')} = ${creditCode(enterpriseUscc, 'filter.enterpriseUscc')}`,
    overdueAt == null ? null : sql`(${col('due_at')} <= ${overdueAt} and ${procedureOpen(reader)})`,
  );
}

const open = (reader: Reader): Sql =>
  or(
    and(listedOn(reader.today), visible(reader, 'punishment.inForce', facts), caseNotSealed(reader, col('case_id'))),
    procedureOpen(reader),
  );

export const listingRecords = (reader: Reader) => ({
  type: 'DishonestyListing', id: 'id' as const, entity: DishonestyListingEntity,
  columns: list([raw('l.*'), sql`${procedureOpen(reader)} as may_procedure`, sql`${listedOn(reader.today)} as may_listed`]), from: raw('dishonesty_listing l'), where: open(reader),
});

export const listingList = (reader: Reader, filter?: ListingConditions | null): ListSource<DishonestyListingEntity> => {
  const records = listingRecords(reader);
  return {
    ...records, name: 'dishonestyListings', where: and(records.where, listingFilter(reader, filter)),
    order: [
      { expression: col('created_at'), column: 'created_at', type: 'timestamptz' },
      { expression: col('id'), column: 'id', type: 'uuid' },
    ],
  };
};
