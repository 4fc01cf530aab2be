import { query, sql } from '../sql';
import type { ServiceDeps } from '../graph';
import type { Logger } from '../process';
import { type Tx, unitOfWork } from '../usecase';
import { type Loop, startLoop } from '../events/loop';

/** Work that nobody asks for, done again and again: by one process at a time, and safely again after whatever interrupted it. */
export interface Job {
  readonly name: string;
  readonly everyMs: number;
  readonly run: (tx: Tx, deps: ServiceDeps) => Promise<void>;
}

/** Where jobs run whose work takes long: it commits in pieces of its own, and leaves off when the process stops. */
export interface JobSite {
  readonly deps: ServiceDeps;
  readonly dataDir: string;
  readonly stopping: AbortSignal;
}

/** Runs each job at once and then after every interval; whoever finds it running in another process leaves it to that. */
export function startJobs(deps: ServiceDeps, jobs: readonly Job[] | ((site: JobSite) => readonly Job[]), logger: Logger, dataDir: string): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const running = (typeof jobs === 'function' ? jobs({ deps, dataDir, stopping: stopping.signal }) : jobs).map((job): readonly [Loop, NodeJS.Timeout] => {
    const work = (): Promise<void> => unitOfWork(deps, async (tx) => {
      const [lock] = await query<{ mine: boolean }>(tx.em, sql`select pg_try_advisory_xact_lock(hashtextextended(${`job ${job.name}`}, 0)) as mine`);
      if (lock?.mine) await job.run(tx, deps);
    });
    const loop = startLoop(`job ${job.name}`, work, logger);
    return [loop, setInterval(() => loop.ring(), job.everyMs).unref()];
  });
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(running.map(async ([loop, timer]) => {
        clearInterval(timer);
        await loop.stop();
      }));
    },
  };
}
