import type { AgencyFunction, AgencyReader, OfficerRole, Principal } from '@casebridge/kernel';

/**
 * A question about the reader that the token and the agency registry answer alone, never about a record: what depends on a
 * record is decided where the record is read.
 */
export type Policy = (who: Principal, now: Date) => boolean;

export type Policies = Readonly<Record<string, Policy>>;

const agency = (holds: (who: AgencyReader) => boolean): Policy => (who) => who.kind === 'agency' && holds(who);
const ofFunction = (...functions: readonly AgencyFunction[]): Policy => agency((who) => functions.some((f) => who.agency.functions.includes(f)));
const inRole = (...roles: readonly OfficerRole[]): Policy => agency((who) => roles.some((role) => who.roles.includes(role)));

/** Keeps the registry of agencies: registers, changes and retires them. */
const registryScope = 'hub:registry';

/** Policies of the hub's own services, by the name that stands in `@policy(policies: [["…"]])`. */
export const hubPolicies: Policies = {
  /** 药监 Drug regulation, or 市场监管 market regulation, which is the drug regulator below the province. */
  'drug-regulator': ofFunction('DRUG'),
  'regulator': ofFunction('DRUG', 'MARKET'),
  /** 公安 */
  'police': ofFunction('POLICE'),
  /** 检察院 */
  'procuratorate': ofFunction('PROCURATORATE'),
  /** 法院 */
  'court': ofFunction('COURT'),
  /** 公安, 检察院, 法院: those who can have part in criminal proceedings. */
  'criminal-justice': ofFunction('POLICE', 'PROCURATORATE', 'COURT'),
  /** 纪检监察 */
  'supervision': ofFunction('SUPERVISION'),
  /** 卫健, 疾控, and the centres that read as they do. */
  'health': ofFunction('HEALTH', 'CDC', 'ADR_CENTRE'),
  /** 正职负责人 or who presides: approves, refuses, seals. */
  'head-of-agency': inRole('head'),
  /** Reads records; `auditor` and `analyst` alone do not. */
  'reads-records': inRole('officer', 'head', 'reviewer', 'system'),
  /** Acts on records; a program acts with the scopes of its token. */
  'acts-on-records': inRole('officer', 'head', 'system'),
  'auditor': inRole('auditor'),
  /** A head takes the access of the agency's own officers; the registry takes anybody's. */
  'revokes-access': agency((who) => who.roles.includes('head') || who.scopes.includes(registryScope)),
};
