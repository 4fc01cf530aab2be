import { FixedClock, stateCouncilCalendar as calendar } from '@casebridge/kernel';
import { type ServiceHarness, startServiceForTest } from '@casebridge/testkit';
import { ComplaintEntity } from './complaint/complaint.entity';
import { composeComplaint } from './complaint/compose-complaint.rule';
import { composeReport } from './report/compose-report.rule';
import { AdverseReactionReportEntity } from './report/report.entity';
import { adrService } from './service';
import { complaintDraft, now, reportDraft } from './testing/world';

let hub: ServiceHarness;
beforeAll(async () => {
  hub = await startServiceForTest(adrService, { clock: new FixedClock(now) });
}, 120_000);
afterAll(async () => hub?.stop());

const report = () => composeReport(reportDraft(), calendar);
const complaint = () => composeComplaint(complaintDraft(), calendar).complaint;

/** The name of the constraint that refuses a row. */
async function refusal(entity: typeof AdverseReactionReportEntity | typeof ComplaintEntity, row: object): Promise<unknown> {
  try {
    await hub.dataSource.manager.insert(entity, row as never);
    return 'accepted';
  } catch (cause) {
    return (cause as { driverError?: { constraint?: string } }).driverError?.constraint ?? cause;
  }
}

it.each([
  [{ kind: 'AEFI' }, 'adverse_reaction_report_event_has_co_owner'],
  [{ coOwnerCodes: ['ADRC-210000'] }, 'adverse_reaction_report_owner_is_no_co_owner'],
  [{ seriousness: 'DEATH' }, 'adverse_reaction_report_death_has_fatal_outcome'],
  [{ onsetOn: '2026-11-03' }, 'adverse_reaction_report_received_not_before_onset'],
  [{ reportedOn: '2026-11-01' }, 'adverse_reaction_report_reported_not_before_awareness'],
  [{ reactions: [] }, 'adverse_reaction_report_names_a_reaction'],
  [{ reactions: {} }, 'adverse_reaction_report_names_a_reaction'],
  [{ ageBand: '65' }, 'adverse_reaction_report_age_is_a_band'],
  [{ narrative: '电话13800138000' }, 'adverse_reaction_report_narrative_has_no_mobile_number'],
  [{ narrative: '身份证990102199003071233。' }, 'adverse_reaction_report_narrative_has_no_identity_number'],
  [{ version: 0 }, 'adverse_reaction_report_version_positive'],
  [{}, 'accepted'],
])('a report with %j: %s', async (change, constraint) => {
  expect(await refusal(AdverseReactionReportEntity, { ...report(), ...change })).toBe(constraint);
});

it.each([
  [{ kind: 'REPORT', status: 'IN_MEDIATION', acceptedAt: now }, 'complaint_status_fits_kind'],
  [{ status: 'ACCEPTED' }, 'complaint_accepted_when_status_says'],
  [{ acceptedAt: now }, 'complaint_accepted_when_status_says'],
  [{ status: 'ACCEPTED', acceptedAt: new Date('2026-11-01T00:00:00Z') }, 'complaint_accepted_not_before_receipt'],
  [{ acceptDueAt: new Date('2026-11-01T00:00:00Z') }, 'complaint_due_after_receipt'],
  [{ receiptHash: 'ABCDEF' }, 'complaint_receipt_is_a_sha256'],
  [{ subject: '打13800138000' }, 'complaint_text_has_no_mobile_number'],
  [{ content: '我是99010219900307123x' }, 'complaint_text_has_no_identity_number'],
  [{ subject: '一\n二' }, 'complaint_subject_is_one_line'],
  [{ content: '' }, 'complaint_content_not_blank'],
  [{}, 'accepted'],
])('a complaint with %j: %s', async (change, constraint) => {
  expect(await refusal(ComplaintEntity, { ...complaint(), ...change })).toBe(constraint);
});

it('no number is given twice', async () => {
  const [first, second] = [report(), complaint()];
  expect(await refusal(AdverseReactionReportEntity, first)).toBe('accepted');
  expect(await refusal(ComplaintEntity, second)).toBe('accepted');
  expect(await refusal(AdverseReactionReportEntity, { ...report(), reportNo: first.reportNo })).toBe('adverse_reaction_report_no_once');
  expect(await refusal(ComplaintEntity, { ...complaint(), complaintNo: second.complaintNo })).toBe('complaint_no_once');
  expect(await refusal(ComplaintEntity, { ...complaint(), receiptHash: second.receiptHash })).toBe('complaint_receipt_hash_once');
});
