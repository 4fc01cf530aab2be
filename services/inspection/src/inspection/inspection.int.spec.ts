import 'reflect-metadata';
import { FixedClock } from '@casebridge/kernel';
import { officer, publicReader, type ServiceHarness, startServiceForTest } from '@casebridge/testkit';
import { inspectionService } from '../service';
import {
  caseAccess, concluded, givenDefect, givenEnterprise, givenInspection, givenKeyPerson, givenLicence, givenProduct, givenRegions, newId, testNow, underWay,
} from '../testing/world';

interface Page {
  totalCount: number;
  nodes: Record<string, unknown>[];
  edges: { cursor: string }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string };
}

describe('the graph of the regulated world', () => {
  let hub: ServiceHarness;
  const clock = new FixedClock(testNow);
  const me = officer('MRA-210102', 2);
  beforeAll(async () => {
    hub = await startServiceForTest(inspectionService, { clock });
    await givenRegions(hub.dataSource);
  });
  afterAll(() => hub.stop());
  beforeEach(async () => {
    clock.set(testNow);
    await hub.dataSource.query('delete from inspection_defect; delete from inspection; delete from product; delete from licence; delete from key_person; delete from enterprise');
  });

  const ask = async (query: string, variables: Record<string, unknown> = {}, who: Parameters<ServiceHarness['as']>[0] = me) => {
    const { data, errors } = await hub.as(who).send<Record<string, unknown>>(query, variables);
    expect(errors).toBeUndefined();
    return JSON.parse(JSON.stringify(data)) as Record<string, unknown>;
  };

  it('shows an enterprise with all that hangs on it, in one query per level', async () => {
    const db = hub.dataSource;
    const { uscc } = await givenEnterprise(db, { name: '甲省演示药业', nameEn: 'Demo Pharma', kinds: ['MAH', 'PRODUCER'] });
    await givenLicence(db, uscc, { number: '辽20200001', validTo: '2026-11-20' });
    await givenLicence(db, uscc, { number: '辽20200002', validFrom: '2023-01-01', validTo: '2026-11-21', status: 'SUSPENDED' });
    await givenKeyPerson(db, uscc, { name: '演示甲' });
    await givenProduct(db, { holderUscc: uscc, name: '演示胶囊' });
    const inspection = await givenInspection(db, uscc, concluded);
    await givenDefect(db, inspection.id, { grade: 'MINOR' });
    await givenDefect(db, inspection.id, { grade: 'MAJOR', repeat: true });
    const data = await ask(`query E($u: ID!) { enterprise(uscc: $u) {
      uscc name nameEn kinds address registeredOn riskTier riskScore riskReasons region { code name kind parent { code parent { code parent { code } } } }
      supervisingAgency { code } licences { number kind classCode validTo status issuedBy { code } } keyPersons { post name fromDate toDate }
      products { totalCount nodes { name registrationNo kind dosageForm strength domain holder { uscc } } }
      inspections(first: 5) { nodes { kind unannounced status conclusion onSiteConclusion conductedOn concludedAt agency { code }
        enterprise { uscc } region { code } defects { grade repeat status } cases { id } } } } }`, { u: uscc });
    expect(data).toEqual({ enterprise: {
      uscc, name: '甲省演示药业', nameEn: 'Demo Pharma', kinds: ['MAH', 'PRODUCER'], address: '演示路1号', registeredOn: '2020-01-02', riskTier: 'B',
      riskScore: 40, riskReasons: ['重复缺陷'], supervisingAgency: { code: 'MRA-210102' },
      region: { code: '210102', name: '甲省一市东区（演示）', kind: 'DISTRICT', parent: { code: '210100', parent: { code: '210000', parent: null } } },
      licences: [
        { number: '辽20200002', kind: 'DRUG_PRODUCTION', classCode: 'AhBhz', validTo: '2026-11-21', status: 'SUSPENDED', issuedBy: { code: 'DRA-210000' } },
        { number: '辽20200001', kind: 'DRUG_PRODUCTION', classCode: 'AhBhz', validTo: '2026-11-20', status: 'EXPIRED', issuedBy: { code: 'DRA-210000' } },
      ],
      keyPersons: [{ post: 'QUALITY_HEAD', name: '演示甲', fromDate: '2021-05-01', toDate: null }],
      products: { totalCount: 1, nodes: [{ name: '演示胶囊', registrationNo: '国药准字H20260001', kind: 'DRUG', dosageForm: '片剂', strength: '0.5g', domain: 'DRUG', holder: { uscc } }] },
      inspections: { nodes: [{
        kind: 'ROUTINE', unannounced: false, status: 'CONCLUDED', conclusion: 'COMPLIANT', onSiteConclusion: 'COMPLIANT', conductedOn: '2026-10-12',
        concludedAt: '2026-10-20T01:00:00.000Z', agency: { code: 'MRA-210102' }, enterprise: { uscc }, region: { code: '210102' },
        defects: [{ grade: 'MAJOR', repeat: true, status: 'OPEN' }, { grade: 'MINOR', repeat: false, status: 'OPEN' }], cases: [],
      }] },
    } });
  });

  it('asks the database once per level, not once per row', async () => {
    const db = hub.dataSource;
    for (let i = 0; i < 8; i += 1) {
      const { uscc } = await givenEnterprise(db);
      for (let n = 0; n < 3; n += 1) await givenDefect(db, (await givenInspection(db, uscc, concluded)).id);
    }
    const sent = jest.spyOn(db.manager, 'query');
    const { enterprises } = await ask(`{ enterprises(first: 8) { nodes { uscc region { code parent { code } } licences { number } keyPersons { name }
      products(first: 2) { nodes { id } } inspections(first: 2) { totalCount nodes { id defects { id } enterprise { uscc } cases { id } } } } } }`);
    const queries = sent.mock.calls.map(([text]) => text).filter((text) => !text.includes('access_log'));
    sent.mockRestore();
    expect((enterprises as Page).nodes).toHaveLength(8);
    // enterprises; region, licences, persons, products, inspections; their parents, totals, defects, enterprises by key
    expect(queries).toHaveLength(10);
  });

  it.each([[3], [4]])('pages inspections forwards and backwards, %i at a time, newest first, while others are planned', async (size) => {
    const db = hub.dataSource;
    const { uscc } = await givenEnterprise(db);
    const days = ['2026-10-12', '2026-10-14', '2026-10-12', '2026-10-13', '2026-10-12', '2026-10-11', '2026-10-14'];
    const rows: { id: string; conductedOn: string }[] = [];
    for (const conductedOn of days) rows.push({ id: (await givenInspection(db, uscc, { ...underWay, conductedOn })).id, conductedOn });
    const expected = rows.sort((a, b) => (a.conductedOn + a.id < b.conductedOn + b.id ? 1 : -1)).map((r) => r.id);
    const LIST = `query L($first: Int, $after: String, $last: Int, $before: String) { inspections(first: $first, after: $after, last: $last, before: $before) {
      totalCount nodes { id } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
    const page = async (variables: object): Promise<Page> => (await ask(LIST, { ...variables }))['inspections'] as Page;

    const forward: Page[] = [];
    for (let after: string | null = null; ;) {
      const next: Page = await page({ first: size, after });
      forward.push(next);
      if (forward.length === 1) await givenInspection(db, uscc, { plannedOn: '2027-01-01' });
      if (!next.pageInfo.hasNextPage) break;
      after = next.pageInfo.endCursor;
    }
    expect(forward.flatMap((p) => p.nodes.map((n) => n['id']))).toEqual(expected);
    expect(forward[0]?.totalCount).toBe(7);

    const backward: string[] = [];
    for (let before: string | null = null; ;) {
      const previous: Page = await page({ last: size, before });
      backward.unshift(...previous.nodes.map((n) => n['id'] as string));
      if (!previous.pageInfo.hasPreviousPage) break;
      before = previous.pageInfo.startCursor;
    }
    expect(backward.slice(1)).toEqual(expected);
  });

  it('pages the other lists to their end without losing or doubling a row', async () => {
    const db = hub.dataSource;
    const { uscc } = await givenEnterprise(db);
    for (let i = 0; i < 4; i += 1) await givenEnterprise(db, { registeredOn: `2020-01-0${(i % 2) + 1}` });
    for (let i = 0; i < 5; i += 1) await givenProduct(db, { holderUscc: uscc });
    for (const who of [me, publicReader]) for (const field of ['enterprises', 'products', 'regions']) {
      const key = field === 'enterprises' ? 'uscc' : field === 'products' ? 'id' : 'code';
      const seen: unknown[] = [];
      for (let after: string | null = null; ;) {
        const { [field]: got } = await ask(`query L($after: String) { ${field}(first: 2, after: $after) { totalCount nodes { ${key} } pageInfo { hasNextPage endCursor } } }`, { after }, who);
        const next = got as Page;
        seen.push(...next.nodes.map((n) => n[key]));
        if (!next.pageInfo.hasNextPage) {
          expect(seen).toHaveLength(next.totalCount);
          break;
        }
        after = next.pageInfo.endCursor;
      }
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.length).toBeGreaterThan(4);
    }
  });

  it.each([
    ['{ enterprises(first: 101) { totalCount } }', 'PAGE_TOO_LARGE', 'first'],
    ['{ enterprises(first: 5, after: "AAAA") { totalCount } }', 'CURSOR_INVALID', 'after'],
    ['{ enterprises(filter: { text: " \\u200b" }) { totalCount } }', 'BAD_USER_INPUT', 'filter.text'],
    [`{ enterprises(filter: { text: "${'长'.repeat(101)}" }) { totalCount } }`, 'BAD_USER_INPUT', 'filter.text'],
    ['{ enterprises(filter: { regionCode: "\\u0000" }) { totalCount } }', 'BAD_USER_INPUT', 'filter.regionCode'],
    ['{ inspections(filter: { uscc: "91210102MA0000000X" }) { totalCount } }', 'BAD_USER_INPUT', 'filter.uscc'],
    ['{ enterprises(filter: { text: "康 _ 宁" }) { totalCount } }', 'BAD_USER_INPUT', 'filter.text'],
    ['{ products(filter: { text: "" }) { totalCount } }', 'BAD_USER_INPUT', 'filter.text'],
    ['{ regions(parent: "\\u0000") { totalCount } }', 'BAD_USER_INPUT', 'parent'],
    ['{ enterprise(uscc: "\\u0000") { uscc } }', 'BAD_USER_INPUT', 'uscc'],
    ['{ enterprises(filter: { text: "康宁\\u0000" }) { totalCount } }', 'BAD_USER_INPUT', 'filter.text'],
  ])('refuses %s', async (query, code, field) => {
    const { errors } = await hub.as(me).send(query);
    expect(errors?.[0]?.extensions).toMatchObject({ code, field });
  });

  it('answers null to keys that cannot be, without asking a table', async () => {
    const sent = jest.spyOn(hub.dataSource.manager, 'query');
    expect(await ask('{ enterprise(uscc: "x") { uscc } inspection(id: "x") { id } product(id: "%") { id } region(code: "%") { code } }'))
      .toEqual({ enterprise: null, inspection: null, product: null, region: null });
    const asked = sent.mock.calls.map(([text]) => text).filter((text) => !text.includes('access_log'));
    sent.mockRestore();
    expect(asked).toEqual([]);
  });

  it('finds enterprises by words of the name and by code, whatever their spelling', async () => {
    const db = hub.dataSource;
    const a = await givenEnterprise(db, { name: '甲省康宁（演示）制药有限公司', nameEn: 'Kangning Demo 100% Pharma' });
    const b = await givenEnterprise(db, { name: '乙省康健药房' });
    const found = async (text: string) => ((await ask('query F($t: String!) { enterprises(filter: { text: $t }) { totalCount nodes { uscc } } }', { t: text }, publicReader))['enterprises'] as Page);
    for (const [text, expected] of [
      ['康宁', [a.uscc]], ['甲省', [a.uscc]],  ['制药 甲省', [a.uscc]], ['(演示)', [a.uscc]], ['ｋａｎｇｎｉｎｇ', [a.uscc]], [a.uscc.toLowerCase().slice(4), [a.uscc]],
      ['康 药房', [b.uscc]], ['100%', [a.uscc]], ['10_% 10', []], ['康宁（演', [a.uscc]], ['健药房 康', [b.uscc]], ['宁康', []], ['演示路', []],
    ] as [string, string[]][]) {
      const { nodes, totalCount } = await found(text);
      expect([text, nodes.map((n) => n['uscc']).sort()]).toEqual([text, expected.sort()]);
      expect(totalCount).toBe(expected.length);
    }
  });

  it('chooses by region with all below it, by kind, tier, day and conclusion', async () => {
    const db = hub.dataSource;
    const { uscc } = await givenEnterprise(db, { riskTier: 'D', kinds: ['RETAILER', 'WHOLESALER'] });
    const far = await givenEnterprise(db, { regionCode: '220102', riskTier: 'A' });
    const early = await givenInspection(db, uscc, { ...underWay, conductedOn: '2026-10-05', kind: 'FOR_CAUSE' });
    const late = await givenInspection(db, far.uscc, { ...concluded, regionCode: '220102', conclusion: 'NON_COMPLIANT' });
    const enterprises = async (filter: object) =>
      ((await ask('query F($f: EnterpriseFilter) { enterprises(filter: $f) { nodes { uscc } } }', { f: filter }))['enterprises'] as Page).nodes.map((n) => n['uscc']);
    expect(await enterprises({ regionCode: '210000' })).toEqual([uscc]);
    expect(await enterprises({ regionCode: '220102' })).toEqual([far.uscc]);
    expect(await enterprises({ regionCode: '210200' })).toEqual([]);
    expect(await enterprises({ kind: 'WHOLESALER' })).toEqual([uscc]);
    expect(await enterprises({ riskTier: 'A' })).toEqual([far.uscc]);
    expect(await enterprises({ riskTier: 'A', regionCode: '210000' })).toEqual([]);
    const inspections = async (filter: object) =>
      ((await ask('query F($f: InspectionFilter) { inspections(filter: $f) { nodes { id } } }', { f: filter }))['inspections'] as Page).nodes.map((n) => n['id']);
    expect(await inspections({})).toEqual([late.id, early.id]);
    expect(await inspections({ uscc: uscc.toLowerCase() })).toEqual([early.id]);
    expect(await inspections({ regionCode: '220000' })).toEqual([late.id]);
    expect(await inspections({ kind: 'FOR_CAUSE' })).toEqual([early.id]);
    expect(await inspections({ status: 'CONCLUDED' })).toEqual([late.id]);
    expect(await inspections({ conclusion: 'NON_COMPLIANT' })).toEqual([late.id]);
    expect(await inspections({ to: '2026-10-05' })).toEqual([early.id]);
    expect(await inspections({ from: '2026-10-06' })).toEqual([late.id]);
  });

  it('resolves references by every key, in order, unknown and malformed ones as null, with one query per type', async () => {
    const db = hub.dataSource;
    const { uscc, name } = await givenEnterprise(db);
    const product = await givenProduct(db);
    const inspection = await givenInspection(db, uscc);
    const mine = caseAccess({ agencyCode: 'MRA-210102' });
    const foreign = caseAccess();
    await hub.receive('enforcement', mine, foreign);
    const linking = await givenInspection(db, uscc, { ...underWay, caseIds: [mine.data.caseId, foreign.data.caseId, newId()] });
    const representations = [
      { __typename: 'Region', code: '210102' }, { __typename: 'Enterprise', uscc }, { __typename: 'Product', id: product.id },
      { __typename: 'Inspection', id: inspection.id }, { __typename: 'Case', id: mine.data.caseId }, { __typename: 'Case', id: foreign.data.caseId },
      { __typename: 'Case', id: newId() }, { __typename: 'Case', id: 'x' }, { __typename: 'Enterprise', uscc: '91210102MA999999X9' },
      { __typename: 'Product', id: 'x' }, { __typename: 'Inspection', id: newId() }, { __typename: 'Region', code: '\u0000' },
      { __typename: 'Inspection', id: linking.id },
    ];
    const sent = jest.spyOn(db.manager, 'query');
    const { _entities } = await ask(`query R($r: [_Any!]!) { _entities(representations: $r) { __typename
      ... on Region { nameEn } ... on Enterprise { name } ... on Product { registrationNo }
      ... on Inspection { inspectionNo cases { id } } ... on Case { inspections(first: 5) { totalCount nodes { id } } } } }`, { r: representations });
    const queries = sent.mock.calls.map(([text]) => text).filter((text) => !text.includes('access_log'));
    sent.mockRestore();
    expect(_entities).toEqual([
      { __typename: 'Region', nameEn: 'East District, City A1 (demo)' }, { __typename: 'Enterprise', name },
      { __typename: 'Product', registrationNo: '国药准字H20260001' }, { __typename: 'Inspection', inspectionNo: inspection.inspectionNo, cases: [] },
      { __typename: 'Case', inspections: { totalCount: 1, nodes: [{ id: linking.id }] } }, null, null, null, null, null, null, null,
      { __typename: 'Inspection', inspectionNo: linking.inspectionNo, cases: [{ id: mine.data.caseId }] },
    ]);
    // four masters, the cases of the references, the cases that the inspection names, their inspections and totals
    expect(queries.length).toBeLessThanOrEqual(8);
  });

  it('takes the newest access state of a case, in whatever order it comes, and acknowledges where asked', async () => {
    const seen = async (id: string) => (await ask('query R($r: [_Any!]!) { _entities(representations: $r) { ... on Case { id } } }', { r: [{ __typename: 'Case', id }] }))['_entities'];
    const { data } = caseAccess({ parts: ['MRA-210102'], version: 2 });
    const { caseId } = data;
    await hub.receive('enforcement', caseAccess(data));
    expect(await seen(caseId)).toEqual([{ id: caseId }]);
    await hub.receive('enforcement', caseAccess({ ...data, version: 1, parts: [] }));
    expect(await seen(caseId)).toEqual([{ id: caseId }]);
    await hub.receive('enforcement', caseAccess({ ...data, version: 3, sealedUntil: '2026-11-21', acknowledge: true }));
    expect(await seen(caseId)).toEqual([null]);
    const acknowledged = await hub.published('access.case-access-applied.v1');
    expect(acknowledged.map((e) => e.data)).toEqual([{ caseId, version: 3 }]);
    clock.set('2026-11-22T00:00:00+08:00');
    expect(await seen(caseId)).toEqual([{ id: caseId }]);
  });

  it('publishes an inspection from its first to its last civil day, and shows the public no case', async () => {
    const { uscc } = await givenEnterprise(hub.dataSource);
    const shown = await givenInspection(hub.dataSource, uscc, { ...concluded, publishedOn: '2026-11-20', publicationEndsOn: '2026-11-21', caseIds: [newId()] });
    await givenInspection(hub.dataSource, uscc, concluded);
    await givenInspection(hub.dataSource, uscc, underWay);
    const read = async () => (await ask('{ inspections(first: 5) { totalCount nodes { id cases { id } enterprise { inspections { nodes { id } } } } } }', {}, publicReader))['inspections'];
    for (const [at, visible] of [
      ['2026-11-19T23:59:59.999+08:00', false], ['2026-11-20T00:00:00+08:00', true], ['2026-11-21T23:59:59.999+08:00', true], ['2026-11-22T00:00:00+08:00', false],
    ] as const) {
      clock.set(at);
      expect(await read()).toEqual(visible
        ? { totalCount: 1, nodes: [{ id: shown.id, cases: [], enterprise: { inspections: { nodes: [{ id: shown.id }] } } }] }
        : { totalCount: 0, nodes: [] });
    }
  });
});
