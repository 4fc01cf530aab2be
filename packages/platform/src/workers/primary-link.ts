import { EventEmitter } from 'node:events';
import { describeFailure } from '../process/health';
import type { SignalSource } from '../process/drain';
import { isForWorker, type ToPrimary } from './messages';

/** The part of a worker's `process` that is needed here. */
export interface WorkerChannel extends Pick<EventEmitter, 'on' | 'off'> {
  send?(message: unknown): boolean;
}

/**
 * A terminal sends its Ctrl-C and its hanging up to all processes, and what is to be done about it is the primary's decision; SIGTERM to a worker is meant for that one.
 */
class WorkerSignals extends EventEmitter {
  constructor(private readonly channel: WorkerChannel) {
    super();
    for (const name of ['SIGINT', 'SIGHUP']) channel.on(name, () => undefined);
  }

  override on(name: string | symbol, listener: (...args: unknown[]) => void): this {
    if (name !== 'SIGINT') this.channel.on(name, listener);
    return this;
  }

  override off(name: string | symbol, listener: (...args: unknown[]) => void): this {
    if (name !== 'SIGINT') this.channel.off(name, listener);
    return this;
  }
}

export type Answers = Readonly<Record<string, (params: unknown) => unknown>>;

/** A worker's end of the channel to its primary. When the primary is gone the cluster module ends this process at once. */
export interface PrimaryLink {
  /** What the primary prepared. */
  readonly begin: Promise<unknown>;
  /** Tells the primary that this worker serves. */
  ready(value: unknown): void;
  /** What the primary may ask from now on. */
  answers(answers: Answers): void;
  onDrain(listener: () => void): void;
  /** For `installDrain`. */
  readonly signals: SignalSource;
}

export function primaryLink(channel: WorkerChannel = process): PrimaryLink {
  let answers: Answers = {};
  let drain: (() => void) | null = null;
  let asked = false;
  let begun: (value: unknown) => void = () => undefined;
  const begin = new Promise<unknown>((resolve) => (begun = resolve));
  const say = (message: ToPrimary): void => void channel.send?.(message);
  const answer = async (id: number, what: string, params: unknown): Promise<void> => {
    try {
      const act = Object.hasOwn(answers, what) ? answers[what] : undefined;
      if (!act) throw new Error('is not ready for this yet');
      say({ hub: 'answer', id, value: await act(params) });
    } catch (cause) {
      say({ hub: 'failed', id, reason: describeFailure(cause) });
    }
  };
  channel.on('message', (message: unknown) => {
    if (!isForWorker(message)) return;
    if (message.hub === 'begin') begun(message.value);
    else if (message.hub === 'ask') void answer(message.id, message.what, message.params);
    else {
      asked = true;
      drain?.();
    }
  });
  say({ hub: 'here' });
  return {
    begin, signals: new WorkerSignals(channel),
    ready: (value) => say({ hub: 'ready', value }),
    answers: (given) => void (answers = given),
    onDrain: (listener) => {
      drain = listener;
      if (asked) listener();
    },
  };
}
