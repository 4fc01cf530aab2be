import { openDatabase } from '@casebridge/platform';
import { ConstraintProbe, type LawfulRows, type Row, type Violations } from '@casebridge/testkit';
import { enforcementMigrations, enforcementService } from '../service';
import { World } from '../testing/world';

/*
 * What must never be false, asked of the database itself: every constraint has a row that violates it and nothing else.
 */

const [id, other] = ['01990000-0000-7000-8000-000000000001', '01990000-0000-7000-8000-000000000002'];
const at = '2026-11-21T10:00:00+08:00';
const earlier = '2026-11-20T10:00:00+08:00';
const agencyCode = 'MRA-210100';
const police = 'PSB-210100';
/** The lawful registry has one agency: it is a party wherever one must be registered. */
const nobody = 'NOBODY';

const lawful: LawfulRows = {
  agency: {
    code: agencyCode, name: '演示市监局', name_en: 'Demo bureau', functions: ['DRUG', 'MARKET'], issuer: 'urn:casebridge:test:1', registered_at: at, updated_at: at,
    search_text: '演示',
  },
  revoked_token: { agency_code: agencyCode, token_id: 't', until: at, reason: '演示', revoked_at: at, revoked_by_agency: agencyCode, revoked_by_officer: 'h' },
  revoked_officer: { id, agency_code: agencyCode, officer_id: 'o', reason: '演示', revoked_at: at, revoked_by_agency: agencyCode, revoked_by_officer: 'h' },
  admin_case: {
    case_id: id, case_no: '演示市监立〔2026〕1号', status: 'INVESTIGATING', agency_code: agencyCode, region_code: '210100', respondent_kind: 'ENTERPRISE',
    respondent_name: '演示甲药业有限公司', violation_type: 'FAKE_DRUGS', domain: 'DRUG', procedure: 'ORDINARY', facts: '演示案情', goods_value_fen: 0, filed_at: at,
    search_text: '演示', updated_at: at,
  },
  case_part: { id, case_id: id, agency_code: agencyCode, kind: 'REFERRAL_POLICE', started_at: at },
  case_seal: {
    id, number: '密1', case_id: id, basis: '演示', sealed_at: at, expires_on: '2026-12-31', officers: ['o'], parties: [], sealed_by_agency: agencyCode,
    sealed_by_officer: 'h', version_to_acknowledge: 1, acknowledged_by: ['credit'],
  },
  case_exclusion: { id, case_id: id, agency_code: agencyCode, officer_id: 'o', reason: '演示', excluded_at: at, excluded_by_officer: 'h' },
  penalty_decision: {
    id, case_id: id, agency_code: agencyCode, region_code: '210100', document_no: '演示市监处罚〔2026〕1号', decided_on: '2026-11-02', served_on: '2026-11-02',
    service_recorded_at: at, procedure: 'ORDINARY', violation_type: 'FAKE_DRUGS', domain: 'DRUG', tier: 'ORDINARY', party_name: '演示甲药业有限公司',
    party_uscc: '91210102MA00000001', party_kind: 'ENTITY', goods_value_fen: 0, gains_fen: 0, created_at: at,
  },
  penalty_item: {
    id, decision_id: id, seq: 1, kind: 'FINE', party_kind: 'ENTITY', party_name: '演示甲药业有限公司', amount_fen: 1, basis_instrument: '中华人民共和国药品管理法',
    basis_article: '116', basis_mark: 'V',
  },
  referral: {
    id, referral_no: '演移〔2026〕1号', case_id: id, status: 'PENDING_APPROVAL', holder_code: agencyCode, filing_agency_code: agencyCode, charge: 'FAKE_DRUGS',
    facts: '演示', task_force: ['a', 'b'], version: 1, created_at: at, updated_at: at,
  },
  referral_timeline: {
    id, referral_id: id, position: 1, act: 'SUBMIT_REFERRAL_REPORT', status: 'PENDING_APPROVAL', holder_code: agencyCode, version: 1, at, actor_code: agencyCode,
    officer_id: 'o', basis_instrument: '行政执法机关移送涉嫌犯罪案件的规定', basis_article: '5', basis_mark: 'V', standing: '{}',
  },
  referral_document: { id, referral_id: id, kind: 'TRANSFER_LETTER', title: '演示', file_id: id, added_position: 1, added_by_code: agencyCode },
  case_step: {
    id, case_id: id, position: 1, act: 'BEGIN_INVESTIGATION', status: 'INVESTIGATING', at, actor_code: agencyCode, officer_id: 'o', basis_instrument: '市场监督管理行政处罚程序规定',
    basis_article: '22', basis_mark: 'V', standing: '{}',
  },
  compulsory_measure_act: {
    id, case_id: id, measure_id: id, position: 1, act: 'ORDER_COMPULSORY_MEASURE', status: 'IN_FORCE', at, actor_code: agencyCode, officer_id: 'o', basis_instrument: '市场监督管理行政处罚程序规定',
    basis_article: '33, 36', basis_mark: 'V', standing: '{}',
  },
  goods_lot: { id, referral_id: id, lot_no: 1, name: '演示胶囊', features: '演示', unit: '盒', quantity: 10, perishable: false, recorded_position: 1 },
  goods_movement: {
    id, lot_id: id, position: 1, seq: 1, act: 'recordGoods', from_part_id: id, part_id: id, quantity: 10, state: 'KEPT', custodian_code: agencyCode, place: '演示仓库',
  },
  signing_key: { kid: 'k1', public_jwk: '{"kty":"OKP","x":"a"}', first_used_at: at },
  referral_step_signature: {
    referral_id: id, position: 1, kid: 'k1', jws: 'a.b.c', hash: '0'.repeat(64), words_salt: 'a'.repeat(22), documents_salt: 'b'.repeat(22), signed_at: at,
  },
  clue: {
    id, version: 3, status: 'FILED', agency_code: agencyCode, source: 'INSPECTION', source_ref: '1', region_code: '210100', party_kind: 'ENTERPRISE', party_name: '演示甲药业有限公司',
    facts: '演示', received_at: earlier, recorded_at: at, met: true, case_id: id, case_officers: ['a', 'b'], updated_at: at,
  },
  clue_act: {
    id, clue_id: id, position: 1, act: 'RECORD_CLUE', status: 'RECEIVED', at, actor_code: agencyCode, officer_id: 'o', basis_instrument: '市场监督管理行政处罚程序规定', basis_article: '18',
    basis_mark: 'V',
  },
  cooperation: {
    id, version: 3, kind: 'ASSISTANCE', status: 'ANSWERED', agency_code: agencyCode, asked_codes: [police], title: '演示', content: '演示', requested_at: earlier, met: true, updated_at: at,
  },
  cooperation_act: {
    id, cooperation_id: id, position: 1, act: 'REQUEST_ASSISTANCE', status: 'REQUESTED', at, actor_code: agencyCode, officer_id: 'o', basis_instrument: '市场监督管理行政处罚程序规定',
    basis_article: '45', basis_mark: 'V',
  },
  cooperation_document: { id, cooperation_id: id, position: 1, title: '演示', file_id: id },
  duty_crime_clue: {
    id, version: 3, status: 'CONCLUDED', agency_code: agencyCode, officer_id: 'o', receiver_code: police, official: '演示', facts: '演示', result: 'FILED', sent_at: earlier, updated_at: at,
  },
  duty_crime_clue_act: { id, clue_id: id, position: 1, act: 'sendDutyCrimeClue', status: 'SENT', at, actor_code: agencyCode, officer_id: 'o', text: null },
  act_commit: { record: id, at },
  supervision_record: { id, kind: 'OVERDUE', case_id: id, case_no: '演示', owes_code: agencyCode, since: at, basis: '{}', found_at: at },
  case_file_call: { id, case_id: id, agency_code: agencyCode, officer_id: 'o', reasons: '演示', called_at: at },
};

const asked: Row = { status: 'REQUESTED', due_at: at, deadline: '{}', met: null };
const tested: Row = { kind: 'TEST', product_name: '演示', cost_bearer: 'PUBLIC_FUNDS', test_conclusion: 'CONFORMS' };
/** Both ends must be registered; in these rows the one agency is both. */
const transferred: Row = { status: 'TRANSFERRED', police_agency_code: agencyCode, procuratorate_agency_code: agencyCode };
const indicted: Row = { ...transferred, status: 'INDICTED', court_agency_code: agencyCode, indictment_no: '1' };
const judged: Row = { ...indicted, status: 'JUDGED', judgment_no: '1', judgment_outcome: 'CONVICTED', judgment_instance: 'FIRST', judged_on: '2026-11-21' };
const ended: Row = { ended_at: at, ended_case_status: 'FILED', ended_case_version: 1 };
const received: Row = { status: 'RECEIVED', met: null, case_id: null, due_at: at, deadline: '{}' };
const notFiled: Row = { status: 'NOT_FILED', case_id: null, non_filing_ground: 'OTHER_LAWFUL', reasons: '演示' };
const passedOn: Row = { status: 'TRANSFERRED', case_id: null, transferred_to_code: agencyCode, parts: [agencyCode], reasons: '演示' };
const merged: Row = { id: other, source_ref: '2', status: 'MERGED', case_id: null, merged_into_id: id, reasons: '演示' };
const ban: Row = { kind: 'INDUSTRY_BAN', party_kind: 'PERSON', amount_fen: null, starts_on: '2026-11-02', ends_on: '2036-11-02' };

const violations: Violations = {
  agency_code_is_plain: [{ code: 'mra' }, { code: 'A' }, { code: 'A/B' }],
  agency_has_a_name: [{ name: '' }, { name_en: '' }],
  agency_has_a_function: { functions: [] },
  agency_functions_are_known: { functions: ['DRUG', 'SORCERY'] },
  agency_superior_is_registered: { superior_code: nobody },
  agency_is_not_its_own_superior: { superior_code: agencyCode },
  agency_status_is_known: { status: 'ASLEEP' },
  agency_issuer_is_its_own: { code: police },
  agency_has_keys_inline_or_by_address: { jwks: '{}', jwks_uri: 'https://keys.example' },
  agency_keys_are_an_object: { jwks: '[]' },
  agency_officers_are_an_array: { officers: '{}' },
  agency_version_positive: { version: 0 },
  revoked_token_of_a_registered_agency: { agency_code: nobody },
  revoked_token_has_a_reason: { reason: '' },
  revoked_officer_of_a_registered_agency: { agency_code: nobody },
  revoked_officer_has_a_reason: { reason: '' },

  admin_case_number_once: { case_id: other },
  admin_case_number_is_not_blank: { case_no: '' },
  admin_case_version_positive: { version: 0 },
  admin_case_agency_is_registered: { agency_code: nobody },
  admin_case_status_is_known: { status: 'DREAMING' },
  admin_case_respondent_kind_is_known: { respondent_kind: 'GHOST' },
  admin_case_procedure_is_known: { procedure: 'SECRET' },
  admin_case_suspected_articles_are_an_array: { suspected_articles: '{}' },
  admin_case_criminal_waits_are_an_array: { criminal_waits: '{}' },
  admin_case_goods_value_not_negative: { goods_value_fen: -1 },
  admin_case_pending_criminal_knows_what_it_resumes_to: { status: 'PENDING_CRIMINAL' },
  admin_case_seal_names_an_officer: { sealed_until: '2026-12-01' },
  admin_case_without_seal_names_nobody: [{ seal_officers: ['o'] }, { seal_parties: [police] }],

  case_part_of_a_case: { case_id: other },
  case_part_agency_is_registered: { agency_code: nobody },
  case_part_ends_after_it_started: { ...ended, ended_at: earlier },
  case_part_end_says_how_the_case_stood: [{ ended_at: at }, { ...ended, ended_case_status: null }, { ...ended, ended_case_version: null }, { ended_case_status: 'FILED' }],
  case_part_end_names_a_referral_with_its_position: [
    { ...ended, ended_position: 1 }, { ...ended, ended_referral_id: id }, { ended_referral_id: id, ended_position: 1 },
  ],
  case_part_position_from_one: { ...ended, ended_referral_id: id, ended_position: 0 },
  case_part_runs_once: { id: other },

  supervision_record_of_a_case: { case_id: other },
  supervision_record_of_a_clue: { case_id: null, case_no: null, clue_id: other },
  supervision_record_of_a_case_or_a_clue: [{ clue_id: id }, { case_id: null, case_no: null }, { case_no: null }],
  supervision_record_of_a_referral: { referral_id: other },
  supervision_record_owed_by_a_registered_agency: { owes_code: nobody },
  supervision_record_basis_is_an_object: { basis: '[]' },

  case_file_call_of_a_case: { case_id: other },
  case_file_call_agency_is_registered: { agency_code: nobody },
  case_file_call_has_reasons: { reasons: '' },
  case_file_call_once: { id: other },

  case_seal_number_once: { id: other },
  case_seal_of_a_case: { case_id: other },
  case_seal_has_a_basis: { basis: '' },
  case_seal_names_an_officer: { officers: [] },
  case_seal_is_acknowledged_by_services: { acknowledged_by: ['gateway'] },
  case_seal_lifted_by_somebody_with_a_reason: [{ lifted_at: at }, { lifted_at: at, lifted_by_officer: 'h' }, { lifted_at: at, lifted_reason: '演示' }, { lifted_by_officer: 'h' }],

  case_exclusion_of_a_case: { case_id: other },
  case_exclusion_has_a_reason: { reason: '' },
  case_exclusion_ends_by_somebody_with_a_reason: [
    { readmitted_at: at }, { readmitted_at: at, readmitted_by_officer: 'h' }, { readmitted_at: at, readmitted_reason: '演示' }, { readmitted_reason: '演示' },
  ],
  case_exclusion_runs_once: { id: other },

  penalty_decision_article_change_has_a_reason: { article_change_reason: '' },
  penalty_decision_of_a_case: { case_id: other },
  penalty_decision_authority_is_registered: { agency_code: nobody },
  penalty_decision_document_no_once: { id: other },
  penalty_decision_document_no_has_a_year: { document_no: '12号' },
  penalty_decision_is_served_after_it_is_made: { served_on: '2026-11-01' },
  penalty_decision_service_is_recorded_with_its_day: [{ served_on: null }, { service_recorded_at: null }],
  penalty_decision_procedure_is_known: { procedure: 'SECRET' },
  penalty_decision_domain_is_known: { domain: 'TOYS' },
  penalty_decision_tier_is_known: { tier: 'SAVAGE' },
  penalty_decision_party_kind_is_known: { party_kind: 'STATE', party_uscc: null },
  penalty_decision_only_an_entity_has_a_credit_code: { party_kind: 'PERSON' },
  penalty_decision_amounts_not_negative: [{ goods_value_fen: -1 }, { gains_fen: -1 }],

  penalty_item_of_a_decision: { decision_id: other },
  penalty_item_order_once: { id: other },
  penalty_item_order_from_one: { seq: 0 },
  penalty_item_kind_is_known: { kind: 'SCOLDING' },
  penalty_item_party_kind_is_known: { party_kind: 'STATE' },
  penalty_item_amount_not_negative: { kind: 'OTHER', amount_fen: -1 },
  penalty_item_money_has_an_amount: [{ amount_fen: null }, { kind: 'CONFISCATION_OF_GAINS', amount_fen: null }, { kind: 'CONFISCATION_OF_GOODS', amount_fen: null }],
  penalty_item_fine_is_positive: { amount_fen: 0 },
  penalty_item_ban_is_of_a_person_with_a_start: [
    { ...ban, party_kind: 'ENTITY' }, { ...ban, starts_on: null, ends_on: null, for_life: true }, { ...ban, ends_on: null }, { ...ban, for_life: true },
  ],
  penalty_item_detention_is_of_a_person: { kind: 'DETENTION' },
  penalty_item_ends_after_it_starts: { starts_on: '2026-11-02', ends_on: '2026-11-01' },
  penalty_item_end_has_a_start: { ends_on: '2026-11-01' },
  penalty_item_for_life_has_no_end: { kind: 'OTHER', starts_on: '2026-11-01', ends_on: '2026-11-02', for_life: true },
  penalty_item_basis_names_an_article: [{ basis_article: '' }, { basis_instrument: '' }],
  penalty_item_id_digest_of_a_person: [{ party_id_digest: 'a'.repeat(64) }, { party_kind: 'PERSON', party_id_digest: 'a' }],
  penalty_item_basis_mark_is_known: { basis_mark: 'X' },

  referral_number_once: { id: other, status: 'CLOSED', police_agency_code: agencyCode, procuratorate_agency_code: agencyCode },
  referral_one_under_way: { id: other, referral_no: '演移〔2026〕2号' },
  referral_of_a_case: { case_id: other },
  referral_filing_agency_is_registered: { ...transferred, filing_agency_code: nobody },
  referral_police_is_registered: { police_agency_code: nobody },
  referral_procuratorate_is_registered: { procuratorate_agency_code: nobody },
  referral_status_is_known: { ...transferred, status: 'LOST' },
  referral_task_force_of_two: { task_force: ['a'] },
  referral_transferred_has_police_and_procuratorate: [{ ...transferred, procuratorate_agency_code: null }, { ...transferred, status: 'CLOSED', police_agency_code: null }],
  referral_holder_follows_the_status: [{ holder_code: police }, { ...transferred, holder_code: police }],
  referral_due_with_its_rule: [{ due_at: at }, { deadline: '{}' }],
  referral_supplement_names_gaps: { ...transferred, status: 'SUPPLEMENT_REQUIRED', review_started_at: at },
  referral_review_counts_from_a_receipt: [{ ...transferred, status: 'UNDER_FILING_REVIEW' }, { ...transferred, status: 'SUPPLEMENT_REQUIRED', gaps: ['演示'] }],
  referral_filed_with_decision: [
    { ...transferred, status: 'FILED', decision_no: '1', decided_on: '2026-11-21' }, { ...transferred, status: 'FILED', decision_no: '1', filed_charge: 'OTHER' },
    { ...transferred, status: 'FILED', decided_on: '2026-11-21', filed_charge: 'OTHER' },
  ],
  referral_not_filed_with_reasons: [{ ...transferred, status: 'NOT_FILED', not_filed_reasons: '演示' }, { ...transferred, status: 'NOT_FILED', decided_on: '2026-11-21' }],
  referral_returned_with_reasons: { ...transferred, status: 'RETURNED' },
  referral_court_is_registered: { court_agency_code: nobody },
  referral_withdrawn_with_reasons: { ...transferred, status: 'CASE_WITHDRAWN' },
  referral_non_prosecution_is_known: { non_prosecution_kind: 'MERCY' },
  referral_not_prosecuted_with_reasons: [
    { ...transferred, status: 'NOT_PROSECUTED', non_prosecution_kind: 'STATUTORY' }, { ...transferred, status: 'NOT_PROSECUTED', non_prosecution_reasons: '演示' },
  ],
  referral_indicted_at_a_court: { ...transferred, status: 'INDICTED', court_agency_code: agencyCode },
  referral_judgment_is_known: [{ judgment_outcome: 'DREW' }, { judgment_instance: 'THIRD' }],
  referral_judged_with_judgment: [
    { ...indicted, status: 'JUDGED' }, { ...judged, judgment_no: null }, { ...judged, judgment_outcome: null }, { ...judged, judgment_instance: null }, { ...judged, judged_on: null },
  ],
  referral_effective_from_a_day: [{ ...judged, status: 'JUDGED_EFFECTIVE' }, { ...judged, status: 'JUDGED_EFFECTIVE', effective_on: '2026-11-20' }],
  referral_version_positive: { version: 0 },

  referral_order_has_a_number: { order_no: '' },
  referral_review_extension_is_known: { review_extension: 'ENDLESS' },
  referral_timeline_tracks_are_an_array: { tracks: '{}' },
  referral_timeline_position_once: { id: other },
  referral_timeline_of_a_referral: { referral_id: other },
  referral_timeline_position_from_one: { position: 0 },
  referral_timeline_mark_is_known: { basis_mark: 'X' },
  referral_timeline_refusal_keeps_the_report: { act: 'REFUSE_REFERRAL', detail: '{"reasons":"演示","facts":"演示"}' },

  referral_document_of_a_referral: { referral_id: other },
  referral_document_names_stored_bytes: { file_id: other },
  referral_document_file_once: { id: other },
  referral_document_kind_is_known: { kind: 'POEM' },
  referral_document_has_a_title: { title: '' },

  compulsory_measure_act_of_a_case: { case_id: other },
  compulsory_measure_act_position_once: { id: other },
  compulsory_measure_act_position_from_one: { position: 0 },
  compulsory_measure_act_status_is_known: { status: 'LAPSED' },
  compulsory_measure_act_mark_is_known: { basis_mark: 'X' },
  compulsory_measure_act_due_with_its_rule: { due_at: at },
  compulsory_measure_act_says_how_it_stands: { standing: '[]' },
  goods_lot_of_a_referral: { referral_id: other },
  goods_lot_number_once: { id: other },
  goods_lot_number_from_one: { lot_no: 0 },
  goods_lot_is_named: { unit: '' },
  goods_lot_is_some: { quantity: 0 },
  goods_movement_of_a_lot: { lot_id: other },
  goods_movement_custodian_is_registered: { custodian_code: nobody },
  goods_movement_in_order: { id: other },
  goods_movement_is_of_some: { quantity: 0 },
  goods_movement_state_is_known: { state: 'LOST' },
  goods_movement_has_a_custodian_to_its_end: { custodian_code: null },
  goods_movement_is_somewhere_to_its_end: { place: null },
  goods_movement_disposal_names_who_pays: { cost_owner: 'PARTY' },
  goods_movement_cost_owner_is_known: { state: 'DISPOSED', custodian_code: null, place: null, cost_owner: 'NOBODY' },
  signing_key_holds_no_secret: { kid: 'k2', public_jwk: '{"kty":"OKP","x":"a","d":"b"}' },
  referral_step_signature_of_a_step: { position: 2 },
  referral_step_signature_by_a_known_key: { kid: 'k9' },
  referral_step_signature_is_compact: { jws: 'a.b' },
  referral_step_signature_hash_is_hex: { hash: 'X'.repeat(64) },
  referral_step_signature_has_two_salts: { documents_salt: 'a'.repeat(22) },

  clue_version_positive: { version: 0 },
  clue_agency_is_registered: { agency_code: nobody },
  clue_number_of_a_source_once: { id: other, ...received },
  clue_status_is_known: { ...received, status: 'FORGOTTEN', due_at: null, deadline: null, met: true },
  clue_source_is_known: { source: 'DREAM' },
  clue_party_kind_is_known: { party_kind: 'GHOST' },
  clue_names_a_party: { party_name: null },
  clue_person_has_no_credit_code: { party_kind: 'NATURAL_PERSON', enterprise_uscc: '91210102MA00000001' },
  clue_facts_are_not_blank: { facts: '' },
  clue_articles_are_an_array: { suspected_articles: '{}' },
  clue_tests_are_an_array: { tests: '{}' },
  clue_received_before_it_is_recorded: { recorded_at: '2026-11-20T09:59:59+08:00' },
  clue_due_with_its_rule: [{ ...received, status: 'AWAITING_TEST', due_at: null }, { ...received, deadline: null }],
  clue_under_review_has_a_clock: [{ ...received, due_at: null, deadline: null }, { ...received, status: 'VERIFYING', due_at: null, deadline: null }],
  clue_decided_has_no_clock: { due_at: at, deadline: '{}' },
  clue_decided_in_time_or_not: [{ met: null }, { ...received, met: true }],
  clue_filed_as_a_case: [{ case_id: null }, { ...received, case_id: id }],
  clue_of_a_case_once: { id: other, source_ref: '2' },
  clue_case_is_there: { case_id: other },
  clue_filed_for_two_officers: { case_officers: ['a'] },
  clue_not_filed_on_a_ground: [{ ...notFiled, non_filing_ground: null }, { non_filing_ground: 'OTHER_LAWFUL' }],
  clue_non_filing_ground_is_known: { ...notFiled, non_filing_ground: 'FRIENDSHIP' },
  clue_transferred_to_an_agency: [{ ...passedOn, transferred_to_code: null }, { transferred_to_code: agencyCode, parts: [agencyCode] }],
  clue_receiver_is_registered: { ...passedOn, transferred_to_code: nobody, parts: [nobody] },
  clue_receiver_has_a_part: { ...passedOn, parts: [] },
  clue_transferred_from_a_clue: { transferred_from_id: other },
  clue_merged_into_another: [{ ...merged, merged_into_id: null }, { ...merged, merged_into_id: other }],
  clue_merged_into_a_clue: { ...merged, merged_into_id: '01990000-0000-7000-8000-000000000003' },
  clue_ended_with_reasons: [{ ...notFiled, reasons: null }, { ...passedOn, reasons: null }, { ...merged, reasons: null }],

  case_step_of_a_case: { case_id: other },
  case_step_position_once: { id: other },
  case_step_position_from_one: { position: 0 },
  case_step_mark_is_known: { basis_mark: 'X' },
  case_step_due_with_its_rule: [{ due_at: at }, { deadline: '{}' }],
  case_step_says_how_the_case_stands: { standing: '[]' },

  clue_act_of_a_clue: { clue_id: other },
  clue_act_position_once: { id: other },
  clue_act_position_from_one: { position: 0 },
  clue_act_mark_is_known: { basis_mark: 'X' },

  duty_crime_clue_version_positive: { version: 0 },
  duty_crime_clue_status_is_known: { status: 'FORGOTTEN', result: null },
  duty_crime_clue_agency_is_registered: { agency_code: nobody },
  duty_crime_clue_goes_to_another_agency: { receiver_code: agencyCode },
  duty_crime_clue_official_is_not_blank: { official: '' },
  duty_crime_clue_facts_are_not_blank: { facts: '' },
  duty_crime_clue_concluded_with_a_result: [{ result: null }, { status: 'RECEIVED' }],
  duty_crime_clue_result_is_known: { result: 'FORGIVEN' },
  duty_crime_clue_act_of_a_clue: { clue_id: other },
  duty_crime_clue_act_position_once: { id: other },
  duty_crime_clue_act_position_from_one: { position: 0 },

  cooperation_version_positive: { version: 0 },
  cooperation_kind_is_known: { kind: 'FRIENDSHIP', met: null },
  cooperation_status_is_known: { ...asked, status: 'FORGOTTEN', due_at: null, deadline: null },
  cooperation_agency_is_registered: { agency_code: nobody },
  cooperation_asks_somebody: { asked_codes: [] },
  cooperation_asks_somebody_else: { asked_codes: [agencyCode] },
  cooperation_case_is_there: { case_id: other },
  cooperation_title_is_not_blank: { title: '' },
  cooperation_content_is_not_blank: { content: '' },
  cooperation_due_with_its_rule: [{ ...asked, deadline: null }, { deadline: '{}' }],
  cooperation_has_a_clock_until_it_ends: [{ ...asked, due_at: null, deadline: null }, { due_at: at, deadline: '{}' }, { ...tested, ...asked, test_conclusion: null }],
  cooperation_answered_in_time_or_not: [{ met: null }, { ...asked, met: true }, { ...tested, met: null }],
  cooperation_joint_supervision_has_a_level: [{ level: 'CITY' }, { kind: 'JOINT_SUPERVISION', status: 'CONCLUDED' }],
  cooperation_level_is_known: { kind: 'JOINT_SUPERVISION', status: 'CONCLUDED', level: 'LOCAL' },
  cooperation_test_says_what_and_who_pays: [{ ...tested, product_name: null }, { ...tested, cost_bearer: null }, { product_name: '演示' }],
  cooperation_batch_is_of_a_test: { batch_no: '1' },
  cooperation_cost_bearer_is_known: { ...tested, cost_bearer: 'PARTY' },
  cooperation_test_is_answered_with_a_conclusion: [{ ...tested, test_conclusion: null }, { test_conclusion: 'CONFORMS' }],
  cooperation_conclusion_is_known: { ...tested, test_conclusion: 'GOOD' },
  cooperation_early_consultation_is_about_a_case: { kind: 'EARLY_CONSULTATION', status: 'CONCLUDED', met: null },
  cooperation_act_of_a_cooperation: { cooperation_id: other },
  cooperation_act_position_once: { id: other },
  cooperation_act_position_from_one: { position: 0 },
  cooperation_act_mark_is_known: { basis_mark: 'X' },
  cooperation_document_of_an_act: { position: 2 },
  cooperation_document_names_stored_bytes: { file_id: other },
  cooperation_document_file_once: { id: other },
  cooperation_document_has_a_title: { title: '' },
};

describe('the constraints of the database', () => {
  let probe: ConstraintProbe;
  beforeAll(async () => {
    probe = await ConstraintProbe.open(enforcementService, lawful);
  });
  afterAll(() => probe?.close());

  it('has a row for every constraint, and a constraint for every row', () => expect(probe.unmatched(violations)).toEqual([]));

  it('refuses each of them by its own name', async () => {
    const found = await probe.refusals(violations);
    expect(found.map(({ change, refusedBy }) => ({ change, refusedBy }))).toEqual(found.map(({ change, expected }) => ({ change, refusedBy: expected })));
  });
});

it('what only grows is not changed by the running service', async () => {
  const world = await World.start();
  try {
    await expect(world.harness.dataSource.query('update penalty_item set amount_fen = 1')).rejects.toThrow('permission denied');
    await expect(world.harness.dataSource.query('delete from revoked_token')).rejects.toThrow('permission denied');
  } finally {
    await world.stop();
  }
});

it('goes down as it came up', async () => {
  const own = await World.start();
  try {
    const owner = await openDatabase({ url: own.harness.ownerUrl, applicationName: 'test', migrations: enforcementMigrations });
    try {
      for (let left = enforcementMigrations.length; left > 0; left -= 1) await owner.undoLastMigration();
      const tables = await owner.query<{ tablename: string }[]>(`select tablename from pg_tables where schemaname = 'public'`);
      expect(tables.map((t) => t.tablename)).toEqual(['migrations']);
    } finally {
      await owner.destroy();
    }
  } finally {
    await own.stop();
  }
});
