import { setTimeout as sleep } from 'node:timers/promises';
import type { ExecutionResult } from 'graphql';
import { until } from '../testing/carriers';
import { followUpstream, type Happening } from './follow-upstream';
import { UpstreamControl } from './upstream-control';

type Result = ExecutionResult & { readonly extensions?: { readonly place?: { readonly cursor: string | null; readonly position: number | null } } };

/** A service's stream that gives what it is told, until it is lost or closed. */
class Feed implements AsyncGenerator<ExecutionResult, void, void> {
  private readonly results: (Result | null)[] = [];
  private wake: () => void = () => undefined;
  isClosed = false;

  push(...results: readonly (Result | null)[]): void {
    this.results.push(...results);
    this.wake();
  }

  async next(): Promise<IteratorResult<ExecutionResult, void>> {
    while (this.results.length === 0 && !this.isClosed) await new Promise<void>((resolve) => (this.wake = resolve));
    const result = this.results.shift();
    if (this.isClosed || result === undefined) return { value: undefined, done: true };
    if (result === null) throw new Error('lost');
    return { value: result, done: false };
  }

  return(): Promise<IteratorResult<ExecutionResult, void>> {
    this.isClosed = true;
    this.wake();
    return Promise.resolve({ value: undefined, done: true });
  }

  throw(): Promise<IteratorResult<ExecutionResult, void>> {
    return this.return();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }
}

const event = (n: number): Result => ({ data: { n }, extensions: { place: { cursor: `c${n}`, position: n } } });

let control: UpstreamControl;
let feeds: Feed[];
/** Cursors from which it was opened. */
let openedAfter: (string | null)[];
let heard: unknown[];
/** What is done with an event; null: it is not taken. */
let take: (happening: Happening & { kind: 'event' }) => unknown;

function follow(opening: () => Promise<void> = () => Promise.resolve()): void {
  const options = {
    control, after: null, isResumable: () => true, anotherSpeaks: () => false, onLoss: () => undefined,
    placeOf: (result: Result) => result.extensions?.place ?? { cursor: null, position: null },
    open: async (after: string | null) => {
      openedAfter.push(after);
      await opening();
      const feed = new Feed();
      feeds.push(feed);
      return feed;
    },
  };
  void (async () => {
    for await (const happening of followUpstream(options)) heard.push(happening.kind === 'event' ? take(happening) : happening.kind);
  })();
}

beforeEach(() => {
  control = new UpstreamControl();
  feeds = [];
  openedAfter = [];
  heard = [];
  take = (happening) => happening.take()?.data?.['n'] ?? null;
});
afterEach(() => control.end());

it('tells a gap when it was lost before the first place was known', async () => {
  follow();
  await until('it is open', () => feeds.length === 1);
  feeds[0]?.push(null);
  await until('it is open again', () => feeds.length === 2);
  feeds[1]?.push(event(7), null);
  await until('it is open once more', () => feeds.length === 3);
  feeds[2]?.push(event(8));
  await until('both events', () => heard.includes(8));
  expect(heard).toEqual(['gap', 7, 8]);
  expect(openedAfter).toEqual([null, null, 'c7']);
});

it('is opened anew when that was wished while it was being opened', async () => {
  let go: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (go = resolve));
  follow(() => held);
  await until('it is being opened', () => openedAfter.length === 1);
  control.restart();
  go();
  await until('it is opened anew', () => feeds.length === 2);
  expect(feeds[0]?.isClosed).toBe(true);
  feeds[1]?.push(event(1));
  await until('the event', () => heard.length === 1);
  await sleep(20);
  expect([heard, feeds.length]).toEqual([[1], 2]);
});

it('gives an event again that was not taken because the stream is opened anew', async () => {
  follow();
  await until('it is open', () => feeds.length === 1);
  take = (happening) => {
    if (happening.position === 2 && openedAfter.length === 1) control.restart();
    return happening.take()?.data?.['n'] ?? null;
  };
  feeds[0]?.push(event(1), event(2), event(3));
  await until('it is opened anew', () => feeds.length === 2);
  feeds[1]?.push(event(2));
  await until('the event', () => heard.length === 3);
  expect([heard, openedAfter]).toEqual([[1, null, 2], [null, 'c1']]);
});
