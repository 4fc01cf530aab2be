import { ConstraintProbe, type LawfulRows, type Violations } from '@casebridge/testkit';
import { creditService } from '../service';

/*
 * What must never be false, asked of the database itself: every constraint has a row that violates it and nothing else.
 */

const [id, other] = ['01990000-0000-7000-8000-000000000001', '01990000-0000-7000-8000-000000000002'];
const at = '2026-11-21T10:00:00+08:00';

const lawful: LawfulRows = {
  disclosure_record: {
    id, decision_id: id, case_id: id, document_no: '示例药监处罚〔2026〕1号', document_no_key: '示例药监处罚20261号', party_name: '示例药业有限公司', party_uscc: '91210102MA00000000',
    party_kind: 'ENTITY', violation_type: 'SUBSTANDARD_DRUGS', penalty_kinds: ['FINE'], penalty_summary: '罚款', fine_fen: 100, authority_code: 'DRUG-own',
    region_code: '210102', decided_on: '2026-06-01', published_on: '2026-06-03', disclosure_ends_on: '2027-06-03', credit_china_ends_on: '2027-06-01',
    class: 'GENERAL', status: 'PUBLISHED', held: false, version: 0, updated_at: at, search_text: '示例', search_bigrams: ['示例'],
  },
  disclosure_text: { record_id: id, body: '演示', stored_at: at },
  disclosure_deferral: {
    id, case_id: id, agency_code: 'DRUG-own', region_code: '210102', status: 'RUNNING', basis_instrument: '演示', basis_article: '1', reasons: '演示', review_on: '2026-12-21',
    ordered_at: at, version: 1, updated_at: at,
  },
  disclosure_act: {
    id, record_id: id, position: 1, act: 'CLEAR_DISCLOSURE', status: 'PUBLISHED', at, actor_code: 'DRUG-own', officer_id: 'o',
    basis_instrument: '市场监督管理行政处罚信息公示规定', basis_article: '5', basis_mark: 'V', detail: '{}',
  },
  disclosure_tombstone: { record_id: id, reason: 'EXPIRED', gone_on: '2027-06-04', at },
  credit_punishment: {
    id, kind: 'INDUSTRY_BAN', case_id: id, decision_id: id, penalty_item_id: id, document_no: '示例药监处罚〔2026〕1号', party_kind: 'PERSON', party_name: '示例当事人甲',
    agency_code: 'DRUG-own', region_code: '210102', basis_instrument: '中华人民共和国药品管理法', basis_article: '118', basis_mark: 'V', starts_on: '2026-06-03',
    ends_on: '2036-06-03', for_life: false, published_on: '2026-06-03', publication_ends_on: '2029-06-03', listed_on: '2026-06-03',
  },
  public_data_entry: { record_id: id, fingerprint: 1, changed_on: '2026-06-10', removed_on: '2026-06-11' },
  penalty_import: {
    id, agency_code: 'DRUG-own', officer_id: 'o', sha256: 'a'.repeat(64), size: 100, media_type: 'text/plain', state: 'DONE', layout: 'CURRENT', rows: 1, created: 1, corrected: 0,
    unchanged: 0, refused: 0, faults: '[]', received_at: at, finished_at: at,
  },
  imported_penalty: {
    id, authority_code: 'DRUG-own', document_no: '示例药监处罚〔2026〕1号', document_no_key: '示例药监处罚〔2026〕1号', record: '{}', fingerprint: 'f', version: 1, import_id: id,
    imported_at: at, updated_at: at,
  },
  imported_penalty_version: { penalty_id: id, version: 1, record: '{}', import_id: id, row_no: 1, at },
  penalty_import_row: { import_id: id, row_no: 1, document_no: '示例药监处罚〔2026〕1号', outcome: 'CREATED', penalty_id: id, faults: '[]' },
  act_commit: { record: id, at },
  dishonesty_listing: {
    id, case_id: id, decision_id: id, document_no: '示例药监处罚〔2026〕1号', decided_on: '2026-06-01', party_kind: 'ENTITY', party_name: '示例药业有限公司',
    uscc: '91210102MA00000000', agency_code: 'DRUG-own', region_code: '210102', violation_type: 'FAKE_DRUGS', heavy_kinds: ['FINE'], restriction_for_life: false,
    grounds: ['FAKE_OR_SUBSTANDARD_DRUGS'], status: 'PUBLISHED', notice_no: '1', notice_served_on: '2026-06-02', listing_no: '1', listed_on: '2026-06-10',
    published_on: '2026-06-11', ends_on: '2029-06-11', for_life: false, version: 1, created_at: at, updated_at: at,
  },
  joint_measure: {
    id, listing_id: id, case_id: id, kind: 'KEY_SUPERVISION', status: 'EXECUTED', agency_code: 'DRUG-own', executor_code: 'MARKET-own', party_kind: 'ENTITY',
    party_name: '示例药业有限公司', notice: '演示', ordered_by: 'o', ordered_at: at, feedback: '演示', feedback_on: '2026-06-12', feedback_by: 'o', feedback_at: at,
    version: 2, updated_at: at,
  },
  credit_penalty: {
    id, decision_id: id, case_id: id, document_no: '示例药监处罚〔2026〕1号', party_kind: 'PERSON', party_name: '示例当事人甲', agency_code: 'DRUG-own', violation_type: 'FAKE_DRUGS',
    person_id_digest: 'a'.repeat(64),
    penalty_kinds: ['WARNING'], summary: '警告', decided_on: '2026-06-01',
  },
  credit_repair: {
    id, kind: 'RESTRUCTURING', disclosure_id: id, decision_id: id, case_id: id, document_no: '示例药监处罚〔2026〕1号', party_kind: 'ENTITY', party_name: '示例药业有限公司',
    uscc: '91210102MA00000000', agency_code: 'DRUG-own', status: 'NOTIFIED', documents: ['APPLICATION'], applied_on: '2026-06-12', stopped_at: at, notified_on: '2026-06-20',
    version: 4, created_at: at, updated_at: at,
  },
  credit_repair_act: {
    id, repair_id: id, position: 1, act: 'APPLY_FOR_CREDIT_REPAIR', status: 'RECEIVED', at, actor_code: 'DRUG-own', officer_id: 'o',
    basis_instrument: '市场监督管理信用修复管理办法', basis_article: '14', basis_mark: 'V', detail: '{}',
  },
  dishonesty_listing_act: {
    id, listing_id: id, position: 1, act: 'SERVE_LISTING_NOTICE', status: 'NOTICE_SERVED', at, actor_code: 'DRUG-own', officer_id: 'o',
    basis_instrument: '市场监督管理严重违法失信名单管理办法', basis_article: '13', basis_mark: 'V', detail: '{}',
  },
};

const unlisted = { listing_no: null, listed_on: null, published_on: null, ends_on: null };

const violations: Violations = {
  disclosure_record_one_per_decision: { id: other },
  disclosure_record_party_kind_known: { party_kind: 'STATE', party_uscc: null },
  disclosure_record_class_known: { class: 'GRAVE' },
  disclosure_record_credit_code_only_of_entity: { party_kind: 'PERSON' },
  disclosure_record_has_penalty: { penalty_kinds: [] },
  disclosure_record_not_a_warning_alone: { penalty_kinds: ['WARNING'] },
  disclosure_record_fine_not_negative: { fine_fen: -1 },
  disclosure_record_published_after_decision: { published_on: '2026-05-31' },
  disclosure_record_shown_from_publication_on: { disclosure_ends_on: '2026-06-02' },
  disclosure_record_credit_china_from_decision_on: { credit_china_ends_on: '2026-05-31' },
  disclosure_record_for_life_everywhere: [{ credit_china_ends_on: null }, { disclosure_ends_on: null, class: 'SERIOUS_RESTRICTION' }],
  disclosure_record_for_life_only_with_restriction: { disclosure_ends_on: null, credit_china_ends_on: null },
  disclosure_record_withdrawn_with_reason: [{ status: 'WITHDRAWN', withdrawn_at: at }, { withdrawal_reason: '演示' }],
  disclosure_record_status_known: { status: 'EXPIRED' },
  disclosure_record_withdrawn_since_when: [{ status: 'WITHDRAWN' }, { withdrawn_at: at, withdrawal_reason: '演示' }],
  disclosure_record_review_known: { review: 'READ' },
  disclosure_record_withheld_by_review: [{ status: 'WITHHELD' }, { status: 'WITHHELD', review: 'CLEARED' }],
  disclosure_record_withdrawn_for_a_cause: { withdrawal_cause_on: '2026-06-10' },
  disclosure_record_proposal_while_proposed: [
    { status: 'CORRECTION_PROPOSED' }, { status: 'WITHDRAWAL_PROPOSED' }, { proposal: '{}', proposed_by: 'o' }, { proposed_by: 'o' }, { status: 'CORRECTION_PROPOSED', proposal: '{}' },
  ],
  disclosure_record_corrected_in_words: [{ corrected_at: at }, { correction: '演示' }],
  disclosure_record_pushed_after_decision: { pushed_on: '2026-05-31' },
  disclosure_record_stopped_with_reason: [{ stopped_at: at }, { stopped_reason: 'REPAIRED' }],
  disclosure_record_stop_known: { stopped_at: at, stopped_reason: 'TIRED' },
  disclosure_record_held_with_terms: { held: true },
  disclosure_record_counts_acts: { version: -1 },
  disclosure_text_of_a_record: { record_id: other },
  disclosure_deferral_status_known: { status: 'EXPIRED', lifted_at: at },
  disclosure_deferral_runs_until_lifted: [{ status: 'LIFTED' }, { lifted_at: at }],
  disclosure_deferral_counts_acts: { version: 0 },
  disclosure_deferral_one_running: { id: other },
  disclosure_act_on_one_thing: [{ record_id: null }, { deferral_id: id }],
  disclosure_act_of_a_record: { record_id: other },
  disclosure_act_of_a_deferral: { record_id: null, deferral_id: other },
  disclosure_act_position_once: { id: other },
  disclosure_act_position_from_one: { position: 0 },
  disclosure_act_basis_mark_known: { basis_mark: 'X' },
  disclosure_tombstone_of_a_record: { record_id: other },
  disclosure_tombstone_reason_known: { reason: 'TIRED' },

  public_data_entry_removed_after_it_was_there: { removed_on: '2026-06-09' },
  penalty_import_state_known: { state: 'LOST' },
  penalty_import_layout_known: { layout: 'Y1999' },
  penalty_import_rows_add_up: { rows: 2 },
  penalty_import_counts_rows: { created: 2, corrected: -1 },
  penalty_import_finished_with_time: [{ finished_at: null }, { state: 'WAITING' }],
  penalty_import_failed_for_a_reason: [{ state: 'FAILED' }, { faults: '[{}]' }],
  imported_penalty_number_once_per_authority: { id: other },
  imported_penalty_of_an_import: { import_id: other },
  imported_penalty_counts_versions: { version: 0 },
  imported_penalty_version_of_an_import: { import_id: other },
  imported_penalty_version_of_a_penalty: { penalty_id: other },
  penalty_import_row_of_an_import: { import_id: other },
  penalty_import_row_outcome_known: { outcome: 'LOST' },
  penalty_import_row_refused_for_a_reason: { outcome: 'REFUSED', penalty_id: null },
  penalty_import_row_refused_whole: [{ penalty_id: null }, { outcome: 'REFUSED', faults: '[{}]' }],

  credit_punishment_one_per_penalty: { id: other },
  credit_punishment_kind_known: { kind: 'SCOLDING' },
  credit_punishment_party_kind_known: { party_kind: 'STATE' },
  credit_punishment_basis_mark_known: { basis_mark: 'X' },
  credit_punishment_ends_or_is_for_life: [{ for_life: true }, { ends_on: null }],
  credit_punishment_ends_after_start: { ends_on: '2026-06-02' },
  credit_punishment_shown_only_once_published: { published_on: null },
  credit_punishment_id_digest_of_person: [{ person_id_digest: 'a' }, { party_kind: 'ENTITY', person_id_digest: 'a'.repeat(64) }],
  credit_punishment_shown_from_publication_on: { publication_ends_on: '2026-06-02' },

  dishonesty_listing_one_per_decision: { id: other },
  dishonesty_listing_status_known: { status: 'EXPIRED' },
  dishonesty_listing_party_kind_known: { party_kind: 'STATE', uscc: null },
  dishonesty_listing_credit_code_only_of_entity: { party_kind: 'PERSON' },
  dishonesty_listing_of_a_heavy_penalty: { heavy_kinds: [] },
  dishonesty_listing_noticed_with_grounds: [{ grounds: [] }, { notice_no: null }, { notice_served_on: null }],
  dishonesty_listing_consent_of_somebody: ['AWAITING_CONSENT', 'CONSENTED'].map((status) => ({ status, ...unlisted })),
  dishonesty_listing_not_listed_with_reason: [
    { not_listed_reason: 'NO_INTENT', not_listed_explanation: '演示' }, { not_listed_explanation: '演示' }, { status: 'NOT_LISTED', ...unlisted },
  ],
  dishonesty_listing_listed_by_decision: [{ ...unlisted, listed_on: '2026-06-10' }, { status: 'LISTED', ...unlisted }, { status: 'NOTICE_SERVED' }],
  dishonesty_listing_published_once_listed: { published_on: '2026-06-09' },
  dishonesty_listing_shown_once_published: ['PUBLISHED', 'EXIT_APPLIED', 'EXIT_ACCEPTED', 'EXIT_APPROVED', 'EXITED_EARLY', 'RESTORED'].map((status) => ({ status, published_on: null, ends_on: null })),
  dishonesty_listing_ends_or_is_for_life: [{ ends_on: null }, { for_life: true }, { status: 'LISTED', published_on: null }],
  dishonesty_listing_clock_runs_to_an_end: [{ due_at: at }, { clock: 'exitDecision', due_at: at }, { clock_started_at: at }],
  dishonesty_listing_counts_acts: { version: -1 },
  joint_measure_of_a_listing: { listing_id: other },
  joint_measure_kind_known: { kind: 'SCOLDING' },
  joint_measure_once_of_an_executor: { id: other },
  joint_measure_status_known: { status: 'ENDED' },
  joint_measure_party_kind_known: { party_kind: 'STATE' },
  joint_measure_owed_until_answered: { due_at: at },
  joint_measure_answered_in_full: ['feedback', 'feedback_on', 'feedback_by', 'feedback_at'].map((column) => ({ [column]: null })),
  joint_measure_lifted_in_full: [{ status: 'LIFTED' }, { lifting: '演示' }, { lifted_on: '2029-06-12' }, { lifted_by: 'o' }, { lifted_at: at }],
  joint_measure_counts_acts: { version: 0 },
  credit_penalty_once_of_a_party: { id: other },
  credit_penalty_party_kind_known: { party_kind: 'STATE', person_id_digest: null },
  credit_penalty_id_digest_of_person: [{ person_id_digest: 'a' }, { party_kind: 'ENTITY', person_id_digest: 'a'.repeat(64) }],
  credit_penalty_has_penalty: { penalty_kinds: [] },
  credit_penalty_overturned_after_decision: { overturned_on: '2026-05-31' },
  credit_repair_of_a_record: { disclosure_id: other },
  credit_repair_one_at_a_time: { id: other },
  credit_repair_kind_known: { kind: 'PARDON' },
  credit_repair_status_known: { status: 'OPEN', stopped_at: null },
  credit_repair_party_kind_known: { party_kind: 'STATE', uscc: null },
  credit_repair_credit_code_only_of_entity: { party_kind: 'PERSON' },
  credit_repair_temporary_for_restructuring: [{ status: 'TEMPORARY', kind: 'ORDINARY' }, { status: 'ENDED', kind: 'ORDINARY', stopped_at: null }],
  credit_repair_told_what_is_missing: { status: 'CORRECTIONS_REQUESTED', stopped_at: null },
  credit_repair_refused_with_ground: [{ refusal_ground: 'WITHDRAWN' }, ...['NOT_ACCEPTED', 'REFUSED'].map((status) => ({ status, stopped_at: null }))],
  credit_repair_stopped_while_repaired: [
    { status: 'RECEIVED' }, { status: 'ENDED' }, ...['TEMPORARY', 'REPAIRED', 'NOTIFIED'].map((status) => ({ status, stopped_at: null })),
  ],
  credit_repair_told_others: { notified_on: null },
  credit_repair_acknowledged_by_somebody: { status: 'SYNCHRONISED' },
  credit_repair_revoked_on_a_day: [{ revoked_on: '2026-07-01', revocation_ends_on: '2029-07-01' }, { status: 'REVOKED', stopped_at: null }, { revocation_ends_on: '2029-07-01' }],
  credit_repair_clock_runs_to_an_end: [{ due_at: at }, { clock: 'repairDecision', due_at: at }, { clock_started_at: at }],
  credit_repair_counts_acts: { version: 0 },
  credit_repair_act_of_a_repair: { repair_id: other },
  credit_repair_act_position_once: { id: other },
  credit_repair_act_position_from_one: { position: 0 },
  credit_repair_act_basis_mark_known: { basis_mark: 'X' },
  dishonesty_listing_act_of_a_listing: { listing_id: other },
  dishonesty_listing_act_position_once: { id: other },
  dishonesty_listing_act_position_from_one: { position: 0 },
  dishonesty_listing_act_basis_mark_known: { basis_mark: 'X' },
};

let probe: ConstraintProbe;
beforeAll(async () => {
  probe = await ConstraintProbe.open(creditService, lawful);
});
afterAll(() => probe?.close());

it('has a row for every constraint, and a constraint for every row', () => expect(probe.unmatched(violations)).toEqual([]));

it('refuses each of them by its own name', async () => {
  const found = await probe.refusals(violations);
  expect(found.map(({ change, refusedBy }) => ({ change, refusedBy }))).toEqual(found.map(({ change, expected }) => ({ change, refusedBy: expected })));
});
