import { accessApplied } from '@casebridge/contracts';
import { and, caseHidden, type EventReaction, type ListSource, never, on, or, query, raw, type RequestContext, type ServiceDeps, sql } from '@casebridge/platform';
import { CaseSealEntity } from './admin-case.entity';
import { sealKeepers, supervisedRegions } from './case-seal.rule';

/**
 * The register of seals: for the head of the procuratorate above the one competent for the place, to whom it shows no content; and for a
 * head of the owner who sees the case himself. An exclusion closes it to either.
 */
export function sealRegister(ctx: RequestContext): ListSource<CaseSealEntity> {
  const { principal, reader, deps } = ctx;
  const list = {
    name: 'sealRegister', type: 'CaseSeal', id: 'number' as const, entity: CaseSealEntity, columns: raw('s.*'),
    from: raw('case_seal s join admin_case c on c.case_id = s.case_id'),
    order: [
      { expression: raw('s.sealed_at'), column: 'sealed_at', type: 'timestamptz' as const },
      { expression: raw('s.id'), column: 'id', type: 'uuid' as const },
    ],
  };
  if (principal.kind === 'public' || reader.self === null || !principal.roles.includes('head')) return { ...list, where: never };
  const regions = principal.agency.functions.includes('PROCURATORATE') ? supervisedRegions(reader.self, deps.directory.agencies()) : [];
  return {
    ...list,
    where: and(
      or(and(sql`c.agency_code = ${reader.self}`, sql`not ${caseHidden('c')(reader)}`), regions.length === 0 ? never : sql`c.region_code = any(${regions}::text[])`),
      sql`not c.excluded @> array[${`${reader.self}/${reader.officerId}`}::text]`,
    ),
  };
}

/** Notes which services hide a sealed case; a service that has applied a later version has applied this one. */
export const noteSealAcknowledged = (): EventReaction =>
  on(accessApplied, async (em, { source, data }) => {
    if (!sealKeepers.includes(source)) return;
    await query(em, sql`
      update case_seal set acknowledged_by = acknowledged_by || ${source}::text
      where case_id = ${data.caseId} and version_to_acknowledge <= ${data.version} and not acknowledged_by @> array[${source}::text]`);
  });

const POLL_MS = 40;

/** Waits until every service has acknowledged a seal, for as long as an act may wait; the answer says how far it came. */
export async function awaitSeal(deps: ServiceDeps, number: string, patienceMs = 2_000): Promise<CaseSealEntity> {
  for (let waited = 0; ; waited += POLL_MS) {
    const seal = await deps.dataSource.manager.findOneByOrFail(CaseSealEntity, { number });
    if (waited >= patienceMs || sealKeepers.every((name) => seal.acknowledgedBy.includes(name))) return seal;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
