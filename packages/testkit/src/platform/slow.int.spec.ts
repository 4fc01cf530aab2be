import 'reflect-metadata';
import { officer, type ServiceHarness, startServiceForTest } from '..';
import { noteService } from './note-service';

describe('a statement that takes too long', () => {
  let hub: ServiceHarness;
  beforeAll(async () => {
    hub = await startServiceForTest(noteService, { statementTimeoutMs: 200 });
  });
  afterAll(() => hub.stop());

  it('is cancelled, answered as an unavailable service, and holds no connection', async () => {
    const startedAt = performance.now();
    const answers = await Promise.all(Array.from({ length: 30 }, () => hub.as(officer('MRA-210100', 2)).send('{ slow }')));
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    for (const { errors } of answers) {
      expect(errors).toEqual([expect.objectContaining({
        message: 'adr is unavailable', path: ['slow'], extensions: { code: 'SERVICE_UNAVAILABLE', kind: 'UNAVAILABLE', service: 'adr' },
      })]);
    }
    const running = await hub.dataSource.query("select count(*) as n from pg_stat_activity where datname = current_database() and query like '%pg_sleep%' and state = 'active' and pid <> pg_backend_pid()");
    expect(running).toEqual([{ n: 0 }]);
    expect((await hub.as(officer('MRA-210100', 2)).send('{ notes { totalCount } }')).data).toEqual({ notes: { totalCount: 0 } });
  });
});
