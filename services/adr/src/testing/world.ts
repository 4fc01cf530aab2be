import { type CaseAccessChanged, caseAccessChanged, type EventDraft } from '@casebridge/contracts';
import { type AgencyReader, composeUscc, stateCouncilCalendar as calendar, uuidv7 } from '@casebridge/kernel';
import { demoAgencies } from '@casebridge/testkit';
import type { DataSource } from 'typeorm';
import { ComplaintEntity } from '../complaint/complaint.entity';
import { type ComplaintDraft, composeComplaint } from '../complaint/compose-complaint.rule';
import { composeReport, type ReportDraft } from '../report/compose-report.rule';
import { AdverseReactionReportEntity } from '../report/report.entity';

/** The day on which the tests read. */
export const now = new Date('2026-11-21T10:00:00+08:00');
export const newId = (): string => uuidv7(now);
export const uscc = (n: number): string => composeUscc({ department: '91', region: '210102', organisation: `MA${String(n).padStart(6, '0')}` });

let numbers = 0;

export const reportDraft = (change: Partial<ReportDraft> = {}): ReportDraft => ({
  id: newId(), reportNo: `DEMO-ADR-${(numbers += 1)}`, kind: 'SPONTANEOUS', seriousness: 'NOT_SERIOUS', isNew: false, onsetOn: null, receivedOn: '2026-11-02', reportedOn: null,
  productId: null, batchNo: null, enterpriseUscc: null, regionCode: '210102', agencyCode: 'ADRC-210000', coOwnerCodes: [],
  reactions: [{ code: null, term: 'Rash', termZh: '皮疹' }], causality: 'POSSIBLE', outcome: 'UNKNOWN', patientSex: 'UNKNOWN', ageBand: 'UNKNOWN', narrative: null, caseIds: [],
  ...change,
});

export const complaintDraft = (change: Partial<ComplaintDraft> = {}): ComplaintDraft => ({
  id: newId(), complaintNo: `DEMO-12315-${(numbers += 1)}`, kind: 'COMPLAINT', receivedAt: new Date('2026-11-16T09:00:00+08:00'), status: 'RECEIVED', agencyCode: 'MRA-210102',
  regionCode: '210102', enterpriseUscc: null, productId: null, subject: '演示投诉', content: '演示内容', acceptedAt: null, partCodes: [], caseIds: [],
  ...change,
});

export async function insertReports(db: DataSource, drafts: readonly ReportDraft[]): Promise<void> {
  for (let i = 0; i < drafts.length; i += 500) {
    await db.manager.insert(AdverseReactionReportEntity, drafts.slice(i, i + 500).map((d) => composeReport(d, calendar)) as never);
  }
}

/** @returns the receipt codes, in the order of the drafts */
export async function insertComplaints(db: DataSource, drafts: readonly ComplaintDraft[]): Promise<string[]> {
  const composed = drafts.map((d) => composeComplaint(d, calendar));
  for (let i = 0; i < composed.length; i += 500) await db.manager.insert(ComplaintEntity, composed.slice(i, i + 500).map((c) => c.complaint) as never);
  return composed.map((c) => c.receiptCode);
}

export const caseAccess = (change: Partial<CaseAccessChanged> = {}): CaseAccessChanged => ({
  caseId: newId(), version: 1, agencyCode: 'MRA-210200', regionCode: '210202', enterpriseUscc: null, respondentKind: 'ENTERPRISE', filedAt: '2026-10-01T01:00:00.000Z',
  servedOn: null, parts: [], sealedUntil: null, sealOfficers: [], sealParties: [], excluded: [], acknowledge: false, ...change,
});

export const accessEvent = (data: CaseAccessChanged): EventDraft => ({ type: caseAccessChanged.type, subject: `case:${data.caseId}`, data });

// The rights page, transcribed independently of the code: RIGHTS.md, "Relations" and the rows of this service.

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
  parts.some((p) => p === who.agency.code || (isAbove(who.agency.code, p) && agencyOf(p)?.functions.some((f) => f === 'POLICE' || f === 'PROCURATORATE') === true));

export function caseHidden(who: AgencyReader, c: CaseAccessChanged): boolean {
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
