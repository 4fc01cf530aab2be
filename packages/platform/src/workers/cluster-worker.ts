import cluster from 'node:cluster';
import type { ToWorker } from './messages';
import type { WorkerProcess } from './supervisor';

const flag = '--worker=';

/** The number of this process among the workers, from 1; null: it is no worker. */
export function workerNumber(): number | null {
  const [given] = process.argv.flatMap((arg) => (arg.startsWith(flag) ? [Number(arg.slice(flag.length))] : []));
  return cluster.isWorker ? (given ?? 0) : null;
}

/**
 * Starts this program once more, as a worker that shares the ports of this process.
 *
 * @param env - set for it beside what this process has
 */
export function forkWorker(worker: number, env: Readonly<Record<string, string>>): WorkerProcess {
  // All accept for themselves. Where the primary hands connections on, one on its way to a worker that is killed is never told of it, and stays open for ever.
  cluster.schedulingPolicy = cluster.SCHED_NONE;
  // Its number stands among the arguments, where `ps` shows it. Figures hold values that JSON has no word for.
  cluster.setupPrimary({ args: [...process.argv.slice(2), `${flag}${worker}`], serialization: 'advanced' });
  const forked = cluster.fork(env);
  forked.on('error', () => undefined); // its channel broke: that it ended is told by `exit`
  return {
    pid: forked.process.pid,
    send: (message: ToWorker) => void forked.send(message, () => undefined),
    kill: (signal) => void forked.process.kill(signal),
    onMessage: (listener) => void forked.on('message', listener),
    onExit: (listener) => void forked.once('exit', listener),
  };
}
