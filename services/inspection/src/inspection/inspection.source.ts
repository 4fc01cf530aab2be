import type { InspectionKind, InspectionStatus, OverallConclusion } from '@casebridge/contracts';
import { creditCode } from '@casebridge/kernel';
import {
  and, column, inRegion, linkedByCaseIds, type ListSource, or, raw, type Reader, type RecordFacts, regionCode, type Sql, sql, visible,
} from '@casebridge/platform';
import { InspectionEntity } from './inspection.entity';

const concluded = raw(`i.status = 'CONCLUDED'`);
const open = raw(`i.status <> 'CONCLUDED'`);

const inspectionFacts: RecordFacts = {
  owner: column('i', 'agency_code'),
  parts: column('i', 'part_codes'),
  region: column('i', 'region_code'),
  localFrom: concluded,
  // Most inspections led to no case: those are told without a look at the projection.
  linked: (reader) => and(raw(`i.case_ids <> '{}'`), linkedByCaseIds(column('i', 'case_ids'))(reader)),
  published: (today) => sql`(i.published_on <= ${today}::date and (i.publication_ends_on is null or i.publication_ends_on >= ${today}::date))`,
  medical: column('i', 'medical_institution'),
};

/** An inspection is another element of the rights table once it is concluded. */
const inspectionVisible = (reader: Reader): Sql =>
  or(
    and(concluded, visible(reader, 'inspection.concluded', inspectionFacts)),
    and(open, visible(reader, 'inspection.open', inspectionFacts)),
  );

export const inspectionRecords = (reader: Reader) => ({
  type: 'Inspection', id: 'id' as const, entity: InspectionEntity, columns: raw('i.*'), from: raw('inspection i'), where: inspectionVisible(reader),
});

export interface InspectionCriteria {
  readonly uscc?: string | null;
  readonly regionCode?: string | null;
  readonly kind?: InspectionKind | null;
  readonly status?: InspectionStatus | null;
  readonly conclusion?: OverallConclusion | null;
  /** First and last day; of the inspection, or planned for it. */
  readonly from?: string | null;
  readonly to?: string | null;
}

/** Whoever sees an inspection sees every field that it can be chosen by. */
export function inspectionList(reader: Reader, criteria: InspectionCriteria = {}): ListSource<InspectionEntity> {
  const { uscc, regionCode: region, kind, status, conclusion, from, to } = criteria;
  const records = inspectionRecords(reader);
  return {
    ...records,
    name: 'inspections',
    where: and(
      records.where,
      uscc == null ? null : sql`i.uscc = ${creditCode(uscc, 'filter.uscc')}`,
      region == null ? null : inRegion(raw('i.region_code'), regionCode(region, 'filter.regionCode')),
      kind == null ? null : sql`i.kind = ${kind}`,
      status == null ? null : sql`i.status = ${status}`,
      conclusion == null ? null : sql`i.conclusion = ${conclusion}`,
      from == null ? null : sql`i.scheduled_on >= ${from}::date`,
      to == null ? null : sql`i.scheduled_on <= ${to}::date`,
    ),
    order: [
      { expression: raw('i.scheduled_on'), column: 'scheduled_on', type: 'date' },
      { expression: raw('i.id'), column: 'id', type: 'uuid' },
    ],
  };
}
