import { never, or, type Sql, sql } from '../sql';
import type { Reader } from './reader';
import { column, type RecordFacts, visible } from './record-filter';

/**
 * The rows that say who takes part in a case, whether it is sealed and who is excluded stand in enforcement's own `admin_case` and, as a
 * projection fed by events, in `case_access` of the other services, under the same column names.
 */
export const caseAccessColumns = [
  'case_id', 'agency_code', 'region_code', 'enterprise_uscc', 'respondent_kind', 'filed_at', 'served_on', 'parts', 'sealed_until',
  'seal_officers', 'seal_parties', 'excluded',
] as const;

/** True for a row that is sealed, and not open to this reader as a named officer of the owner or a named party. */
export const caseSealed = (alias: string) => (reader: Reader): Sql => {
  const col = (name: string): Sql => column(alias, name);
  const named =
    reader.self === null || reader.officerId === null
      ? never
      : or(
          sql`(${col('agency_code')} = ${reader.self}::text and ${col('seal_officers')} @> array[${reader.officerId}::text])`,
          sql`${col('seal_parties')} @> array[${reader.self}::text]`,
        );
  return sql`(${col('sealed_until')} is not null and ${col('sealed_until')} >= ${reader.today}::date and not ${named})`;
};

/** True for a row from which this officer is excluded (回避), whatever his agency may see. */
const caseExcluded = (alias: string) => (reader: Reader): Sql =>
  reader.self === null ? never : sql`${column(alias, 'excluded')} @> array[${`${reader.self}/${reader.officerId}`}::text]`;

export const caseHidden = (alias: string) => (reader: Reader): Sql => or(caseSealed(alias)(reader), caseExcluded(alias)(reader));

/** The facts of a case row, for the elements `case.*` and `referral`. */
export const caseFacts = (alias: string): RecordFacts => ({
  owner: column(alias, 'agency_code'),
  parts: column(alias, 'parts'),
  region: column(alias, 'region_code'),
  localFrom: sql`${column(alias, 'served_on')} is not null`,
  medical: sql`(${column(alias, 'respondent_kind')} = 'MEDICAL_INSTITUTION' and ${column(alias, 'served_on')} is not null)`,
  hidden: caseHidden(alias),
});

/** True when the case named by `caseId` may be shown: what a reference to another service's case must pass. No row, no case. */
export const caseVisible = (reader: Reader, caseId: Sql): Sql =>
  sql`exists (select 1 from case_access ca where ca.case_id = ${caseId} and ${visible(reader, 'case.head', caseFacts('ca'))})`;

/** `linked`: one of the record's cases is visible to the reader and gives it a running part. */
export const linkedByCaseIds = (caseIds: Sql) => (reader: Reader): Sql =>
  reader.partyCodes.length === 0
    ? never
    : sql`exists (select 1 from case_access ca where ca.case_id = any(${caseIds}) and ca.parts && ${reader.partyCodes}::text[] and not ${caseHidden('ca')(reader)})`;

/** `linked` for an enterprise: a case against it. */
export const linkedByEnterprise = (uscc: Sql) => (reader: Reader): Sql =>
  reader.partyCodes.length === 0
    ? never
    : sql`exists (select 1 from case_access ca where ca.enterprise_uscc = ${uscc} and ca.parts && ${reader.partyCodes}::text[] and not ${caseHidden('ca')(reader)})`;

/** True when the case behind a derived record (disclosure, ban) is sealed from the reader; an exclusion does not reach that far. */
export const derivedFromSealed = (caseId: Sql) => (reader: Reader): Sql =>
  sql`exists (select 1 from case_access ca where ca.case_id = ${caseId} and ${caseSealed('ca')(reader)})`;
