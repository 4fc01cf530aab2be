import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { until } from '../testing/carriers';
import { agencies, startTestHub, type TestHub } from '../testing/test-hub';
import { bugsIn } from './testing/bystander';
import { EventSource } from './testing/event-source';
import { Peer } from './testing/peer';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const live = 'subscription Log($after: String) { logged(after: $after) { n cursor } }';

async function heapBytes(): Promise<number> {
  for (let round = 0; round < 3; round += 1) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  return process.memoryUsage().heapUsed;
}

const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;

let hub: TestHub;
let token: string;
beforeAll(async () => {
  hub = await startTestHub('in process');
  token = await hub.token(agencies.drug, { officerId: 'DRA-210000-1' });
  hub.enforcement.write({}, {}, {});
});
afterAll(() => hub.stop());

type Cycle = (n: number) => Promise<void>;

/** Openings and closings of each kind. */
const runs = 300;

const cycles: Readonly<Record<string, Cycle>> = {
  'an event source that is closed once it is open': async () => {
    const source = new EventSource(hub, token, { query: live });
    await source.opened;
    source.close();
  },
  'an event source that is closed before it is open': async (n) => {
    const source = new EventSource(hub, token, { query: live });
    setTimeout(() => source.close(), n % 5);
    await source.opened.catch(() => undefined);
    source.close();
  },
  'an event source that comes from a cursor': async (n) => {
    const source = new EventSource(hub, token, { query: live, variables: { after: `c${(n % 3) + 1}` } });
    await source.opened;
    source.close();
  },
  'an event source that is refused': async () => {
    const source = new EventSource(hub, token, { query: live, variables: { after: 'forged' } });
    await source.opened;
    source.close();
  },
  'a socket that is cut': async () => {
    const peer = await Peer.open(hub, token);
    peer.subscribe('s', live, { after: 'c2' });
    await peer.heard(({ id }) => id === 's');
    peer.socket.terminate();
  },
  'a socket that is cut while it subscribes': async () => {
    const peer = await Peer.open(hub, token);
    for (let n = 0; n < 5; n += 1) peer.subscribe(`s${n}`, live, n % 2 === 0 ? { after: 'c1' } : {});
    peer.socket.terminate();
  },
  'a socket that sends much with what it asks': async () => {
    const peer = await Peer.open(hub, token);
    peer.send({ type: 'subscribe', id: 's', payload: { query: live, extensions: { junk: 'j'.repeat(50_000) } } });
    peer.send({ type: 'complete', id: 's' });
    peer.socket.terminate();
  },
};

const many = async (cycle: Cycle, count: number): Promise<void> => {
  for (let n = 0; n < count; n += 25) await Promise.all(Array.from({ length: 25 }, (_, i) => cycle(n + i)));
  // What was sent before this was taken before it.
  await hub.post('{ who }', { token });
  await new Promise((resolve) => setTimeout(resolve, 200));
  await until('nothing is open', () => hub.gateway.openStreams === 0 && hub.enforcement.feeds.size === 0, 10_000);
};

it.each(Object.entries(cycles).flatMap(([name, cycle]) => [true, false].map((places) => [name, places, cycle] as const)))(
  'keeps nothing of %s, a thousand times (places: %s)',
  async (_name, places, cycle) => {
    hub.enforcement.tellsPlaces = places;
    hub.lines.length = 0;
    hub.enforcement.requests.length = 0;
    await many(cycle, 200); // caches and compiled code
    hub.lines.length = 0;
    hub.enforcement.requests.length = 0;
    const before = { heap: await heapBytes(), timers: timers() };
    await many(cycle, runs);
    expect(bugsIn(hub)).toEqual([]);
    hub.lines.length = 0;
    hub.enforcement.requests.length = 0;
    const after = { heap: await heapBytes(), timers: timers() };
    expect(after.timers).toBeLessThanOrEqual(before.timers + 2);
    expect((after.heap - before.heap) / runs).toBeLessThan(3_000); // bytes for each: a stream that stayed has three times that
    expect((await hub.metrics.render()).body).toContain('casebridge_subscriptions{kind="logged"} 0');
  },
  240_000,
);

it('keeps little of who asks with a megabyte', async () => {
  const peer = await Peer.open(hub, token);
  const before = await heapBytes();
  for (let n = 0; n < 50; n += 1) peer.send({ type: 'subscribe', id: `s${n}`, payload: { query: live, extensions: { junk: 'j'.repeat(900_000) } } });
  await until('all are open', () => hub.gateway.openStreams === 50, 10_000);
  const after = await heapBytes();
  expect((after - before) / 50).toBeLessThan(20_000);
  peer.socket.terminate();
  await until('nothing is open', () => hub.gateway.openStreams === 0);
}, 120_000);
