import 'reflect-metadata';
import { type ServiceHarness, startServiceForTest } from '@casebridge/testkit';
import { inspectionService } from '../service';
import {
  concluded, givenDefect, givenEnterprise, givenInspection, givenKeyPerson, givenLicence, givenProduct, givenRegions, newId, underWay,
} from '../testing/world';

/** What must never be false, asked of the database itself: each row is lawful but for one thing. */
describe('constraints of the inspection database', () => {
  let hub: ServiceHarness;
  let uscc: string;
  beforeAll(async () => {
    hub = await startServiceForTest(inspectionService);
    await givenRegions(hub.dataSource);
    ({ uscc } = await givenEnterprise(hub.dataSource));
  });
  afterAll(() => hub.stop());

  const refusedBy = async (constraint: string, act: () => Promise<unknown>) =>
    expect(await act().then(() => 'accepted', (e: { driverError?: { constraint?: string } }) => e.driverError?.constraint ?? e)).toBe(constraint);

  it('takes lawful rows', async () => {
    const db = hub.dataSource;
    await givenLicence(db, uscc);
    await givenLicence(db, uscc, { kind: 'DRUG_DISTRIBUTION', number: '辽AA210100001', classCode: null });
    await givenLicence(db, uscc, { kind: 'MEDICAL_INSTITUTION', number: 'PDY-演示-1', classCode: null, validTo: null });
    await givenKeyPerson(db, uscc);
    await givenProduct(db, { kind: 'UNAPPROVED', registrationNo: null, domain: 'GENERAL' });
    await givenProduct(db, { kind: 'TCM_SLICES', registrationNo: null });
    await givenInspection(db, uscc);
    await givenInspection(db, uscc, underWay);
    await givenInspection(db, uscc, { ...underWay, status: 'AWAITING_RECTIFICATION', onSiteConclusion: 'ASSESS_AFTER_RECTIFICATION' });
    const inspection = await givenInspection(db, uscc, { ...concluded, plannedOn: null, publishedOn: '2026-10-20', publicationEndsOn: '2026-10-20' });
    await givenDefect(db, inspection.id, { status: 'CLOSED', clearedOn: '2026-11-01' });
    const [row] = await db.query('select scheduled_on from inspection where id = $1', [inspection.id]);
    expect(row).toEqual({ scheduled_on: '2026-10-12' });
  });

  it.each<[string, Parameters<typeof givenInspection>[2]]>([
    ['inspection_conclusion_exactly_when_concluded', { ...underWay, onSiteConclusion: 'COMPLIANT', conclusion: 'COMPLIANT' }],
    ['inspection_conclusion_exactly_when_concluded', { ...concluded, conclusion: null }],
    ['inspection_concluded_at_exactly_when_concluded', { ...concluded, concludedAt: null }],
    ['inspection_concluded_at_exactly_when_concluded', { ...underWay, concludedAt: new Date('2026-10-20T01:00:00Z') }],
    ['inspection_conclusion_is_one_of_two', { ...concluded, conclusion: 'ASSESS_AFTER_RECTIFICATION' as never }],
    ['inspection_on_site_conclusion_is_one_of_three', { ...underWay, onSiteConclusion: 'PASSED' as never }],
    ['inspection_on_site_conclusion_once_the_visit_ended', { ...concluded, onSiteConclusion: null }],
    ['inspection_on_site_conclusion_once_the_visit_ended', { ...underWay, status: 'AWAITING_RECTIFICATION' }],
    ['inspection_on_site_conclusion_only_when_conducted', { onSiteConclusion: 'COMPLIANT' }],
    ['inspection_conducted_unless_planned', { status: 'UNDER_WAY', team: ['a', 'b'] }],
    ['inspection_conducted_unless_planned', { ...underWay, status: 'PLANNED' }],
    ['inspection_planned_has_planned_day', { plannedOn: null }],
    ['inspection_team_of_two_when_conducted', { ...underWay, team: ['演示-1'] }],
    ['inspection_team_of_two_when_conducted', { ...underWay, team: ['演示-1', '演示-1'] }],
    ['inspection_conducted_not_before_planned', { ...underWay, conductedOn: '2026-09-30' }],
    // 00:30 on the 12th in China is still the 11th in UTC: the civil date counts.
    ['inspection_concluded_not_before_conducted', { ...concluded, conductedOn: '2026-10-13', concludedAt: new Date('2026-10-12T00:30:00+08:00') }],
    ['inspection_published_only_when_concluded', { ...underWay, publishedOn: '2026-11-01' }],
    ['inspection_published_not_before_concluded', { ...concluded, publishedOn: '2026-10-19' }],
    ['inspection_publication_ends_after_it_began', { ...concluded, publishedOn: '2026-10-25', publicationEndsOn: '2026-10-24' }],
    ['inspection_publication_ends_after_it_began', { ...concluded, publicationEndsOn: '2026-10-24' }],
    ['inspection_kind_known', { kind: 'SURPRISE' as never }],
    ['inspection_level_known', { level: 'VILLAGE' as never }],
    ['inspection_status_known', { ...underWay, status: 'DONE' as never, onSiteConclusion: 'COMPLIANT' }],
    ['inspection_no_not_blank', { inspectionNo: ' ' }],
    ['inspection_region_exists', { regionCode: '999999' }],
    ['inspection_version_positive', { version: 0 }],
  ])('%s', (constraint, change) => refusedBy(constraint, () => givenInspection(hub.dataSource, uscc, change)));

  it('takes a conclusion early in the day of the visit', async () => {
    await givenInspection(hub.dataSource, uscc, { ...concluded, concludedAt: new Date('2026-10-12T00:30:00+08:00') });
  });

  it('inspection_no_unique, inspection_enterprise_exists', async () => {
    await givenInspection(hub.dataSource, uscc, { inspectionNo: '演检〔2026〕唯一号' });
    await refusedBy('inspection_no_unique', () => givenInspection(hub.dataSource, uscc, { inspectionNo: '演检〔2026〕唯一号' }));
    await refusedBy('inspection_enterprise_exists', () => givenInspection(hub.dataSource, '91210102MA999999X9'));
  });

  it.each<[string, Parameters<typeof givenDefect>[2]]>([
    ['inspection_defect_cleared_exactly_when_closed', { status: 'CLOSED' }],
    ['inspection_defect_cleared_exactly_when_closed', { clearedOn: '2026-11-01' }],
    ['inspection_defect_grade_known', { grade: 'HUGE' as never }],
    ['inspection_defect_text_not_blank', { clause: '  ' }],
    ['inspection_defect_inspection_exists', { inspectionId: newId() }],
  ])('%s', async (constraint, change) => {
    const { id } = await givenInspection(hub.dataSource, uscc, underWay);
    await refusedBy(constraint, () => givenDefect(hub.dataSource, id, change));
  });

  it.each<[string, Parameters<typeof givenEnterprise>[1]]>([
    ['enterprise_uscc_shape', { uscc: '91210102MA00000I' }],
    ['enterprise_uscc_shape', { uscc: '91210102MA00000O19' }],
    ['enterprise_kinds_known', { kinds: [] }],
    ['enterprise_kinds_known', { kinds: ['PRODUCER', 'SHOP' as never] }],
    ['enterprise_risk_tier_known', { riskTier: 'E' as never }],
    ['enterprise_risk_score_in_hundred', { riskScore: 101 }],
    ['enterprise_risk_score_behind_a_tier', { riskTier: null }],
    ['enterprise_name_not_blank', { name: ' ' }],
    ['enterprise_region_exists', { regionCode: '000000' }],
  ])('%s', (constraint, change) => refusedBy(constraint, () => givenEnterprise(hub.dataSource, change)));

  it.each<[string, Parameters<typeof givenLicence>[2]]>([
    ['licence_production_number_is_province_year_serial', { number: '辽202012345' }],
    ['licence_production_number_is_province_year_serial', { number: '国20201234' }],
    ['licence_production_class_of_letters', { classCode: 'Eh' }],
    ['licence_distribution_number_is_province_class_region_serial', { kind: 'DRUG_DISTRIBUTION', number: '辽AA21010000', classCode: null }],
    ['licence_dates_ordered', { validTo: '2021-12-31' }],
    ['licence_expiry_is_not_stored', { status: 'EXPIRED' as never }],
    ['licence_kind_known', { kind: 'DRIVING' as never }],
  ])('%s', (constraint, change) => refusedBy(constraint, () => givenLicence(hub.dataSource, uscc, change)));

  it('licence_number_unique, key_person_dates_ordered, key_person_post_known', async () => {
    await givenLicence(hub.dataSource, uscc, { number: '辽20209999' });
    await refusedBy('licence_number_unique', () => givenLicence(hub.dataSource, uscc, { number: '辽20209999' }));
    await refusedBy('key_person_dates_ordered', () => givenKeyPerson(hub.dataSource, uscc, { toDate: '2021-04-30' }));
    await refusedBy('key_person_post_known', () => givenKeyPerson(hub.dataSource, uscc, { post: 'DRIVER' as never }));
  });

  it.each<[string, Parameters<typeof givenProduct>[1]]>([
    ['product_of_registered_kind_has_registration_no', { registrationNo: null }],
    ['product_of_registered_kind_has_registration_no', { kind: 'DEVICE', domain: 'DEVICE', registrationNo: null }],
    ['product_unapproved_has_no_registration_no', { kind: 'UNAPPROVED' }],
    ['product_domain_of_its_kind', { domain: 'DEVICE' }],
    ['product_domain_of_its_kind', { kind: 'COSMETIC' }],
    ['product_holder_exists', { holderUscc: '91210102MA999999X9' }],
    ['product_kind_known', { kind: 'FOOD' as never }],
  ])('%s', (constraint, change) => refusedBy(constraint, () => givenProduct(hub.dataSource, change)));

  it('keeps the tree of regions a tree', async () => {
    const region = (code: string, kind: string, parent: string | null) => () =>
      hub.dataSource.query('insert into region (code, name, name_en, kind, parent_code) values ($1, $1, $1, $2, $3)', [code, kind, parent]);
    await refusedBy('region_not_its_own_parent', region('230000', 'CITY', '230000'));
    await refusedBy('region_province_at_the_top', region('230000', 'PROVINCE', '210000'));
    await refusedBy('region_parent_exists', region('230100', 'CITY', '230000'));
    await refusedBy('region_code_shape', region('x', 'CITY', null));
  });
});
