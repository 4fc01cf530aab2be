import { startTestDatabases, type TestDatabases } from '../events/test-databases';
import { serversOf } from './pools';

let databases: TestDatabases;
beforeAll(async () => {
  databases = await startTestDatabases();
}, 60_000);
afterAll(() => databases?.stop());

it('finds the servers of databases, each once, with the connections that it really gives', async () => {
  const [one, two, bus] = [await databases.service(), await databases.service(), await databases.bus()];
  const [server, ...more] = await serversOf({ credit: one.url, adr: two.url, bus: bus.url });
  expect(more).toEqual([]);
  expect(server).toMatchObject({ at: new URL(one.url).host, services: 2, bus: true });
  const [settings] = await bus.dataSource.query<{ most: number }[]>("select current_setting('max_connections')::int as most");
  expect(server!.limit).toBe(settings!.most - 3);
});
