import { GraphQLError, type ExecutionResult } from 'graphql';
import { LiveStream } from './live-stream';

/** An upstream that says nothing until it is told to, and notes when it was let go. */
class Upstream {
  returned = 0;
  private answer: (step: IteratorResult<ExecutionResult, void>) => void = () => undefined;
  private refuse: (error: Error) => void = () => undefined;
  next = (): Promise<IteratorResult<ExecutionResult, void>> =>
    new Promise((resolve, reject) => {
      this.answer = resolve;
      this.refuse = reject;
    });
  return = (): Promise<IteratorResult<ExecutionResult, void>> => {
    this.returned += 1;
    return Promise.resolve({ value: undefined, done: true });
  };
  give(n: number): void {
    this.answer({ value: { data: { n } }, done: false });
  }
  fail(): void {
    this.refuse(new Error('gone'));
  }
}

const streamOf = (upstream: Upstream, handle: (event: ExecutionResult) => Promise<ExecutionResult | null> = (e) => Promise.resolve(e)) => {
  let closed = 0;
  const stream = new LiveStream({
    upstream: upstream as unknown as AsyncGenerator<ExecutionResult, void, void>, handle, onFailure: () => new GraphQLError('lost'), onClose: () => void (closed += 1),
  });
  return { stream, closed: () => closed };
};

describe('a live stream', () => {
  it('lets its upstream go at once when it is told to return while it waits for an event', async () => {
    const upstream = new Upstream();
    const { stream, closed } = streamOf(upstream);
    const waiting = stream.next();
    await stream.return();
    expect(await waiting).toEqual({ value: undefined, done: true });
    expect([upstream.returned, closed()]).toEqual([1, 1]);
  });

  it('says the error once and is over', async () => {
    const upstream = new Upstream();
    const { stream, closed } = streamOf(upstream);
    const waiting = stream.next();
    stream.end(new GraphQLError('revoked'));
    stream.end(new GraphQLError('expired'));
    expect((await waiting).value?.errors?.map((e) => e.message)).toEqual(['revoked']);
    expect(await stream.next()).toEqual({ value: undefined, done: true });
    expect([upstream.returned, closed()]).toEqual([1, 1]);
  });

  it('passes over what is no event, and ends with an error when the upstream or the completion breaks', async () => {
    const upstream = new Upstream();
    const { stream } = streamOf(upstream, (event) => (event.data?.['n'] === 3 ? Promise.reject(new Error('bug')) : Promise.resolve(event.data?.['n'] === 1 ? null : event)));
    const first = stream.next();
    upstream.give(1);
    await new Promise(setImmediate);
    upstream.give(2);
    expect((await first).value).toEqual({ data: { n: 2 } });
    const second = stream.next();
    upstream.give(3);
    expect((await second).value?.errors?.map((e) => e.message)).toEqual(['lost']);

    const other = new Upstream();
    const lost = streamOf(other).stream.next();
    other.fail();
    expect((await lost).value?.errors?.map((e) => e.message)).toEqual(['lost']);
  });
});
