import 'reflect-metadata';
import { createInternalTokenVerifier, type HealthReport, serveSubgraph, type ServedSubgraph, silentLogger } from '@casebridge/platform';
import { systemClock } from '@casebridge/kernel';
import { Client } from 'pg';
import { clusterUrl, type ServiceHarness, startServiceForTest } from '..';
import { noteService } from './note-service';

describe('/readyz of a service', () => {
  let hub: ServiceHarness;
  let served: ServedSubgraph;
  let database: string;
  beforeAll(async () => {
    hub = await startServiceForTest(noteService);
    const tokens = createInternalTokenVerifier({ keys: { keys: [] }, service: noteService.name, clock: systemClock, directory: hub.directory });
    served = await serveSubgraph({ runtime: hub.service.runtime, tokens, host: '127.0.0.1', port: 0, logger: silentLogger });
    database = decodeURIComponent(new URL(hub.ownerUrl).pathname.slice(1));
  });
  afterAll(async () => {
    await served.stop();
    await hub.stop();
  });

  const ready = async (): Promise<{ status: number; failed: string[]; messages: string }> => {
    const response = await fetch(`http://127.0.0.1:${served.port}/readyz`);
    const { checks } = (await response.json()) as HealthReport['services'][number];
    const failed = Object.entries(checks).filter(([, check]) => !check.ok);
    return { status: response.status, failed: failed.map(([name]) => name), messages: JSON.stringify(failed) };
  };
  const well = { status: 200, failed: [], messages: '[]' };
  const wellAgain = async (): Promise<void> => {
    for (let i = 0; i < 200 && (await ready()).status !== 200; i += 1) await new Promise((done) => setTimeout(done, 50));
    expect(await ready()).toEqual(well);
  };
  const alive = async (): Promise<number> => (await fetch(`http://127.0.0.1:${served.port}/healthz`)).status;

  async function as<T>(connectionString: string, work: (client: Client) => Promise<T>): Promise<T> {
    const client = new Client({ connectionString });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }

  it('says 503 and names the migrations when one of them is not in, until it is', async () => {
    await wellAgain();
    await as(hub.ownerUrl, async (owner) => {
      const { rows } = await owner.query<{ id: number; timestamp: number; name: string }>('delete from migrations where id = (select max(id) from migrations) returning *');
      const [undone] = rows;
      expect(undone?.name).toEqual(expect.any(String));
      expect(await ready()).toMatchObject({ status: 503, failed: ['migrations'], messages: expect.stringContaining('migrations are not current') });
      await owner.query('insert into migrations (id, timestamp, name) values ($1, $2, $3)', [undone?.id, undone?.timestamp, undone?.name]);
    });
    await wellAgain();
  });

  it('says 503 and names the database when that cannot be reached, though the process lives; and 200 when it is back', async () => {
    await as(clusterUrl(), async (admin) => {
      await admin.query(`alter database ${database} with allow_connections false`);
      await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [database]);
      const { status, failed, messages } = await ready();
      expect([status, failed]).toEqual([503, expect.arrayContaining(['database', 'migrations'])]);
      expect(messages).not.toContain('test-only'); // the password
      expect(await alive()).toBe(200);
      await admin.query(`alter database ${database} with allow_connections true`);
    });
    await wellAgain();
  }, 30_000);
});
