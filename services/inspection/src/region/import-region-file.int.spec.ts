import 'reflect-metadata';
import { regionChanged } from '@casebridge/contracts';
import { unitOfWork } from '@casebridge/platform';
import { type ServiceHarness, startServiceForTest } from '@casebridge/testkit';
import { inspectionService } from '../service';
import { importRegionFile, type RegionImport } from './import-region-file';
import type { RegionDraft } from './import-regions';
import { parseRegionFile } from './region-file';

const province: RegionDraft = { code: '330000', name: '示例省', nameEn: 'Example Province', kind: 'PROVINCE', parentCode: null };
const city: RegionDraft = { code: '330100', name: '示例市', nameEn: 'Example City', kind: 'CITY', parentCode: '330000' };
const zone: RegionDraft = { code: 'ZONE-9', name: '示例功能区', nameEn: 'Example Zone', kind: 'FUNCTIONAL_ZONE', parentCode: '330100' };
const file = (...regions: readonly RegionDraft[]): string => JSON.stringify(regions.map(({ parentCode: parent, ...region }) => ({ ...region, parent })));

describe('importing a file of regions', () => {
  let hub: ServiceHarness;
  beforeAll(async () => {
    hub = await startServiceForTest(inspectionService);
  });
  afterAll(() => hub.stop());
  const load = (text: string): Promise<RegionImport> => unitOfWork(hub.service.deps, (tx) => importRegionFile(tx, parseRegionFile(text)));
  const tree = () => hub.dataSource.query('select code, parent_code from region order by code');
  const told = async (): Promise<string[]> =>
    (await hub.dataSource.query<{ subject: string }[]>('select subject from outbox_event where type = $1 order by seq', [regionChanged.type])).map((e) => e.subject);

  it('adds what is new, changes what differs, leaves the rest, and tells of what it wrote', async () => {
    expect(await load(file(zone, city, province))).toEqual({ added: [zone, city, province], changed: [], unchanged: 0 });
    expect(await load(file(zone, city, province))).toEqual({ added: [], changed: [], unchanged: 3 });
    expect((await told()).sort()).toEqual(['region:330000', 'region:330100', 'region:ZONE-9']);
    const moved = { ...zone, name: '示例新区', parentCode: '330000' };
    const other = { ...city, code: '330200' };
    expect(await load(file(moved, other, province))).toEqual({ added: [other], changed: [{ before: zone, after: moved }], unchanged: 1 });
    expect((await told()).slice(3).sort()).toEqual(['region:330200', 'region:ZONE-9']);
    expect(await tree()).toEqual([
      { code: '330000', parent_code: null }, { code: '330100', parent_code: '330000' }, { code: '330200', parent_code: '330000' }, { code: 'ZONE-9', parent_code: '330000' },
    ]);
  });

  it('refuses the whole file, with every fault, where it does not fit the tree', async () => {
    const before = [await tree(), await told()];
    const text = file({ ...city, code: '330300' }, { ...city, code: '440100', parentCode: '440000' }, { ...city, parentCode: 'ZONE-9' }, { ...zone, parentCode: '330100' });
    await expect(load(text)).rejects.toMatchObject({
      code: 'REGION_FILE_INVALID', kind: 'BAD_USER_INPUT', faults: [
        'record 2 parent: there is no region 440000, neither here nor in the hub', 'record 3 parent: 330100 would lie in itself: 330100 > ZONE-9 > 330100',
        'record 4 parent: ZONE-9 would lie in itself: ZONE-9 > 330100 > ZONE-9',
      ],
    });
    // A circle that only the tree and the file together make, and one that a region of the file leads into without being in it.
    await expect(load(file({ ...zone, parentCode: '330100' }, { ...city, parentCode: 'ZONE-9' }, { ...city, code: '330101', parentCode: '330100' }))).rejects.toMatchObject({
      faults: [expect.stringContaining('record 1 parent: ZONE-9'), expect.stringContaining('record 2 parent: 330100')],
    });
    expect([await tree(), await told()]).toEqual(before);
  });

  it('is done one after the other: two halves of a circle do not both come in', async () => {
    const a = { ...zone, code: 'ZONE-A', parentCode: null };
    const b = { ...zone, code: 'ZONE-B', parentCode: null };
    await load(file(a, b));
    const halves = await Promise.allSettled([load(file({ ...a, parentCode: 'ZONE-B' })), load(file({ ...b, parentCode: 'ZONE-A' }))]);
    expect(halves.map((half) => half.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(halves.find((half) => half.status === 'rejected')).toMatchObject({ reason: { code: 'REGION_FILE_INVALID' } });
  });
});
