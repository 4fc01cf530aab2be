import { busContract, envelope } from './bus-contract';
import { PostgresBus } from './postgres-bus';
import { collectingLogger, startTestDatabases, type TestDatabase, type TestDatabases, until } from './test-databases';

let databases: TestDatabases;
let database: TestDatabase;

beforeAll(async () => {
  databases = await startTestDatabases();
  database = await databases.bus();
}, 60_000);
afterAll(() => databases?.stop());
beforeEach(() => databases.clear());

busContract('PostgresBus', async () => {
  const { dataSource, url } = database;
  const open = (): PostgresBus => new PostgresBus({ dataSource, databaseUrl: url, logger: collectingLogger() });
  const [bus, other] = [open(), open()];
  return {
    bus,
    other,
    dispose: async () => {
      await bus.close();
      await other.close();
    },
  };
});

const bells = "select count(*)::int as n from pg_stat_activity where application_name = 'casebridge-bell' and datname = current_database()";

it('listens on one connection however many listen, and on none when none does', async () => {
  const { dataSource, url } = database;
  const bus = new PostgresBus({ dataSource, databaseUrl: url, logger: collectingLogger() });
  const count = async (): Promise<number> => (await dataSource.query(bells))[0].n;
  const subscriptions = Array.from({ length: 20 }, () => bus.listen(() => undefined));
  await until(async () => (await count()) === 1);
  for (const s of subscriptions) await s.close();
  await until(async () => (await count()) === 0);
  const again = bus.listen(() => undefined);
  await until(async () => (await count()) === 1);
  await again.close();
  await bus.close();
});

it('finds the events of the directory through their own index', async () => {
  const { dataSource, url } = database;
  const bus = new PostgresBus({ dataSource, databaseUrl: url, logger: collectingLogger() });
  const events = Array.from({ length: 3_000 }, (_, i) => envelope(i + 1, i % 500 === 7 ? { type: 'directory.token-revoked.v1' } : {}));
  await bus.publish('enforcement', events);
  await dataSource.query('analyze bus_event');
  const statements: string[] = [];
  const { logger } = dataSource;
  dataSource.logger = { ...logger, logQuery: (text: string) => void statements.push(text) } as typeof logger;
  expect(await bus.read('enforcement', 0, 500, { typePrefix: 'directory.' })).toHaveLength(6);
  dataSource.logger = logger;
  const plan = await dataSource.query(`explain ${statements.at(-1)}`, ['enforcement', 0, 500]);
  expect(JSON.stringify(plan)).toContain('bus_event_directory_idx');
});
