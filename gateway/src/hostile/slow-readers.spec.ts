import { until } from '../testing/carriers';
import { agencies, startTestHub, type TestHub } from '../testing/test-hub';
import { type Bystander, bugsIn, bystander } from './testing/bystander';
import { EventSource } from './testing/event-source';
import { Peer } from './testing/peer';

const live = 'subscription Log($after: String) { logged(after: $after) { n cursor text } }';
const events = 4_000;
const text = '案'.repeat(1_333); // about 4 kB on the wire

interface Reader {
  /** Results so far. */
  count(): number;
  numbers(): unknown[];
  /** Code and cursor of the last word. */
  lastWord(): unknown;
  isOver(): boolean;
  read(): void;
  close(): void;
}

type Result = { readonly data?: Record<string, unknown> | null; readonly errors?: readonly { readonly extensions: Record<string, unknown> }[] };
const numbersOf = (results: readonly Result[]): unknown[] => results.flatMap(({ data }) => (data?.['logged'] ? [(data['logged'] as { n: number }).n] : []));
const lastOf = (results: readonly Result[]): unknown => results.at(-1)?.errors?.[0]?.extensions;

type Transport = 'a socket' | 'server-sent events';

async function readerOf(transport: Transport, hub: TestHub, token: string, after: string | null, reads: boolean): Promise<Reader> {
  if (transport === 'server-sent events') {
    const source = new EventSource(hub, token, { query: live, variables: { after } }, reads);
    await source.opened;
    return {
      count: () => source.results.length, numbers: () => numbersOf(source.results), lastWord: () => lastOf(source.results), isOver: () => source.isComplete,
      read: () => source.read(), close: () => source.close(),
    };
  }
  const peer = await Peer.open(hub, token);
  peer.subscribe('s', live, { after });
  if (!reads) peer.socket.pause();
  const results = (): Result[] => peer.messages.flatMap(({ id, payload, type }) => (id === 's' && type === 'next' && payload ? [payload] : []));
  return {
    count: () => peer.messages.length - 1, // the first is the acknowledgement
    numbers: () => numbersOf(results()), lastWord: () => lastOf(results()), isOver: () => peer.of('s').some(({ type }) => type === 'complete'),
    read: () => peer.socket.resume(), close: () => peer.socket.terminate(),
  };
}

const upTo = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe.each<Transport>(['a socket', 'server-sent events'])('who does not read %s', (transport) => {
  let hub: TestHub;
  let token: string;
  let other: Bystander;
  const readers: Reader[] = [];
  const open = async (by: Transport, after: string | null, reads = true): Promise<Reader> => {
    const reader = await readerOf(by, hub, token, after, reads);
    readers.push(reader);
    return reader;
  };
  beforeEach(async () => {
    hub = await startTestHub('in process', { gateway: { socketLimits: { keepAliveMs: 120_000 } } });
    token = await hub.token(agencies.drug, { officerId: 'DRA-210000-1' });
    other = await bystander(hub);
  });
  afterEach(async () => {
    for (const reader of readers.splice(0)) reader.close();
    expect(await other.stop()).toBeGreaterThan(0);
    expect(bugsIn(hub)).toEqual([]);
    await hub.stop();
  });

  it('delays nobody, is told where he was, and goes on from there', async () => {
    const fast = [await open('a socket', null), await open('server-sent events', null), await open('a socket', null)];
    const slow = await open(transport, null, false);
    await until('all are there', () => hub.gateway.openStreams === 4);
    for (let n = 0; n < events; n += 500) {
      hub.enforcement.write(...Array.from({ length: 500 }, () => ({ text })));
      // As fast as those who read can take it: what they are behind is not their fault.
      await until('the fast ones have them', () => fast.every((reader) => reader.count() >= n + 300), 20_000);
    }
    await until('the fast ones have all', () => fast.every((reader) => reader.count() >= events), 30_000);
    for (const reader of fast) expect(reader.numbers()).toEqual(upTo(1, events));
    expect(hub.gateway.openStreams).toBe(3);

    slow.read();
    await until('he has heard the end', () => slow.isOver(), 20_000);
    const got = slow.numbers();
    // What the kernel, the socket and the queue hold together is far less than there was.
    expect(got.length).toBeGreaterThan(256);
    expect(got.length).toBeLessThan(events * 0.8);
    expect(got).toEqual(upTo(1, got.length));
    expect(slow.lastWord()).toEqual({ code: 'SUBSCRIPTION_BUFFER_OVERFLOW', kind: 'UNAVAILABLE', cursor: `c${got.length}` });

    const again = await open(transport, `c${got.length}`);
    await until('he has the rest', () => again.count() >= events - got.length, 30_000);
    expect(again.numbers()).toEqual(upTo(got.length + 1, events));
    await until('he is with the others again', () => hub.enforcement.feeds.size === 1);
    hub.enforcement.write({ text: 'x' });
    await until('the next', () => again.numbers().at(-1) === events + 1 && fast.every((reader) => reader.count() >= events + 1));
  }, 300_000);
});

it('cuts who never reads again, and frees what waits for him', async () => {
  const hub = await startTestHub('in process', { gateway: { timeouts: { stalled: 1_000 }, socketLimits: { keepAliveMs: 500 } } });
  const token = await hub.token(agencies.drug, { officerId: 'DRA-210000-1' });
  const readers = [await readerOf('a socket', hub, token, null, false), await readerOf('server-sent events', hub, token, null, false)];
  await until('both are there', () => hub.gateway.openStreams === 2);
  for (let n = 0; n < 3_000; n += 100) {
    hub.enforcement.write(...Array.from({ length: 100 }, () => ({ text })));
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await until('both are gone', () => hub.gateway.openStreams === 0 && hub.enforcement.feeds.size === 0, 60_000);
  for (const reader of readers) reader.close();
  await hub.stop();
}, 120_000);
