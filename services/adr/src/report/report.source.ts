import type { ReportKind, Seriousness } from '@casebridge/contracts';
import { BadUserInput, creditCode, recordId } from '@casebridge/kernel';
import {
  always, and, column, inRegion, linkedByCaseIds, type ListSource, raw, type Reader, type RecordFacts, regionCode as asRegionCode, type Sql, sql, visible,
} from '@casebridge/platform';
import { AdverseReactionReportEntity } from './report.entity';

export const reportFacts = (r: string): RecordFacts => ({
  owner: column(r, 'agency_code'),
  coOwners: column(r, 'co_owner_codes'),
  region: column(r, 'region_code'),
  event: sql`${column(r, 'kind')} in ('AEFI', 'GROUP_EVENT')`,
  // Few of a million reports are behind a case: the first condition lets their partial index answer.
  linked: (reader) => and(sql`${column(r, 'case_ids')} <> '{}'`, linkedByCaseIds(column(r, 'case_ids'))(reader)),
});

export const reportRecords = (reader: Reader) => ({
  type: 'AdverseReactionReport',
  id: 'id' as const,
  entity: AdverseReactionReportEntity,
  columns: raw('r.*'),
  from: raw('adverse_reaction_report r'),
  where: visible(reader, 'report', reportFacts('r')),
});

/** @param name - of the list, to which its cursors are bound */
export const reportList = (reader: Reader, name: string, filter: Sql = always): ListSource<AdverseReactionReportEntity> => {
  const records = reportRecords(reader);
  return {
    ...records, name, where: and(records.where, filter),
    order: [
      { expression: raw('r.received_on'), column: 'received_on', type: 'date' },
      { expression: raw('r.id'), column: 'id', type: 'uuid' },
    ],
  };
};

export interface ReportFilter {
  readonly kind?: readonly ReportKind[] | null;
  readonly seriousness?: readonly Seriousness[] | null;
  readonly productId?: string | null;
  readonly enterpriseUscc?: string | null;
  readonly regionCode?: string | null;
  readonly receivedFrom?: string | null;
  readonly receivedTo?: string | null;
}

/** @throws BadUserInput when the period runs backwards, and for what cannot be the code or id asked for */
export function reportFilter(filter: ReportFilter): Sql {
  const { kind, seriousness, productId, enterpriseUscc, regionCode, receivedFrom, receivedTo } = filter;
  if (receivedFrom != null && receivedTo != null && receivedTo < receivedFrom) throw new BadUserInput('filter.receivedTo', 'must not be before receivedFrom');
  return and(
    kind && sql`r.kind = any(${kind}::text[])`,
    seriousness && sql`r.seriousness = any(${seriousness}::text[])`,
    productId == null ? null : sql`r.product_id = ${recordId(productId, 'filter.productId')}::uuid`,
    enterpriseUscc == null ? null : sql`r.enterprise_uscc = ${creditCode(enterpriseUscc, 'filter.enterpriseUscc')}`,
    regionCode == null ? null : inRegion(raw('r.region_code'), asRegionCode(regionCode, 'filter.regionCode')),
    receivedFrom == null ? null : sql`r.received_on >= ${receivedFrom}::date`,
    receivedTo == null ? null : sql`r.received_on <= ${receivedTo}::date`,
  );
}
