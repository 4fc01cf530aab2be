import type { CaseAccessChanged } from '@casebridge/contracts';
import type { AgencyReader } from '@casebridge/kernel';
import { demoAgencies } from '@casebridge/testkit';
import type { ComplaintDraft } from '../complaint/compose-complaint.rule';
import type { ReportDraft } from '../report/compose-report.rule';

// The page of rights, transcribed independently of the code: its relations, its settled points, and the rows of this service.

const agencyOf = (code: string) => demoAgencies.find((a) => a.code === code);

function isAbove(upper: string, lower: string): boolean {
  const superior = agencyOf(lower)?.superior ?? null;
  return superior !== null && (superior === upper || isAbove(upper, superior));
}

const is = (who: AgencyReader, ...functions: readonly string[]): boolean => who.agency.functions.some((f) => functions.includes(f));
const reads = (who: AgencyReader): boolean => who.roles.some((r) => r !== 'auditor' && r !== 'analyst');
const owns = (who: AgencyReader, owners: readonly string[]): boolean => owners.includes(who.agency.code);
const stands = (who: AgencyReader, owners: readonly string[]): boolean => owners.some((owner) => isAbove(who.agency.code, owner));
const competent = (who: AgencyReader, region: string): boolean => who.agency.regions.includes(region);

/** A part is that of the agency itself, and of the police or procuratorate below it. */
const hasPart = (who: AgencyReader, parts: readonly string[]): boolean =>
  parts.some((p) => p === who.agency.code || (isAbove(who.agency.code, p) && (agencyOf(p)?.functions ?? []).some((f) => f === 'POLICE' || f === 'PROCURATORATE')));

function caseHidden(who: AgencyReader, c: CaseAccessChanged): boolean {
  if (c.excluded.includes(`${who.agency.code}/${who.officerId}`)) return true;
  if (c.sealedUntil === null || c.sealedUntil < '2026-11-21') return false;
  const named = (who.agency.code === c.agencyCode && c.sealOfficers.includes(who.officerId)) || c.sealParties.includes(who.agency.code);
  return !named;
}

export function mayReadCase(who: AgencyReader, c: CaseAccessChanged): boolean {
  if (!reads(who) || caseHidden(who, c)) return false;
  const owner = owns(who, [c.agencyCode]);
  const superior = stands(who, [c.agencyCode]);
  const party = hasPart(who, c.parts);
  const here = c.servedOn !== null && competent(who, c.regionCode);
  return (
    owner ||
    party ||
    (is(who, 'DRUG') && (superior || here)) ||
    (is(who, 'MARKET') && superior) ||
    (is(who, 'HEALTH', 'CDC', 'ADR_CENTRE') && here && c.respondentKind === 'MEDICAL_INSTITUTION')
  );
}

const linked = (who: AgencyReader, cases: readonly CaseAccessChanged[]): boolean => cases.some((c) => hasPart(who, c.parts) && !caseHidden(who, c));

export function mayReadReport(who: AgencyReader, r: ReportDraft, cases: readonly CaseAccessChanged[]): boolean {
  if (!reads(who)) return false;
  const owners = [r.agencyCode, ...r.coOwnerCodes];
  return (
    owns(who, owners) ||
    (is(who, 'DRUG') && (competent(who, r.regionCode) || stands(who, owners))) ||
    (is(who, 'POLICE', 'PROCURATORATE') && linked(who, cases)) ||
    (is(who, 'HEALTH', 'CDC', 'ADR_CENTRE') && (r.kind === 'AEFI' || r.kind === 'GROUP_EVENT') && competent(who, r.regionCode))
  );
}

export function mayReadContent(who: AgencyReader, c: ComplaintDraft, cases: readonly CaseAccessChanged[]): boolean {
  if (!reads(who)) return false;
  return (
    owns(who, [c.agencyCode]) || (is(who, 'DRUG', 'MARKET') && stands(who, [c.agencyCode])) || (is(who, 'POLICE', 'PROCURATORATE') && linked(who, cases))
  );
}

export function mayReadHead(who: AgencyReader, c: ComplaintDraft, cases: readonly CaseAccessChanged[]): boolean {
  if (!reads(who)) return false;
  return mayReadContent(who, c, cases) || (is(who, 'DRUG', 'MARKET', 'LAB') && hasPart(who, c.partCodes));
}
