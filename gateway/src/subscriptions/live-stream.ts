import type { ExecutionResult, GraphQLError } from 'graphql';

type Step = IteratorResult<ExecutionResult, void>;

const finished: Step = { value: undefined, done: true };
const interrupted = Symbol('interrupted');

export interface LiveStreamOptions {
  /** Pulled one event at a time, never ahead of the reader: a slow one holds up his own stream and nobody else's. */
  readonly upstream: AsyncGenerator<ExecutionResult, void, void>;
  /** The client's answer for an event; null for what is no event. Events are handled strictly one after the other. */
  readonly handle: (event: ExecutionResult) => Promise<ExecutionResult | null>;
  /** The upstream threw. */
  readonly onFailure: (error: unknown) => GraphQLError;
  /** Called once, however it ends. */
  readonly onClose: () => void;
}

/**
 * One reader's live stream. Not an async function generator: one of those, told to return while it waits for an event, goes on
 * waiting, and the upstream would stay open until the next event came.
 */
export class LiveStream implements AsyncGenerator<ExecutionResult, void, void> {
  /** Undefined while it runs. */
  private ending: { readonly error: GraphQLError | null } | undefined;
  private closed = false;
  private said = false;
  private interrupt: () => void = () => undefined;

  constructor(private readonly options: LiveStreamOptions) {}

  /** Ends the stream at once: with an error as its last result, or without a word. */
  end(error: GraphQLError | null): void {
    if (this.ending) return;
    this.ending = { error };
    this.interrupt();
    this.close();
  }

  async next(): Promise<Step> {
    while (!this.ending) {
      const step = await this.interruptible(this.options.upstream.next());
      if (step === interrupted) break;
      if ('failure' in step) this.end(this.options.onFailure(step.failure));
      else if (step.value.done) this.end(null);
      else {
        const handled = await this.interruptible(this.options.handle(step.value.value));
        if (handled === interrupted) break;
        if ('failure' in handled) this.end(this.options.onFailure(handled.failure));
        // What was revoked while the answer was put together is not sent any more.
        else if (handled.value && !this.ending) return { value: handled.value, done: false };
      }
    }
    return this.lastWord();
  }

  return(): Promise<Step> {
    this.end(null);
    this.said = true;
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

  private lastWord(): Step {
    const error = this.ending?.error;
    if (!error || this.said) return finished;
    this.said = true;
    return { value: { data: null, errors: [error] }, done: false };
  }

  /** Settles with the promise or with `end`, whichever comes first, and leaves nothing behind on a promise that lives on. */
  private interruptible<T>(promise: Promise<T>): Promise<{ value: T } | { failure: unknown } | typeof interrupted> {
    return new Promise((resolve) => {
      this.interrupt = () => resolve(interrupted);
      promise.then((value) => resolve({ value }), (failure: unknown) => resolve({ failure }));
    });
  }

  private close(): void {
    if (this.closed) return;
    this.closed = true;
    this.options.upstream.return().catch(() => undefined);
    this.options.onClose();
  }
}
