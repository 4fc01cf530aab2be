import { byKey, query, raw, type Sql, sql } from '@casebridge/platform';
import type { EntityManager } from 'typeorm';
import type { DisclosureRecordEntity } from '../disclosure/disclosure-record.entity';
import { publishedStatuses } from '../listing/listing.machine';
import type { Restriction } from '../listing/listing.rule';

/** The longest restriction that each of the decisions laid on anybody: as a punishment that lasts, or as the listing keeps it. */
export async function restrictionsOf(em: EntityManager, decisionIds: readonly string[]): Promise<Restriction[]> {
  const rows = await query<{ decision_id: string; ends_on: string | null; for_life: boolean }>(em, byKey(sql`
    select decision_id, max(ends_on)::text as ends_on, bool_or(for_life) as for_life from (
      select decision_id, ends_on, for_life from credit_punishment
      where decision_id = any(${decisionIds}::uuid[]) and kind in ('INDUSTRY_BAN', 'BUSINESS_RESTRICTION') and revoked_at is null
      union all
      select decision_id, restriction_ends_on, restriction_for_life from dishonesty_listing where decision_id = any(${decisionIds}::uuid[])
    ) r group by decision_id`));
  const found = new Map(rows.map((row) => [row.decision_id, row]));
  return decisionIds.map((id) => ({ restrictionEndsOn: found.get(id)?.ends_on ?? null, restrictionForLife: found.get(id)?.for_life ?? false }));
}

/** Whose penalty it is that is to be repaired. */
type Party = Pick<DisclosureRecordEntity, 'decisionId' | 'partyUscc' | 'partyKind' | 'partyName'>;

/** The digest of the identity number of a person in a decision; null where none is held, or namesakes have more than one. */
const digestIn = (decisionId: Sql, partyName: Sql): Sql => sql`(
  select min(who.person_id_digest) from credit_penalty who
  where who.decision_id = ${decisionId} and who.party_kind = 'PERSON' and who.party_name = ${partyName} having count(distinct who.person_id_digest) = 1)`;

/** Whether a row of table \`t\` is of the party: of an enterprise by its code, of a person by the identity number. A name alone bars nobody. */
const sameParty = ({ decisionId, partyUscc, partyKind, partyName }: Party): Sql => {
  if (partyUscc !== null) return sql`(t.party_kind = 'ENTITY' and t.uscc = ${partyUscc})`;
  if (partyKind === 'ENTITY') return sql`(t.party_kind = 'ENTITY' and t.party_name = ${partyName})`;
  return sql`(t.party_kind = 'PERSON' and ${digestIn(raw('t.decision_id'), raw('t.party_name'))} = ${digestIn(sql`${decisionId}::uuid`, sql`${partyName}`)})`;
};

/** Until when no application of a party is accepted, on a day. */
export async function barredUntil(em: EntityManager, party: Party, day: string): Promise<string | null> {
  const [row] = await query<{ last: string | null }>(em, sql`
    select max(t.revocation_ends_on)::text as last from credit_repair t where t.revocation_ends_on >= ${day}::date and ${sameParty(party)}`);
  return row?.last ?? null;
}

/** Whether a repair of this very record was revoked: what began anew does not stop early. */
export async function wasRevoked(em: EntityManager, disclosureId: string): Promise<boolean> {
  const rows = await query(em, sql`select 1 as found from credit_repair where disclosure_id = ${disclosureId} and status = 'REVOKED' limit 1`);
  return rows.length > 0;
}

/** Whether the party had another penalty for the same kind of act after this decision. */
export async function hasSameActAgain(em: EntityManager, record: DisclosureRecordEntity): Promise<boolean> {
  const rows = await query(em, sql`
    select 1 as found from credit_penalty t
    where t.decision_id <> ${record.decisionId} and t.violation_type = ${record.violationType} and t.decided_on > ${record.decidedOn}::date
      and t.overturned_on is null and ${sameParty(record)} limit 1`);
  return rows.length > 0;
}

/** Whether a listing that came of the decision is on the published list. */
export async function isStillListed(em: EntityManager, decisionId: string, today: string): Promise<boolean> {
  const rows = await query(em, sql`
    select 1 as found from dishonesty_listing
    where decision_id = ${decisionId} and status = any(${publishedStatuses}::text[]) and (for_life or ends_on >= ${today}::date) limit 1`);
  return rows.length > 0;
}
