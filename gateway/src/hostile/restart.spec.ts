import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { until } from '../testing/carriers';
import { agencies, startTestHub, testEnforcement, type TestHub } from '../testing/test-hub';
import type { TestService } from '../testing/test-service';
import { EventSource } from './testing/event-source';
import { Peer } from './testing/peer';

const live = 'subscription Log($after: String) { logged(after: $after) { n cursor case { firm { name } } } }';

interface Event {
  readonly n: number;
  readonly cursor: string;
  readonly case: unknown;
}

let log: TestService;
const hubs: TestHub[] = [];
/** One gateway after the other before the same log, as when a process is replaced. */
const startHub = async (): Promise<TestHub> => {
  const hub = await startTestHub('in process', { enforcement: log });
  hubs.push(hub);
  return hub;
};
const tokenOf = (hub: TestHub): Promise<string> => hub.token(agencies.drug, { officerId: 'DRA-210000-1' });

beforeEach(() => {
  log = testEnforcement();
});
afterEach(async () => {
  for (const hub of hubs.splice(0)) await hub.stop();
});

/** Writes without a pause, whatever becomes of its readers. */
function writer(): { stop(): Promise<number> } {
  let over = false;
  const writing = (async () => {
    while (!over) {
      log.write({ id: '1' });
      await sleep(1);
    }
  })();
  return {
    stop: async () => {
      over = true;
      await writing;
      return log.log.length;
    },
  };
}

it.each([true, false])('loses nothing and sends nothing twice over five gateways (the service tells places: %s)', async (places) => {
  log.tellsPlaces = places;
  const events: Event[] = [];
  let cursor = 'c0';
  let hub = await startHub();
  const writing = writer();
  for (let life = 0; life < 5; life += 1) {
    const client: Client = createClient({
      url: `${hub.gateway.url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0, connectionParams: { authorization: `Bearer ${await tokenOf(hub)}` },
    });
    let over = false;
    client.subscribe<Record<string, unknown>>({ query: live, variables: { after: cursor } }, {
      next: ({ data }) => {
        const event = data?.['logged'] as Event;
        events.push(event);
        ({ cursor } = event);
      },
      error: () => void (over = true), complete: () => void (over = true),
    });
    const had = events.length;
    await until('some events came', () => events.length > had + 30, 15_000);
    if (life < 4) {
      await hub.gateway.stop();
      await until('the client was told', () => over);
      hub = await startHub();
      continue;
    }
    const all = await writing.stop();
    await until('the last came', () => events.at(-1)?.n === all, 15_000);
    await client.dispose();
  }
  expect(events.map(({ n }) => n)).toEqual(Array.from({ length: log.log.length }, (_, i) => i + 1));
  expect(events.every((event) => JSON.stringify(event.case) === '{"firm":{"name":"firm U1"}}')).toBe(true);
}, 90_000);

it('completes streams on sockets, then closes with 1001, and tells event sources when to come again', async () => {
  const hub = await startHub();
  const token = await tokenOf(hub);
  const peer = await Peer.open(hub, token);
  peer.subscribe('s', live);
  const sources = Array.from({ length: 20 }, () => new EventSource(hub, token, { query: live }));
  await until('all are there', () => hub.gateway.openStreams === 21);
  log.write({ id: '1' });
  await until('all have it', () => peer.of('s').length === 1 && sources.every(({ results }) => results.length === 1));
  await hub.gateway.stop();
  expect(peer.of('s').map(({ type }) => type)).toEqual(['next', 'complete']);
  expect((await peer.closed)[0]).toBe(1001);
  await until('all sources have ended', () => sources.every(({ ended }) => ended));
  expect(sources.some(({ isComplete }) => isComplete)).toBe(false);
  const waits = sources.map(({ retry }) => retry ?? 0);
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(1_000);
  expect(new Set(waits).size).toBeGreaterThan(10); // not all at once
  expect(log.feeds.size).toBe(0);
});

it('refuses what comes while it goes away, so that another gateway is asked', async () => {
  const hub = await startHub();
  const token = await tokenOf(hub);
  const peer = await Peer.open(hub, token);
  const answer = hub.inspection.hold();
  peer.subscribe('q', '{ case(id: "1") { firm { name } } }'); // keeps the socket until it is answered
  await until('it is under way', () => hub.inspection.requests.length > 0);
  const stopped = hub.gateway.stop();
  peer.subscribe('late', live);
  await peer.heard(({ id }) => id === 'late');
  expect(peer.of('late')[0]).toMatchObject({ type: 'error', payload: [{ extensions: { code: 'GATEWAY_DRAINING', kind: 'UNAVAILABLE' } }] });
  await expect(Peer.open(hub, token)).rejects.toThrow();
  answer();
  await stopped;
}, 60_000);
