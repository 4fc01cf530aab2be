import 'reflect-metadata';
import { setTimeout as sleep } from 'node:timers/promises';
import { enterpriseChanged, productChanged } from '@casebridge/contracts';
import { openDatabase } from '@casebridge/platform';
import { type ServiceHarness, startServiceForTest } from '@casebridge/testkit';
import { inspectionService } from '../service';
import { givenEnterprise, givenProduct, givenRegions } from '../testing/world';
import { TellChanges1800000000500 } from './1800000000500-tell-changes';

/** What others remember of a record is worth nothing once it changed: the database tells it, whoever wrote. */
describe('changes of master data', () => {
  let hub: ServiceHarness;
  beforeAll(async () => {
    hub = await startServiceForTest(inspectionService);
    await givenRegions(hub.dataSource);
  });
  afterAll(() => hub.stop());

  const told = async (): Promise<string[]> =>
    (await hub.bus.read('inspection', 0, 10_000)).filter(({ type }) => type === enterpriseChanged.type || type === productChanged.type)
      .map(({ data, subject, type }) => `${type} ${subject} ${JSON.stringify((type === enterpriseChanged.type ? enterpriseChanged : productChanged).schema.parse(data))}`);
  const later = new Set<string>();
  /** What came to the bus of an act: all that stands there before what comes of a later one. */
  const toldBy = async (act: () => Promise<unknown>): Promise<string[]> => {
    const before = (await told()).length;
    await act();
    // It was not there when the act was done: what is told of it comes after all that is told of the act.
    const { uscc } = await givenEnterprise(hub.dataSource);
    await hub.dataSource.query('delete from enterprise where uscc = $1', [uscc]);
    later.add(enterpriseTold(uscc));
    for (let waited = 0; waited < 20_000; waited += 10) {
      const since = (await told()).slice(before);
      const end = since.indexOf(enterpriseTold(uscc));
      if (end >= 0) return since.slice(0, end).filter((line) => !later.has(line));
      await sleep(10);
    }
    throw new Error('nothing came to the bus');
  };
  const enterpriseTold = (uscc: string): string => `${enterpriseChanged.type} enterprise:${uscc} {"uscc":"${uscc}"}`;

  it('are told on the bus, by any statement that changes a row, and once per row', async () => {
    const [one, two] = [await givenEnterprise(hub.dataSource), await givenEnterprise(hub.dataSource)];
    expect(await toldBy(() => hub.dataSource.query('update enterprise set address = $1', ['改址（演示）']))).toEqual(
      expect.arrayContaining([enterpriseTold(one.uscc), enterpriseTold(two.uscc)]));
    expect(await toldBy(() => hub.dataSource.query('update enterprise set risk_tier = $2 where uscc = $1', [one.uscc, 'D']))).toEqual([enterpriseTold(one.uscc)]);
    expect(await toldBy(() => hub.dataSource.query('delete from enterprise where uscc = $1', [two.uscc]))).toEqual([enterpriseTold(two.uscc)]);
  });

  it('are not told of new records: of what was not there nobody remembers anything', async () => {
    expect(await toldBy(() => givenEnterprise(hub.dataSource).then(() => givenProduct(hub.dataSource)))).toEqual([]);
  });

  it('are told of products too, and of a row that takes another key under its old one', async () => {
    const { id } = await givenProduct(hub.dataSource);
    expect(await toldBy(() => hub.dataSource.query('update product set strength = $2 where id = $1', [id, '10mg']))).toEqual([`${productChanged.type} product:${id} {"id":"${id}"}`]);
    const other = '0190b5a8-0000-7000-8000-0000000000ff';
    expect(await toldBy(() => hub.dataSource.query('update product set id = $2 where id = $1', [id, other]))).toEqual([`${productChanged.type} product:${id} {"id":"${id}"}`]);
    expect(await toldBy(() => hub.dataSource.query('delete from product where id = $1', [other]))).toEqual([`${productChanged.type} product:${other} {"id":"${other}"}`]);
  });

  it('are not told where nothing changed, and not where the act was taken back', async () => {
    const { uscc } = await givenEnterprise(hub.dataSource);
    expect(await toldBy(() => hub.dataSource.query('update enterprise set name = name where uscc = $1', [uscc]))).toEqual([]);
    expect(await toldBy(() => hub.dataSource.transaction(async (em) => {
      await em.query('update enterprise set name = $2 where uscc = $1', [uscc, '未提交（演示）']);
      throw new Error('taken back');
    }).catch(() => undefined))).toEqual([]);
  });

  it('can be taken out again', async () => {
    const owner = await openDatabase({ url: hub.ownerUrl, applicationName: 'owner' });
    const runner = owner.createQueryRunner();
    const triggers = async (): Promise<number> => (await owner.query<unknown[]>("select 1 from pg_trigger where tgname like '%\\_tell\\_%'")).length;
    try {
      expect(await triggers()).toBe(4);
      await new TellChanges1800000000500().down(runner);
      expect(await triggers()).toBe(0);
      await new TellChanges1800000000500().up(runner);
      expect(await triggers()).toBe(4);
    } finally {
      await runner.release();
      await owner.destroy();
    }
  });
});
