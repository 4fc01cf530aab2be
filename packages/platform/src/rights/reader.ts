import type { RightsColumn } from '@casebridge/contracts';
import { type AgencyFunction, civilDate, type Principal } from '@casebridge/kernel';

/** What the rules need of the registry of agencies. */
export interface AgencyTree {
  agency(code: string): { readonly functions: readonly AgencyFunction[] } | undefined;
  /** Codes strictly below, over the superior edges. */
  below(code: string): readonly string[];
}

/** A principal with everything that the rights table asks of it, worked out once per request. */
export interface Reader {
  readonly principal: Principal;
  readonly columns: readonly RightsColumn[];
  /** Own code, or none for the public and for those who read audit or figures alone. */
  readonly self: string | null;
  readonly officerId: string | null;
  /** Agencies below on the superior edges. */
  readonly below: readonly string[];
  /** Codes whose running part counts as its own: itself, and police and procuratorates below it. */
  readonly partyCodes: readonly string[];
  readonly regions: readonly string[];
  readonly scopes: readonly string[];
  /** Civil date of the reading, on which windows are open or closed. */
  readonly today: string;
}

const columnOf: Partial<Record<AgencyFunction, RightsColumn>> = {
  DRUG: 'DRUG', MARKET: 'MARKET', POLICE: 'POLICE', PROCURATORATE: 'PROCURATORATE', COURT: 'COURT', HEALTH: 'HEALTH', CDC: 'HEALTH',
  ADR_CENTRE: 'HEALTH', SUPERVISION: 'SUPERVISION', INSURANCE: 'INSURANCE',
};

/** `auditor` and `analyst` alone open no record; the other roles read alike. */
const readingRoles = new Set(['officer', 'head', 'reviewer', 'system']);

const publicSide = (principal: Principal, today: string): Reader => ({
  principal, columns: ['PUBLIC'], self: null, officerId: null, below: [], partyCodes: [], regions: [], scopes: [], today,
});

/** @param now - the instant of the reading, from the clock */
export function readerOf(principal: Principal, tree: AgencyTree, now: Date): Reader {
  const today = civilDate(now);
  if (principal.kind === 'public' || !principal.roles.some((r) => readingRoles.has(r))) return publicSide(principal, today);
  const { agency } = principal;
  const below = tree.below(agency.code);
  const judicial = below.filter((code) => tree.agency(code)?.functions.some((f) => f === 'POLICE' || f === 'PROCURATORATE'));
  return {
    principal,
    // Whatever the public may read, every authenticated agency may read.
    columns: [...new Set<RightsColumn>([...agency.functions.map((f) => columnOf[f] ?? 'OTHER'), 'PUBLIC'])],
    self: agency.code,
    officerId: principal.officerId,
    below,
    partyCodes: [agency.code, ...judicial],
    regions: agency.regions,
    scopes: principal.scopes,
    today,
  };
}
