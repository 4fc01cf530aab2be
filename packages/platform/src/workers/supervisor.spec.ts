import { silentLogger } from '../process/logger';
import type { RestartPolicy } from './deaths';
import type { ToPrimary, ToWorker } from './messages';
import { Supervisor, type WorkerProcess } from './supervisor';

const policy: RestartPolicy = { baseMs: 20, maxMs: 80, mostDeaths: 4, withinMs: 60_000 };
const until = async (holds: () => boolean): Promise<void> => {
  for (let i = 0; i < 500 && !holds(); i += 1) await new Promise((resolve) => setTimeout(resolve, 5));
  if (!holds()) throw new Error('it did not come to that');
};

/** A process that does what the test says. */
class FakeProcess implements WorkerProcess {
  readonly told: ToWorker[] = [];
  readonly signals: string[] = [];
  private readonly hears: ((message: unknown) => void)[] = [];
  private readonly ends: ((code: number | null, signal: string | null) => void)[] = [];

  constructor(readonly worker: number, readonly pid: number, private readonly onTold: (process: FakeProcess, message: ToWorker) => void) {}

  send(message: ToWorker): void {
    this.told.push(message);
    this.onTold(this, message);
  }

  kill(signal: NodeJS.Signals): void {
    this.signals.push(signal);
    this.end(null, signal);
  }

  onMessage(listener: (message: unknown) => void): void {
    this.hears.push(listener);
  }

  onExit(listener: (code: number | null, signal: string | null) => void): void {
    this.ends.push(listener);
  }

  say(message: ToPrimary): void {
    for (const hear of this.hears) hear(message);
  }

  end(code: number | null, signal: string | null = null): void {
    for (const end of this.ends.splice(0)) end(code, signal);
  }
}

function given(count: number, onTold: (process: FakeProcess, message: ToWorker) => void = () => undefined) {
  const processes: FakeProcess[] = [];
  const reasons: string[] = [];
  const forkedAt: number[] = [];
  const supervisor = new Supervisor({
    count, logger: silentLogger, policy, random: () => 1, onGiveUp: (reason) => void reasons.push(reason),
    fork: (worker) => {
      const process = new FakeProcess(worker, 1_000 + processes.length, onTold);
      processes.push(process);
      forkedAt.push(performance.now());
      return process;
    },
  });
  supervisor.start();
  return { supervisor, processes, reasons, forkedAt };
}

const ready = (process: FakeProcess): void => process.say({ hub: 'ready', value: process.worker });

describe('a supervisor', () => {
  it('is ready when all workers are, and tells those that come later what the first were told', async () => {
    const { processes, supervisor } = given(2);
    const here = (process: FakeProcess): void => process.say({ hub: 'here' });
    here(processes[0]!);
    supervisor.begin({ name: '演示' });
    expect(processes.map(({ told }) => told.length)).toEqual([1, 0]); // the other one does not hear yet
    here(processes[1]!);
    let all = false;
    void supervisor.ready.then(() => (all = true));
    ready(processes[0]!);
    await new Promise((resolve) => setImmediate(resolve));
    expect([all, supervisor.workers.map(({ state }) => state)]).toEqual([false, ['ready', 'starting']]);
    ready(processes[1]!);
    await supervisor.ready;
    processes[1]!.end(null, 'SIGKILL');
    await until(() => processes.length === 3);
    expect(processes[2]!.told).toEqual([]);
    here(processes[2]!);
    expect(processes.map(({ told }) => told)).toEqual(Array.from({ length: 3 }, () => [{ hub: 'begin', value: { name: '演示' } }]));
    expect(processes[2]!.worker).toBe(2);
    await supervisor.drain(10).catch(() => undefined);
  });

  it('gives up at once when a worker cannot start', async () => {
    const { processes, reasons, supervisor } = given(2);
    ready(processes[0]!);
    processes[1]!.end(78);
    await expect(supervisor.ready).rejects.toMatchObject({ name: 'WorkerFailed', message: 'worker 2 could not start (exit code 78)' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect([processes.length, reasons]).toEqual([2, []]);
  });

  it('starts another in the place of one that died, later each time, and gives up when that is no help', async () => {
    const { forkedAt, processes, reasons, supervisor } = given(2);
    processes.forEach(ready);
    await supervisor.ready;
    const pauses: number[] = [];
    for (let death = 1; death < policy.mostDeaths; death += 1) {
      const died = performance.now();
      processes.at(-1)!.end(1);
      expect(supervisor.workers.map(({ state }) => state)).toEqual(['ready', 'away']);
      await until(() => processes.length === 2 + death);
      pauses.push(forkedAt.at(-1)! - died);
      ready(processes.at(-1)!);
    }
    for (const [i, least] of [20, 40, 80].entries()) expect(pauses[i]).toBeGreaterThanOrEqual(least - 2);
    expect([supervisor.deaths, reasons]).toEqual([3, []]);
    processes.at(-1)!.end(null, 'SIGSEGV');
    expect(reasons).toEqual(['worker 2 ended again and again (signal SIGSEGV)']);
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(processes).toHaveLength(5);
  });

  it('counts the deaths of each place by themselves: what happens to all of them once is no reason to give up', async () => {
    const { processes, reasons, supervisor } = given(8);
    processes.forEach(ready);
    await supervisor.ready;
    for (const process of [...processes]) process.end(null, 'SIGKILL');
    await until(() => processes.length === 16);
    expect([supervisor.deaths, reasons]).toEqual([8, []]);
  });

  it('asks those who are ready, and takes silence, a failure and an end for answers', async () => {
    const { processes, supervisor } = given(4, (process, message) => {
      if (message.hub !== 'ask') return;
      if (process.worker === 1) process.say({ hub: 'answer', id: message.id, value: [message.what, message.params] });
      if (process.worker === 2) process.say({ hub: 'failed', id: message.id, reason: 'no such thing' });
      if (process.worker === 3) process.end(1);
    });
    processes.forEach(ready);
    expect(await supervisor.askAll('colour', { of: 'sky' }, 40)).toEqual([
      { worker: 1, ok: true, value: ['colour', { of: 'sky' }] }, { worker: 2, ok: false, reason: 'no such thing' }, { worker: 3, ok: false, reason: 'it ended' },
      { worker: 4, ok: false, reason: 'no answer within 40 ms' },
    ]);
    expect(await supervisor.askOne('colour', null, 40)).toMatchObject({ worker: 1, ok: true });
    expect((await supervisor.askAll('colour', null, 40)).map(({ worker }) => worker)).toEqual([1, 2, 4]);
    await supervisor.drain(10).catch(() => undefined);
    expect(await supervisor.askOne('colour', null, 40)).toBeNull();
  });

  it('lets all end in good order, starts none any more, and kills what takes too long', async () => {
    const { processes, supervisor } = given(4, (process, message) => {
      if (message.hub === 'drain' && process.worker === 1) process.end(0);
      if (message.hub === 'drain' && process.worker === 3) process.end(1);
    });
    processes.forEach(ready);
    await supervisor.ready;
    processes[3]!.end(1);
    await expect(supervisor.drain(50)).rejects.toThrow('worker 3 ended with exit code 1; worker 2 took longer than 50 ms; worker 2 ended with signal SIGKILL');
    expect(processes[1]!.signals).toEqual(['SIGKILL']);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(processes).toHaveLength(4);
  });

  it('does not wait for workers that have nothing to bring to an end yet', async () => {
    const { processes, supervisor } = given(2);
    await supervisor.drain(5_000);
    expect(processes.map(({ signals }) => signals)).toEqual([['SIGKILL'], ['SIGKILL']]);
  });
});
