import 'reflect-metadata';
import { ConstraintProbe, type LawfulRows, type Row, type ServiceHarness, startServiceForTest, type Violations } from '@casebridge/testkit';
import { inspectionService } from '../service';
import { concluded, givenDefect, givenEnterprise, givenInspection, givenKeyPerson, givenLicence, givenProduct, givenRegions, underWay } from '../testing/world';

/*
 * What must never be false, asked of the database itself: every constraint has a row that violates it and nothing else.
 */

const [id, other] = ['01990000-0000-7000-8000-000000000001', '01990000-0000-7000-8000-000000000002'];
const uscc = '91210102MA00000001';
const nobody = '91210102MA00000002';

const lawful: LawfulRows = {
  region: { code: '210102', name: '演示区', name_en: 'Demo district', kind: 'DISTRICT' },
  enterprise: {
    uscc, name: '甲省演示制药有限公司', kinds: ['PRODUCER'], region_code: '210102', address: '演示路1号', agency_code: 'MRA-210102', risk_tier: 'B', risk_score: 40,
    registered_on: '2020-01-02', search_text: '演示', search_bigrams: ['演示'],
  },
  licence: {
    id, uscc, kind: 'DRUG_PRODUCTION', number: '辽20200001', class_code: 'AhBhz', issued_by_agency_code: 'DRA-210000', valid_from: '2022-01-01', valid_to: '2026-12-31',
    status: 'VALID',
  },
  key_person: { id, uscc, post: 'QUALITY_HEAD', name: '演示人员', from_date: '2021-05-01', to_date: '2021-05-01' },
  product: {
    id, kind: 'DRUG', name: '演示片', registration_no: '国药准字H20260001', holder_uscc: uscc, domain: 'DRUG', search_text: '演示', search_bigrams: ['演示'],
  },
  inspection: {
    id, inspection_no: '演检〔2026〕1号', uscc, medical_institution: false, kind: 'ROUTINE', unannounced: false, level: 'DISTRICT', status: 'CONCLUDED',
    agency_code: 'MRA-210102', region_code: '210102', planned_on: '2026-10-01', conducted_on: '2026-10-12', concluded_at: '2026-10-20T09:00:00+08:00',
    on_site_conclusion: 'COMPLIANT', conclusion: 'COMPLIANT', published_on: '2026-10-20', publication_ends_on: '2026-10-20', team: ['演示-1', '演示-2'],
  },
  inspection_defect: { id, inspection_id: id, grade: 'MINOR', clause: 'GMP 第10条', description: '记录不完整', status: 'CLOSED', cleared_on: '2026-11-01' },
};

/** What the lawful inspection is not yet when nobody has concluded it, or nobody has been there. */
const open: Row = { status: 'UNDER_WAY', concluded_at: null, on_site_conclusion: null, conclusion: null, published_on: null, publication_ends_on: null };
const planned: Row = { ...open, status: 'PLANNED', conducted_on: null, team: [] };
const unpublished: Row = { published_on: null, publication_ends_on: null };

const violations: Violations = {
  region_code_shape: [{ code: 'x' }, { code: '2' }],
  region_name_not_blank: [{ name: ' ' }, { name_en: '' }],
  region_kind_known: { kind: 'PLANET' },
  region_parent_exists: { parent_code: '990000' },
  region_not_its_own_parent: { parent_code: '210102' },
  region_province_at_the_top: { kind: 'PROVINCE', parent_code: '990000' },

  enterprise_uscc_shape: [{ uscc: '91210102MA00000I' }, { uscc: '91210102MA00000O19' }],
  enterprise_name_not_blank: { name: ' ' },
  enterprise_kinds_known: [{ kinds: [] }, { kinds: ['PRODUCER', 'SHOP'] }],
  enterprise_region_exists: { region_code: '000000' },
  enterprise_risk_tier_known: { risk_tier: 'E' },
  enterprise_risk_score_in_hundred: [{ risk_score: 101 }, { risk_score: -1 }],
  enterprise_risk_score_behind_a_tier: { risk_tier: null },

  licence_enterprise_exists: { uscc: nobody },
  licence_number_unique: { id: other },
  licence_number_not_blank: { kind: 'DEVICE_PRODUCTION', number: ' ' },
  licence_kind_known: { kind: 'DRIVING' },
  licence_production_number_is_province_year_serial: [{ number: '辽202012345' }, { number: '国20201234' }],
  licence_distribution_number_is_province_class_region_serial: { kind: 'DRUG_DISTRIBUTION', number: '辽AA21010000', class_code: null },
  licence_production_class_of_letters: { class_code: 'Eh' },
  licence_dates_ordered: { valid_to: '2021-12-31' },
  licence_expiry_is_not_stored: { status: 'EXPIRED' },

  key_person_enterprise_exists: { uscc: nobody },
  key_person_name_not_blank: { name: ' ' },
  key_person_post_known: { post: 'DRIVER' },
  key_person_dates_ordered: { to_date: '2021-04-30' },

  product_name_not_blank: { name: ' ' },
  product_kind_known: { kind: 'FOOD' },
  product_holder_exists: { holder_uscc: nobody },
  product_registration_no_not_blank: { registration_no: ' ' },
  product_of_registered_kind_has_registration_no: [{ registration_no: null }, { kind: 'DEVICE', domain: 'DEVICE', registration_no: null }],
  product_unapproved_has_no_registration_no: { kind: 'UNAPPROVED' },
  product_domain_known: { kind: 'UNAPPROVED', registration_no: null, domain: 'TOYS' },
  product_domain_of_its_kind: [{ domain: 'DEVICE' }, { kind: 'COSMETIC' }, { kind: 'DEVICE' }],

  inspection_no_unique: { id: other },
  inspection_no_not_blank: { inspection_no: ' ' },
  inspection_enterprise_exists: { uscc: nobody },
  inspection_region_exists: { region_code: '999999' },
  inspection_kind_known: { kind: 'SURPRISE' },
  inspection_level_known: { level: 'VILLAGE' },
  inspection_status_known: { ...open, status: 'DONE', on_site_conclusion: 'COMPLIANT' },
  inspection_planned_has_planned_day: { ...planned, planned_on: null },
  inspection_conducted_unless_planned: [{ ...planned, status: 'UNDER_WAY', team: ['a', 'b'] }, { ...open, status: 'PLANNED' }],
  inspection_team_of_two_when_conducted: [{ team: ['演示-1'] }, { team: ['演示-1', '演示-1'] }, { team: ['演示-1', null, '演示-2'] }],
  inspection_on_site_conclusion_is_one_of_three: { on_site_conclusion: 'PASSED' },
  inspection_on_site_conclusion_only_when_conducted: { ...planned, on_site_conclusion: 'COMPLIANT' },
  inspection_on_site_conclusion_once_the_visit_ended: [{ on_site_conclusion: null }, { ...open, status: 'AWAITING_RECTIFICATION' }],
  inspection_conclusion_is_one_of_two: { conclusion: 'ASSESS_AFTER_RECTIFICATION' },
  inspection_conclusion_exactly_when_concluded: [{ conclusion: null }, { ...open, on_site_conclusion: 'COMPLIANT', conclusion: 'COMPLIANT' }],
  inspection_concluded_at_exactly_when_concluded: [{ concluded_at: null }, { ...open, concluded_at: '2026-10-20T09:00:00+08:00' }],
  inspection_conducted_not_before_planned: { conducted_on: '2026-09-30' },
  // 00:30 on the 12th in China is still the 11th in UTC: the civil date counts.
  inspection_concluded_not_before_conducted: { conducted_on: '2026-10-13', concluded_at: '2026-10-12T00:30:00+08:00' },
  inspection_published_only_when_concluded: { ...open, published_on: '2026-11-01' },
  inspection_published_not_before_concluded: { ...unpublished, published_on: '2026-10-19' },
  inspection_publication_ends_after_it_began: [{ publication_ends_on: '2026-10-19' }, { published_on: null }],
  inspection_version_positive: { version: 0 },

  inspection_defect_inspection_exists: { inspection_id: other },
  inspection_defect_grade_known: { grade: 'HUGE' },
  inspection_defect_status_known: { status: 'GONE', cleared_on: null },
  inspection_defect_text_not_blank: [{ clause: '  ' }, { description: '' }],
  inspection_defect_cleared_exactly_when_closed: [{ cleared_on: null }, { status: 'OPEN' }],
};

describe('the constraints of the database', () => {
  let probe: ConstraintProbe;
  beforeAll(async () => {
    probe = await ConstraintProbe.open(inspectionService, lawful);
  });
  afterAll(() => probe?.close());

  it('has a row for every constraint, and a constraint for every row', () => expect(probe.unmatched(violations)).toEqual([]));

  it('refuses each of them by its own name', async () => {
    const found = await probe.refusals(violations);
    expect(found.map(({ change, refusedBy }) => ({ change, refusedBy }))).toEqual(found.map(({ change, expected }) => ({ change, refusedBy: expected })));
  });
});

describe('what they must not refuse', () => {
  let hub: ServiceHarness;
  let by: string;
  beforeAll(async () => {
    hub = await startServiceForTest(inspectionService);
    await givenRegions(hub.dataSource);
    by = (await givenEnterprise(hub.dataSource)).uscc;
  });
  afterAll(() => hub.stop());

  it('takes lawful rows', async () => {
    const db = hub.dataSource;
    await givenLicence(db, by);
    await givenLicence(db, by, { kind: 'DRUG_DISTRIBUTION', number: '辽AA210100001', classCode: null });
    await givenLicence(db, by, { kind: 'MEDICAL_INSTITUTION', number: 'PDY-演示-1', classCode: null, validTo: null });
    await givenKeyPerson(db, by);
    await givenProduct(db, { kind: 'UNAPPROVED', registrationNo: null, domain: 'GENERAL' });
    await givenProduct(db, { kind: 'TCM_SLICES', registrationNo: null });
    await givenInspection(db, by);
    await givenInspection(db, by, underWay);
    await givenInspection(db, by, { ...underWay, status: 'AWAITING_RECTIFICATION', onSiteConclusion: 'ASSESS_AFTER_RECTIFICATION' });
    const inspection = await givenInspection(db, by, { ...concluded, plannedOn: null, publishedOn: '2026-10-20', publicationEndsOn: '2026-10-20' });
    await givenDefect(db, inspection.id, { status: 'CLOSED', clearedOn: '2026-11-01' });
    const [row] = await db.query('select scheduled_on from inspection where id = $1', [inspection.id]);
    expect(row).toEqual({ scheduled_on: '2026-10-12' });
  });

  it('takes a conclusion early in the day of the visit', async () => {
    await givenInspection(hub.dataSource, by, { ...concluded, concludedAt: new Date('2026-10-12T00:30:00+08:00') });
  });
});
