import { type CaseAccessChanged, caseAccessChanged, type EventDraft } from '@casebridge/contracts';
import { composeUscc, stateCouncilCalendar as calendar, uuidv7 } from '@casebridge/kernel';
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
  id: newId(), reportNo: `DEMO-ADR-${(numbers += 1)}`, kind: 'SPONTANEOUS', seriousness: 'NOT_SERIOUS', isNew: false, onsetOn: null,
  receivedOn: '2026-11-02', reportedOn: null, productId: null, batchNo: null, enterpriseUscc: null, regionCode: '210102', agencyCode: 'ADRC-210000', coOwnerCodes: [],
  reactions: [{ code: null, term: 'Rash', termZh: '皮疹' }], causality: 'POSSIBLE', outcome: 'UNKNOWN', patientSex: 'UNKNOWN', ageBand: 'UNKNOWN',
  narrative: null, caseIds: [],
  ...change,
});

export const complaintDraft = (change: Partial<ComplaintDraft> = {}): ComplaintDraft => ({
  id: newId(), complaintNo: `DEMO-12315-${(numbers += 1)}`, kind: 'COMPLAINT', receivedAt: new Date('2026-11-16T09:00:00+08:00'), status: 'RECEIVED',
  agencyCode: 'MRA-210102', regionCode: '210102', enterpriseUscc: null, productId: null, subject: '演示投诉', content: '演示内容', acceptedAt: null, partCodes: [], caseIds: [],
  ...change,
});

/** Written as the generator of demo data writes them: composed by the rules of the service. */
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
