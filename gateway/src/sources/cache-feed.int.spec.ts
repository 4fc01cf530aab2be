import { enterpriseChanged, type EventEnvelope, type ServiceName } from '@casebridge/contracts';
import { systemClock, uuidv7 } from '@casebridge/kernel';
import { busMigrations, createMetrics, openDatabase, PostgresBus, silentLogger } from '@casebridge/platform';
import { cloneDatabase, type TestDatabase } from '@casebridge/testkit';
import { until } from '../testing/carriers';
import { type CacheFeed, startCacheFeed } from './cache-feed';
import { EntityCache } from './entity-cache';

type Pool = Awaited<ReturnType<typeof openDatabase>>;

let database: TestDatabase;
let pool: Pool;
let owner: Pool;
let bus: PostgresBus;
let other: PostgresBus;
let cache: EntityCache;
let feed: CacheFeed;

beforeAll(async () => {
  database = await cloneDatabase({ name: 'bus', migrations: busMigrations, appendOnly: ['bus_event'] });
  pool = await openDatabase({ url: database.url, applicationName: 'feed', poolSize: 3 });
  owner = await openDatabase({ url: database.ownerUrl, applicationName: 'owner' });
  bus = new PostgresBus({ dataSource: pool, databaseUrl: database.url, logger: silentLogger });
  other = new PostgresBus({ dataSource: owner, databaseUrl: database.ownerUrl, logger: silentLogger });
  cache = new EntityCache({ megabytes: 1, clock: systemClock, metrics: createMetrics({ defaults: false }) });
  feed = startCacheFeed({ bus, cache, logger: silentLogger });
});
afterAll(async () => {
  await feed?.stop();
  await Promise.all([bus?.close(), other?.close()]);
  await Promise.all([pool?.destroy(), owner?.destroy()]);
  await database?.drop();
});

const publish = async (source: ServiceName, ...events: { readonly type: string; readonly data: unknown }[]): Promise<void> => {
  const head = await other.head(source);
  await other.publish(source, events.map((event, i): EventEnvelope => ({
    ...event, id: uuidv7(systemClock), source, position: head + i + 1, subject: 'x', occurredAt: systemClock.now(),
  })));
};
const changed = (uscc: string) => ({ type: enterpriseChanged.type, data: { uscc } });
const remember = (uscc: string): void => cache.put(uscc, { name: uscc }, { depends: [`Enterprise:${uscc}`], read: [] }, cache.operation({}).moment);

describe('the feed of the entity cache on a real bus', () => {
  it('tells of a change, whatever else is said', async () => {
    await until('it is on', () => cache.isOn);
    for (const uscc of ['U1', 'U2']) remember(uscc);
    await publish('inspection', { type: 'inspection.other.v1', data: {} }, changed('U1'));
    await until('it is forgotten', () => !cache.get('U1'));
    expect(cache.get('U2')).toBeDefined();
    await publish('inspection', ...Array.from({ length: 1_200 }, (_, i) => changed(`V${i}`)), changed('U2'));
    await until('it is forgotten', () => !cache.get('U2'));
    expect(cache.isOn).toBe(true);
  });

  it('tells of changes among events of other kinds and sources', async () => {
    cache.put('A', { name: 'a' }, { depends: ['Region:210000'], read: [] }, cache.operation({}).moment);
    await publish('enforcement', { type: 'enforcement.case-opened.v1', data: { secret: 1 } });
    await publish('inspection', { type: 'inspection.region-changed.v1', data: { code: '210000', name: 'x', nameEn: 'x', kind: 'PROVINCE', parentCode: null } });
    await until('it is forgotten', () => !cache.get('A'));
  });

  it('is off while the log cannot be read, and begins anew', async () => {
    remember('U3');
    await owner.query('revoke select on bus_event from public');
    const [{ current_user: role }] = await pool.query('select current_user') as [{ current_user: string }];
    await owner.query(`revoke select on bus_event from "${role}"`);
    await until('it is off', () => !cache.isOn);
    expect(cache.get('U3')).toBeUndefined();
    await publish('inspection', changed('U3'));
    await owner.query(`grant select on bus_event to "${role}"`);
    await until('it is on', () => cache.isOn);
    remember('U3');
    expect(cache.get('U3')).toBeDefined();
    await publish('inspection', changed('U3'));
    await until('it is forgotten', () => !cache.get('U3'));
  });

  it('goes on after its connections were cut', async () => {
    await until('it is on', () => cache.isOn);
    await pool.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = current_user and pid <> pg_backend_pid()');
    await publish('inspection', changed('U4'));
    await until('it is on', () => cache.isOn);
    remember('U5');
    await publish('inspection', changed('U5'));
    await until('it is forgotten', () => !cache.get('U5'));
  });
});
