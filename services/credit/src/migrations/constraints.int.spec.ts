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
    class: 'GENERAL', search_text: '示例', search_bigrams: ['示例'],
  },
  credit_punishment: {
    id, kind: 'INDUSTRY_BAN', case_id: id, decision_id: id, penalty_item_id: id, document_no: '示例药监处罚〔2026〕1号', party_kind: 'PERSON', party_name: '示例当事人甲',
    agency_code: 'DRUG-own', region_code: '210102', basis_instrument: '中华人民共和国药品管理法', basis_article: '118', basis_mark: 'V', starts_on: '2026-06-03',
    ends_on: '2036-06-03', for_life: false, published_on: '2026-06-03', publication_ends_on: '2029-06-03', listed_on: '2026-06-03',
  },
  act_commit: { record: id, at },
};

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
  disclosure_record_withdrawn_with_reason: [{ withdrawn_at: at }, { withdrawal_reason: '演示' }],

  credit_punishment_one_per_penalty: { id: other },
  credit_punishment_kind_known: { kind: 'SCOLDING' },
  credit_punishment_party_kind_known: { party_kind: 'STATE' },
  credit_punishment_basis_mark_known: { basis_mark: 'X' },
  credit_punishment_ends_or_is_for_life: [{ for_life: true }, { ends_on: null }],
  credit_punishment_ends_after_start: { ends_on: '2026-06-02' },
  credit_punishment_shown_only_once_published: { published_on: null },
  credit_punishment_id_digest_of_person: [{ person_id_digest: 'a' }, { party_kind: 'ENTITY', person_id_digest: 'a'.repeat(64) }],
  credit_punishment_shown_from_publication_on: { publication_ends_on: '2026-06-02' },
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
