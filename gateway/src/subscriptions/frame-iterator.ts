import type { ExecutionResult } from 'graphql';
import { isFrame, type Subscriber } from './subscriber';

type Step = IteratorResult<ExecutionResult, void>;

const finished: Step = { value: undefined, done: true };

/**
 * A subscriber as the socket protocol's library pulls it. Frames go past the library: it writes every message of every reader as
 * JSON, and an event for a thousand readers would be written a thousand times. The library hears of the end only.
 */
export class FrameIterator implements AsyncGenerator<ExecutionResult, void, void> {
  private over = false;

  constructor(
    private readonly subscriber: Subscriber,
    /** Sends a GraphQL result as JSON; resolves when there is room for the next. */
    private readonly send: (text: string) => Promise<void>,
    private readonly onEnd: () => void,
  ) {}

  async next(): Promise<Step> {
    while (!this.over) {
      const step = await this.subscriber.next();
      if (this.over) break;
      if (!isFrame(step)) {
        this.end();
        return step.error ? { value: { data: null, errors: [step.error] }, done: false } : finished;
      }
      await this.send(step.text);
    }
    return finished;
  }

  return(): Promise<Step> {
    this.end();
    this.subscriber.end(null);
    return Promise.resolve(finished);
  }

  throw(): Promise<Step> {
    return this.return();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  private end(): void {
    if (this.over) return;
    this.over = true;
    this.onEnd();
  }
}
