import type { AgencyFunction, OfficerRole } from '@casebridge/kernel';

// Records, so that a code added to the kernel's types and forgotten here does not compile.
const functions: Readonly<Record<AgencyFunction, true>> = {
  DRUG: true, MARKET: true, POLICE: true, PROCURATORATE: true, COURT: true, HEALTH: true, CDC: true, ADR_CENTRE: true, LAB: true,
  SUPERVISION: true, INSURANCE: true, DEVELOPMENT_REFORM: true, JUSTICE: true, AUDIT: true, CUSTOMS: true, EMERGENCY: true, FIRE: true,
  FOOD_DRUG_OFFICE: true,
};
const roles: Readonly<Record<OfficerRole, true>> = { officer: true, head: true, reviewer: true, auditor: true, analyst: true, system: true };

export const isAgencyFunction = (code: string): code is AgencyFunction => Object.hasOwn(functions, code);
export const isOfficerRole = (code: string): code is OfficerRole => Object.hasOwn(roles, code);

/** The roles the hub knows, each once; a `head` is an officer too. Roles of the issuer's own are left out. */
export function officerRoles(codes: readonly string[]): readonly OfficerRole[] {
  const known = new Set(codes.filter(isOfficerRole));
  if (known.has('head')) known.add('officer');
  return [...known];
}
