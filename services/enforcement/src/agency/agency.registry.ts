import { agencyChanged } from '@casebridge/contracts';
import { searchText } from '@casebridge/kernel';
import { query, sql, type Tx } from '@casebridge/platform';
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
