import { accessApplied, caseAccessChanged, type ServiceName } from '@casebridge/contracts';
import type { Clock } from '@casebridge/kernel';
import { emit, type EventReaction, on } from '../events';
import { query, sql } from '../sql';

/**
 * Applies the whole access state of a case, unless a newer one is there already, and acknowledges it where asked: a seal is in force
 * only when every service has.
 */
export const projectCaseAccess = (service: ServiceName, clock: Clock): EventReaction =>
  on(caseAccessChanged, async (em, event) => {
    const a = event.data;
    await query(em, sql`
      insert into case_access (case_id, version, agency_code, region_code, enterprise_uscc, respondent_kind, filed_at, served_on, parts,
                               sealed_until, seal_officers, seal_parties, excluded)
      values (${a.caseId}, ${a.version}, ${a.agencyCode}, ${a.regionCode}, ${a.enterpriseUscc}, ${a.respondentKind}, ${a.filedAt},
              ${a.servedOn}, ${a.parts}::text[], ${a.sealedUntil}, ${a.sealOfficers}::text[], ${a.sealParties}::text[], ${a.excluded}::text[])
      on conflict (case_id) do update set
        version = excluded.version, agency_code = excluded.agency_code, region_code = excluded.region_code,
        enterprise_uscc = excluded.enterprise_uscc, respondent_kind = excluded.respondent_kind, filed_at = excluded.filed_at,
        served_on = excluded.served_on, parts = excluded.parts, sealed_until = excluded.sealed_until,
        seal_officers = excluded.seal_officers, seal_parties = excluded.seal_parties, excluded = excluded.excluded
      where case_access.version < excluded.version`);
    if (!a.acknowledge) return;
    await emit(em, service, { type: accessApplied.type, subject: event.subject, data: { caseId: a.caseId, version: a.version } }, clock.now());
  });
