import { agencyChanged } from '@casebridge/contracts';
import { BadUserInput, searchText } from '@casebridge/kernel';
import { type Acting, query, sql, type Tx } from '@casebridge/platform';
import { AgencyEntity } from './agency.entity';
import type { AgencyDraft } from './agency.rule';

const REGISTRY_LOCK = 0x61_67_6e_63;

/** One change of the registry at a time: circles and issuers are questions about all of it. Held until the transaction ends. */
export async function lockRegistry({ em }: Pick<Tx, 'em'>): Promise<void> {
  await query(em, sql`select pg_advisory_xact_lock(${REGISTRY_LOCK}::int, 1)`);
}

export const draftOf = (row: AgencyEntity): AgencyDraft => ({
  code: row.code, name: row.name, nameEn: row.nameEn, functions: row.functions, regions: row.regions, superior: row.superiorCode, status: row.status,
  issuer: row.issuer, jwks: row.jwks, jwksUri: row.jwksUri, officers: row.officers,
});

/**
 * Officers whom an act names are of the agency, as far as the registry knows: of an agency that it has no officers of, any are taken, and who
 * acts is known by his token.
 *
 * @param fieldOf - path in the input of the one who is named there
 * @throws BadUserInput naming the first who is not
 */
export async function assertOfficersOf({ tx, who }: Pick<Acting, 'tx' | 'who'>, code: string, named: readonly string[], fieldOf: (at: number) => string): Promise<void> {
  const agency = await tx.em.findOne(AgencyEntity, { select: { code: true, officers: true }, where: { code } });
  const known = new Set(agency?.officers.map((o) => o.id));
  const stranger = named.findIndex((id) => !known.has(id) && !(id === who.officerId && code === who.agency.code));
  if (known.size > 0 && stranger >= 0) throw new BadUserInput(fieldOf(stranger), `is no officer of ${code} in the registry`);
}

/** Writes an agency, new or changed, and tells every directory. */
export async function putAgency(tx: Tx, draft: AgencyDraft, before: AgencyEntity | null): Promise<AgencyEntity> {
  const now = tx.clock.now();
  const row: AgencyEntity = Object.assign(new AgencyEntity(), {
    code: draft.code, name: draft.name, nameEn: draft.nameEn, functions: [...draft.functions], regions: [...draft.regions],
    superiorCode: draft.superior, status: draft.status, issuer: draft.issuer, jwks: draft.jwks, jwksUri: draft.jwksUri,
    officers: [...draft.officers], version: (before?.version ?? 0) + 1, registeredAt: before?.registeredAt ?? now, updatedAt: now,
    searchText: searchText(`${draft.code} ${draft.name} ${draft.nameEn}`),
  });
  await tx.em.save(row);
  await tx.emit(agencyEvent(row));
  return row;
}

/** The event by which an agency reaches every directory: the whole record. */
export const agencyEvent = (row: AgencyEntity) => ({
  type: agencyChanged.type,
  subject: `agency:${row.code}`,
  data: { ...draftOf(row), version: row.version },
});
