import type { RepairKind, RepairStatus } from '@casebridge/contracts';
import { agencyCode, creditCode } from '@casebridge/kernel';
import { and, column, linkedByCaseIds, list, type ListSource, or, raw, type Reader, type RecordFacts, type Sql, sql, visible } from '@casebridge/platform';
import { caseNotHidden, caseNotSealed, keptFromPublic } from '../case/case.source';
import { CreditRepairEntity } from './repair.entity';

const col = (name: string): Sql => column('cr', name);

/** That it was revoked for fraud; whoever decided reads no more of it by this. */
const revocation: RecordFacts = { published: (today) => sql`(${col('revocation_ends_on')} >= ${today}::date and not ${keptFromPublic(col('case_id'), col('decision_id'))})` };
const facts: RecordFacts = {
  owner: col('agency_code'),
  // The registering province has its part from the day on which it is told.
  parts: sql`case when ${col('notified_on')} is not null then array[${col('registry_code')}] end`,
  linked: linkedByCaseIds(sql`array[${col('case_id')}]`),
};

/** The application and what became of it. */
const procedureOpen = (reader: Reader): Sql => and(visible(reader, 'repair', facts), caseNotHidden(reader, col('case_id')));

/** What may be asked of repairs; every field of it is open with the record, or finds nothing with those to whom it is not. */
export interface RepairConditions {
  readonly status?: readonly RepairStatus[] | null;
  readonly kinds?: readonly RepairKind[] | null;
  readonly agency?: string | null;
  readonly enterpriseUscc?: string | null;
  readonly overdueAt?: Date | null;
}

/** @throws BadUserInput for what cannot be the code asked for */
function repairFilter(reader: Reader, filter: RepairConditions | null | undefined): Sql {
  if (!filter) return and();
  const { status, kinds, agency, enterpriseUscc, overdueAt } = filter;
  return and(
    status == null ? null : sql`${col('status')} = any(${status}::text[])`,
    kinds == null ? null : sql`(${col('kind')} = any(${kinds}::text[]) and ${procedureOpen(reader)})`,
    agency == null ? null : sql`${col('agency_code')} = ${agencyCode(agency, 'filter.agency')}`,
    enterpriseUscc == null ? null : sql`${col('uscc')} = ${creditCode(enterpriseUscc, 'filter.enterpriseUscc')}`,
    overdueAt == null ? null : sql`(${col('due_at')} <= ${overdueAt} and ${procedureOpen(reader)})`,
  );
}

export const repairRecords = (reader: Reader) => ({
  type: 'CreditRepair', id: 'id' as const, entity: CreditRepairEntity,
  columns: list([raw('cr.*'), sql`${procedureOpen(reader)} as may_procedure`]), from: raw('credit_repair cr'),
  where: or(and(visible(reader, 'repair.revocation', revocation), caseNotSealed(reader, col('case_id'))), procedureOpen(reader)),
});

export const repairList = (reader: Reader, filter?: RepairConditions | null): ListSource<CreditRepairEntity> => {
  const records = repairRecords(reader);
  return {
    ...records, name: 'creditRepairs', where: and(records.where, repairFilter(reader, filter)),
    order: [
      { expression: col('created_at'), column: 'created_at', type: 'timestamptz' },
      { expression: col('id'), column: 'id', type: 'uuid' },
    ],
  };
};
