import type { PunishmentKind, PunishmentStatus } from '@casebridge/contracts';
import { agencyCode, BadUserInput, cleanLine, creditCode } from '@casebridge/kernel';
import { and, column, linkedByCaseIds, list, type ListSource, or, raw, type Reader, type RecordFacts, type Sql, sql, visible } from '@casebridge/platform';
import { caseNotHidden, caseNotSealed, keptFromPublic } from '../case/case.source';
import { repairedDecision } from '../repair/repair-stop.source';
import { CreditPunishmentEntity } from './credit-punishment.entity';

const col = (name: string): Sql => column('cp', name);

const facts: RecordFacts = {
  owner: col('agency_code'),
  linked: linkedByCaseIds(sql`array[${col('case_id')}]`),
  // Asked of the public alone: to agencies a ban in force is open whatever its window.
  published: (today) => sql`((${col('publication_ends_on')} is null or ${col('publication_ends_on')} >= ${today}::date)
    and not ${keptFromPublic(col('case_id'), col('decision_id'))})`,
};

/** Not used since the decision behind it is repaired; what binds a person goes on (O107 art. 20). */
const repaired: Sql = sql`(${col('party_kind')} = 'ENTITY' and ${col('decision_id')} is not null and ${repairedDecision(col('decision_id'))})`;

/** Published, begun, not ended, neither lifted nor revoked. */
const inForce = (today: string): Sql =>
  sql`(${col('published_on')} <= ${today}::date and ${col('starts_on')} <= ${today}::date
    and (${col('for_life')} or ${col('ends_on')} >= ${today}::date) and ${col('lifted_at')} is null and ${col('revoked_at')} is null and not ${repaired})`;

/** The same as `punishmentStatus`, asked of the table. */
const statusSql = (today: string): Sql => sql`case
  when ${col('revoked_at')} is not null then 'REVOKED'
  when ${col('lifted_at')} is not null or ${repaired} then 'REPAIRED'
  when ${col('published_on')} is null or ${col('published_on')} > ${today}::date or ${col('starts_on')} > ${today}::date then 'PENDING'
  when not ${col('for_life')} and ${col('ends_on')} < ${today}::date then 'EXPIRED'
  else 'IN_FORCE' end`;

/** What may be asked of punishments; every field of it is open with the record. */
export interface PunishmentConditions {
  readonly kinds?: readonly PunishmentKind[] | null;
  readonly status?: readonly PunishmentStatus[] | null;
  readonly agency?: string | null;
  readonly enterpriseUscc?: string | null;
  readonly personName?: string | null;
}

const MAX_TEXT = 100;

/** @throws BadUserInput for a name that is too long, and for what cannot be the code asked for */
function punishmentFilter(reader: Reader, filter: PunishmentConditions | null | undefined): Sql {
  if (!filter) return and();
  const { kinds, status, agency, enterpriseUscc, personName } = filter;
  return and(
    kinds == null ? null : sql`${col('kind')} = any(${kinds}::text[])`,
    status == null ? null : sql`${statusSql(reader.today)} = any(${status}::text[])`,
    agency == null ? null : sql`${col('agency_code')} = ${agencyCode(agency, 'filter.agency')}`,
    enterpriseUscc == null ? null : sql`${col('uscc')} = ${creditCode(enterpriseUscc, 'filter.enterpriseUscc')}`,
    personName == null ? null : sql`(${col('party_kind')} = 'PERSON' and ${col('party_name')} = ${cleanLine(short(personName, 'personName'))})`,
  );
}

export const punishmentList = (reader: Reader, filter: PunishmentConditions | null | undefined): ListSource<CreditPunishmentEntity> => ({
  name: 'creditPunishments',
  type: 'CreditPunishment',
  id: 'id',
  entity: CreditPunishmentEntity,
  columns: list([raw('cp.*'), sql`${repaired} as may_repaired`]),
  from: raw('credit_punishment cp'),
  where: and(
    or(
      and(inForce(reader.today), visible(reader, 'punishment.inForce', facts), caseNotSealed(reader, col('case_id'))),
      and(visible(reader, 'punishment.other', facts), caseNotHidden(reader, col('case_id'))),
    ),
    punishmentFilter(reader, filter),
  ),
  order: [
    { expression: col('listed_on'), column: 'listed_on', type: 'date' },
    { expression: col('id'), column: 'id', type: 'uuid' },
  ],
});

function short(value: string, field: string): string {
  if (value.length > MAX_TEXT) throw new BadUserInput(`filter.${field}`, `at most ${MAX_TEXT} characters`);
  return value;
}
