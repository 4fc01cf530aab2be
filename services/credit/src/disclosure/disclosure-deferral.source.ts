import type { DisclosureDeferralStatus } from '@casebridge/contracts';
import { agencyCode } from '@casebridge/kernel';
import { and, column, type ListSource, raw, type Reader, type RecordFacts, type Sql, sql, visible } from '@casebridge/platform';
import { caseNotHidden } from '../case/case.source';
import { DisclosureDeferralEntity } from './disclosure-deferral.entity';

const col = (name: string): Sql => column('f', name);
const facts: RecordFacts = { owner: col('agency_code') };

export interface DeferralConditions {
  readonly status?: readonly DisclosureDeferralStatus[] | null;
  readonly agency?: string | null;
  readonly reviewOverdue?: boolean | null;
}

/** @throws BadUserInput for what cannot be the code asked for */
function deferralFilter(reader: Reader, filter: DeferralConditions | null | undefined): Sql {
  if (!filter) return and();
  const { status, agency, reviewOverdue } = filter;
  return and(
    status == null ? null : sql`${col('status')} = any(${status}::text[])`,
    agency == null ? null : sql`${col('agency_code')} = ${agencyCode(agency, 'filter.agency')}`,
    reviewOverdue ? sql`(${col('status')} = 'RUNNING' and ${col('review_on')} < ${reader.today}::date)` : null,
  );
}

/** Open to the agency whose case it is and to those above it. */
export const deferralRecords = (reader: Reader) => ({
  type: 'DisclosureDeferral', id: 'id' as const, entity: DisclosureDeferralEntity, columns: raw('f.*'), from: raw('disclosure_deferral f'),
  where: and(visible(reader, 'disclosure.procedure', facts), caseNotHidden(reader, col('case_id'))),
});

export const deferralList = (reader: Reader, filter: DeferralConditions | null): ListSource<DisclosureDeferralEntity> => {
  const records = deferralRecords(reader);
  return {
    ...records, name: 'disclosureDeferrals', where: and(records.where, deferralFilter(reader, filter)),
    order: [
      { expression: col('ordered_at'), column: 'ordered_at', type: 'timestamptz' },
      { expression: col('id'), column: 'id', type: 'uuid' },
    ],
  };
};
