import 'reflect-metadata';
import { regionChanged } from '@casebridge/contracts';
import { unitOfWork } from '@casebridge/platform';
import { officer, type ServiceHarness, startServiceForTest } from '@casebridge/testkit';
import { inspectionService } from '../service';
import { concluded, givenEnterprise, givenInspection } from '../testing/world';
import { importRegions, type RegionDraft } from './import-regions';

const region = (code: string, parentCode: string | null, change: Partial<RegionDraft> = {}): RegionDraft => ({
  code, name: `${code}（演示）`, nameEn: `${code} (demo)`, kind: parentCode === null ? 'PROVINCE' : 'CITY', parentCode, ...change,
});

describe('regions', () => {
  let hub: ServiceHarness;
  beforeAll(async () => {
    hub = await startServiceForTest(inspectionService);
  });
  afterAll(() => hub.stop());
  const put = (...regions: RegionDraft[]): Promise<string[]> => unitOfWork(hub.service.deps, (tx) => importRegions(tx, regions));
  const told = async (): Promise<unknown[]> =>
    (await hub.dataSource.query<{ subject: string; data: unknown }[]>('select subject, data from outbox_event where type = $1 order by seq', [regionChanged.type]))
      .map((e) => [e.subject, e.data]);

  it('are written and told in any order, once per change', async () => {
    const all = [region('210102', '210100'), region('210100', '210000'), region('210000', null)];
    expect((await put(...all)).sort()).toEqual(['210000', '210100', '210102']);
    expect(await told()).toEqual(expect.arrayContaining(all.map((r) => [`region:${r.code}`, r])));
    expect(await put(...all)).toEqual([]);
    expect(await put(all[0] as RegionDraft, region('210100', '210000', { name: '改名（演示）' }))).toEqual(['210100']);
    expect(await told()).toHaveLength(4);
    expect((await told())[3]).toMatchObject(['region:210100', { name: '改名（演示）', parentCode: '210000' }]);
  });

  it.each<[string, RegionDraft[], string]>([
    ['a code that is none', [region('210199', '210100'), region('x', '210100')], 'regions.1.code'],
    ['a kind that is none', [region('210199', '210100', { kind: 'VILLAGE' as never })], 'regions.0.kind'],
    ['a code twice', [region('210199', '210100'), region('210199', '210000')], 'regions.1.code'],
    ['a circle', [region('210100', '210102')], 'regions'],
  ])('refuse %s, whole', async (_, regions, field) => {
    await expect(put(...regions)).rejects.toMatchObject({ code: 'BAD_USER_INPUT', field });
    expect(await hub.dataSource.query('select parent_code from region where code in ($1, $2)', ['210100', '210199'])).toEqual([{ parent_code: '210000' }]);
    expect(await told()).toHaveLength(4);
  });

  it('are found in it or below it, by the tree and not by the digits', async () => {
    await put(region('210190', '210000', { kind: 'FUNCTIONAL_ZONE' }), region('ZONE-1', '210100', { kind: 'FUNCTIONAL_ZONE' }));
    const { uscc } = await givenEnterprise(hub.dataSource);
    for (const regionCode of ['210100', '210102', '210190', 'ZONE-1', '210000']) await givenInspection(hub.dataSource, uscc, { ...concluded, regionCode });
    const at = async (regionCode: string): Promise<string[]> => {
      const { data } = await hub.as(officer('MRA-210102')).send<{ inspections: { nodes: { level: string; region: { code: string } }[] } }>(
        'query ($filter: InspectionFilter) { inspections(filter: $filter, first: 100) { nodes { level region { code } } } }', { filter: { regionCode } });
      expect(data?.inspections.nodes.every((n) => n.level === 'DISTRICT')).toBe(true);
      return data?.inspections.nodes.map((n) => n.region.code).sort() ?? [];
    };
    expect(await at('210100')).toEqual(['210100', '210102', 'ZONE-1']);
    expect(await at('210000')).toEqual(['210000', '210100', '210102', '210190', 'ZONE-1']);
    expect(await at('zone-1')).toEqual(['ZONE-1']);
    expect(await at('2101')).toEqual([]);
    for (const regionCode of ['', '2101%', '甲省']) {
      const { errors } = await hub.as(officer('MRA-210102')).send('query ($f: InspectionFilter) { inspections(filter: $f) { totalCount } }', { f: { regionCode } });
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'filter.regionCode' });
    }
  });
});
