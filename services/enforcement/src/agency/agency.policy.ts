import { type AgencyReader, Forbidden } from '@casebridge/kernel';

/** Scope of whoever keeps the registry. */
export const REGISTRY_SCOPE = 'hub:registry';

export const keepsRegistry = (who: AgencyReader): boolean => who.scopes.includes(REGISTRY_SCOPE);

/** A head takes tokens back within his own agency, the registry anywhere. */
export const mayRevokeIn = (who: AgencyReader, agencyCode: string): boolean =>
  keepsRegistry(who) || (who.agency.code === agencyCode && who.roles.includes('head'));

export class RegistryOnly extends Forbidden {
  constructor() {
    super(`Only the registry of agencies (scope ${REGISTRY_SCOPE}) may do this`);
  }
}

export class HeadOrRegistryOnly extends Forbidden {
  constructor() {
    super(`Only a head of the agency, or the registry (scope ${REGISTRY_SCOPE}), may do this`);
  }
}
