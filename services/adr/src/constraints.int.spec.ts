import { ConstraintProbe, type LawfulRows, type Violations } from '@casebridge/testkit';
import { adrService } from './service';

/*
 * What must never be false, asked of the database itself: every constraint has a row that violates it and nothing else.
 */

const [id, other] = ['01990000-0000-7000-8000-000000000001', '01990000-0000-7000-8000-000000000002'];
const receivedAt = '2026-11-16T09:00:00+08:00';
const earlier = '2026-11-01T00:00:00+08:00';
const later = '2026-12-01T00:00:00+08:00';

const lawful: LawfulRows = {
  adverse_reaction_report: {
    id, report_no: 'DEMO-ADR-1', kind: 'SPONTANEOUS', seriousness: 'NOT_SERIOUS', onset_on: '2026-11-02', received_on: '2026-11-02', reported_on: '2026-11-02',
    due_on: '2026-11-02', region_code: '210102', agency_code: 'ADRC-210000', reaction_terms: '[{"code":null,"term":"Rash","termZh":"皮疹"}]', causality: 'POSSIBLE',
    outcome: 'UNKNOWN', patient_sex: 'UNKNOWN', age_band: 'UNKNOWN', narrative: '演示：编号123456789012，电话未留。',
  },
  complaint: {
    id, complaint_no: 'DEMO-12315-1', receipt_hash: '0'.repeat(64), kind: 'COMPLAINT', received_at: receivedAt, status: 'RECEIVED', agency_code: 'MRA-210102',
    region_code: '210102', subject: '演示投诉', content: '演示\n内容', accept_due_at: later,
  },
};

const [mobile, identity] = ['电话13800138000', '身份证990102199003071233。'];

const violations: Violations = {
  adverse_reaction_report_no_once: { id: other },
  adverse_reaction_report_kind_known: { kind: 'RUMOUR' },
  adverse_reaction_report_seriousness_known: { seriousness: 'GRAVE' },
  adverse_reaction_report_causality_known: { causality: 'SURE' },
  adverse_reaction_report_outcome_known: { outcome: 'GONE' },
  adverse_reaction_report_patient_sex_known: { patient_sex: 'X' },
  adverse_reaction_report_age_is_a_band: { age_band: '65' },
  adverse_reaction_report_received_not_before_onset: { onset_on: '2026-11-03' },
  adverse_reaction_report_reported_not_before_awareness: { reported_on: '2026-11-01' },
  adverse_reaction_report_due_not_before_awareness: { due_on: '2026-11-01' },
  adverse_reaction_report_death_has_fatal_outcome: { seriousness: 'DEATH' },
  adverse_reaction_report_event_has_co_owner: [{ kind: 'AEFI' }, { kind: 'GROUP_EVENT' }],
  adverse_reaction_report_owner_is_no_co_owner: { co_owner_codes: ['HC-210000', 'ADRC-210000'] },
  adverse_reaction_report_names_a_reaction: [{ reaction_terms: '[]' }, { reaction_terms: '{}' }, { reaction_terms: 'null' }],
  adverse_reaction_report_narrative_has_no_mobile_number: { narrative: mobile },
  adverse_reaction_report_narrative_has_no_identity_number: { narrative: identity },
  adverse_reaction_report_version_positive: { version: 0 },

  complaint_no_once: { id: other, receipt_hash: '1'.repeat(64) },
  complaint_receipt_hash_once: { id: other, complaint_no: 'DEMO-12315-2' },
  complaint_receipt_is_a_sha256: [{ receipt_hash: 'ABCDEF' }, { receipt_hash: 'A'.repeat(64) }],
  complaint_kind_known: { kind: 'PRAISE' },
  complaint_status_fits_kind: [{ status: 'CHECKING' }, { kind: 'REPORT', status: 'NOT_ACCEPTED' }],
  complaint_accepted_when_status_says: [
    { status: 'ACCEPTED' }, { status: 'IN_MEDIATION' }, { accepted_at: later }, { status: 'NOT_ACCEPTED', accepted_at: later },
    { kind: 'REPORT', status: 'CLOSED', accepted_at: later },
  ],
  complaint_accepted_not_before_receipt: { status: 'ACCEPTED', accepted_at: earlier },
  complaint_due_after_receipt: [{ accept_due_at: earlier }, { accept_due_at: receivedAt }],
  complaint_subject_is_one_line: [{ subject: '' }, { subject: '一\n二' }, { subject: '一\r二' }],
  complaint_content_not_blank: { content: '' },
  complaint_text_has_no_mobile_number: [{ subject: mobile }, { content: mobile }],
  complaint_text_has_no_identity_number: [{ subject: identity }, { content: '我是99010219900307123x' }],
  complaint_version_positive: { version: 0 },
};

let probe: ConstraintProbe;
beforeAll(async () => {
  probe = await ConstraintProbe.open(adrService, lawful);
});
afterAll(() => probe?.close());

it('has a row for every constraint, and a constraint for every row', () => expect(probe.unmatched(violations)).toEqual([]));

it('refuses each of them by its own name', async () => {
  const found = await probe.refusals(violations);
  expect(found.map(({ change, refusedBy }) => ({ change, refusedBy }))).toEqual(found.map(({ change, expected }) => ({ change, refusedBy: expected })));
});
