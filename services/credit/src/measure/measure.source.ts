import type { JointMeasureKind, JointMeasureStatus } from '@casebridge/contracts';
import { agencyCode, creditCode } from '@casebridge/kernel';
import { and, column, list, type ListSource, or, raw, type Reader, type RecordFacts, type Sql, sql, visible } from '@casebridge/platform';
import { caseNotHidden, caseNotSealed, keptFromPublic } from '../case/case.source';
import { listedOn } from '../listing/listing.source';
import { JointMeasureEntity } from './measure.entity';

const col = (name: string): Sql => column('m', name);

/** As long as the entry that it rests on, unless it came to nothing. */
const shown: RecordFacts = { published: (today) => sql`(${col('status')} in ('ORDERED', 'EXECUTED') and ${listedOn(today)} and not ${keptFromPublic(col('case_id'), raw('l.decision_id'))})` };
const facts: RecordFacts = { ...shown, owner: col('agency_code'), executor: col('executor_code') };

const wordsOpen = (reader: Reader): Sql => and(visible(reader, 'jointMeasure.words', facts), caseNotHidden(reader, col('case_id')));

/** The same as `measureStatus`, asked of the table. */
const statusSql = (today: string): Sql => sql`case
  when ${listedOn(today)} then ${col('status')}
  when ${col('status')} = 'ORDERED' then 'ENDED' when ${col('status')} = 'EXECUTED' then 'DUE_FOR_LIFTING' else ${col('status')} end`;

/** What may be asked of measures; every field of it is open with the record, or finds nothing with those to whom it is not. */
export interface MeasureConditions {
  readonly status?: readonly JointMeasureStatus[] | null;
  readonly kinds?: readonly JointMeasureKind[] | null;
  readonly agency?: string | null;
  readonly executor?: string | null;
  readonly enterpriseUscc?: string | null;
  readonly overdueAt?: Date | null;
}

/** @throws BadUserInput for what cannot be the code asked for */
function measureFilter(reader: Reader, filter: MeasureConditions | null | undefined): Sql {
  if (!filter) return and();
  const { status, kinds, agency, executor, enterpriseUscc, overdueAt } = filter;
  return and(
    status == null ? null : sql`${statusSql(reader.today)} = any(${status}::text[])`,
    kinds == null ? null : sql`${col('kind')} = any(${kinds}::text[])`,
    agency == null ? null : sql`${col('agency_code')} = ${agencyCode(agency, 'filter.agency')}`,
    executor == null ? null : sql`${col('executor_code')} = ${agencyCode(executor, 'filter.executor')}`,
    enterpriseUscc == null ? null : sql`${col('uscc')} = ${creditCode(enterpriseUscc, 'filter.enterpriseUscc')}`,
    overdueAt == null ? null : sql`(${col('due_at')} <= ${overdueAt} and ${listedOn(reader.today)} and ${wordsOpen(reader)})`,
  );
}

export const measureRecords = (reader: Reader) => ({
  type: 'JointMeasure', id: 'id' as const, entity: JointMeasureEntity,
  columns: list([raw('m.*'), sql`${listedOn(reader.today)} as may_listed`, sql`${wordsOpen(reader)} as may_words`]),
  from: raw('joint_measure m join dishonesty_listing l on l.id = m.listing_id'),
  where: or(and(visible(reader, 'jointMeasure', shown), caseNotSealed(reader, col('case_id'))), wordsOpen(reader)),
});

export const measureList = (reader: Reader, filter?: MeasureConditions | null): ListSource<JointMeasureEntity> => {
  const records = measureRecords(reader);
  return {
    ...records, name: 'jointMeasures', where: and(records.where, measureFilter(reader, filter)),
    order: [
      { expression: col('ordered_at'), column: 'ordered_at', type: 'timestamptz' },
      { expression: col('id'), column: 'id', type: 'uuid' },
    ],
  };
};
