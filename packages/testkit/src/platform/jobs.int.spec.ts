import 'reflect-metadata';
import { setTimeout as sleep } from 'node:timers/promises';
import { silentLogger, startService } from '@casebridge/platform';
import { stateCouncilCalendar, systemClock } from '@casebridge/kernel';
import { type ServiceHarness, startServiceForTest } from '..';
import { noteServiceWithFiles } from './note-service';

let hub: ServiceHarness;
beforeAll(async () => {
  hub = await startServiceForTest(noteServiceWithFiles);
});
afterAll(() => hub.stop());

const until = async (holds: () => boolean): Promise<void> => {
  for (const end = Date.now() + 20_000; !holds(); await sleep(5)) if (Date.now() > end) throw new Error('did not happen within 20 s');
};

it('does what a service does of itself at once and again and again, after a failure too, in one process at a time, until the service stops', async () => {
  let running = 0;
  let most = 0;
  let runs = 0;
  const job = {
    name: 'counting', everyMs: 10,
    run: async (): Promise<void> => {
      running += 1;
      runs += 1;
      most = Math.max(most, running);
      await sleep(5);
      running -= 1;
      if (runs === 2) throw new Error('an outage');
    },
  };
  const { deps } = hub.service;
  const environment = {
    databaseUrl: String(Reflect.get(deps.dataSource.options, 'url')), bus: hub.bus, directory: hub.directory, clock: systemClock, calendar: stateCouncilCalendar,
    cursorSecret: Buffer.alloc(32, 7), citizenIdSecret: Buffer.alloc(32, 8), dataDir: '.', logger: silentLogger, poolSize: 8,
  };
  const processes = await Promise.all([1, 2, 3].map(() => startService({ ...noteServiceWithFiles, jobs: [job] }, environment)));
  await until(() => runs > 12);
  await Promise.all(processes.map((p) => p.stop()));
  const after = runs;
  await sleep(60);
  expect([most, running, runs]).toEqual([1, 0, after]);
});
