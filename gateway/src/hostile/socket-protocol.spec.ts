import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../testing/carriers';
import { agencies, startTestHub, type TestHub } from '../testing/test-hub';
import { type Bystander, bugsIn, bystander } from './testing/bystander';
import { Peer } from './testing/peer';
import { raw } from './testing/raw';

const live = 'subscription { logged { n text } }';
const init = { type: 'connection_init' };

let hub: TestHub;
let token: string;
let other: Bystander;
const peers: Peer[] = [];
const open = async (as?: string | null): Promise<Peer> => {
  const peer = await Peer.open(hub, as);
  peers.push(peer);
  return peer;
};

beforeAll(async () => {
  hub = await startTestHub('in process', { gateway: { socketLimits: { initMs: 1_000, keepAliveMs: 600 } } });
  token = await hub.token(agencies.drug, { officerId: 'DRA-210000-1' });
});
afterAll(() => hub.stop());
beforeEach(async () => {
  hub.lines.length = 0;
  other = await bystander(hub);
});
afterEach(async () => {
  for (const { socket } of peers.splice(0)) socket.terminate();
  await until('nothing is left open', () => hub.gateway.openStreams === 0 && hub.enforcement.feeds.size === 0);
  expect(await other.stop()).toBeGreaterThan(0);
  expect(bugsIn(hub)).toEqual([]);
});

const violations: readonly (readonly [name: string, messages: readonly (object | string | Buffer)[], code: number])[] = [
  ['subscribes before it has begun', [{ type: 'subscribe', id: '1', payload: { query: live } }], 4401],
  ['begins twice', [init, init], 4429],
  ['uses an id twice', [init, { type: 'subscribe', id: '1', payload: { query: live } }, { type: 'subscribe', id: '1', payload: { query: live } }], 4409],
  ['says what nobody knows', [init, { type: 'start', id: '1', payload: {} }], 4400],
  ['says what only servers say', [init, { type: 'next', id: '1', payload: {} }], 4400],
  ['sends no JSON', [init, '{"type":'], 4400],
  ['sends a list', [init, '[]'], 4400],
  ['sends null', [init, 'null'], 4400],
  ['has an id that is a number', [init, { type: 'subscribe', id: 1, payload: { query: live } }], 4400],
  ['has an id that is empty', [init, { type: 'subscribe', id: '', payload: { query: live } }], 4400],
  ['has no query', [init, { type: 'subscribe', id: '1', payload: {} }], 4400],
  ['has variables that are a list', [init, { type: 'subscribe', id: '1', payload: { query: live, variables: [1] } }], 4400],
  ['pings with a text', [init, { type: 'ping', payload: 'x' }], 4400],
  ['sends bytes', [Buffer.from(JSON.stringify(init))], 4400],
  ['sends a megabyte and more', [init, JSON.stringify({ type: 'ping', payload: { x: 'a'.repeat(1024 * 1024) } })], 1009],
  ['sends lists in lists', [init, '['.repeat(500_000)], 4400],
];

it.each(violations)('closes the socket of who %s', async (_name, messages, code) => {
  const peer = await open();
  for (const message of messages) {
    peer.send(message);
    if (message === init && !peer.isClosed) await peer.heard(({ type }) => type === 'connection_ack');
  }
  expect((await peer.closed)[0]).toBe(code);
});

it('closes the socket of who breaks the frames', async () => {
  const key = 'GET /graphql HTTP/1.1\r\nHost: hub\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n';
  const frames: Readonly<Record<string, readonly number[]>> = {
    'no mask': [0x81, 1, 65], 'a reserved bit': [0xf1, 0x80, 0, 0, 0, 0], 'an opcode that nobody knows': [0x8f, 0x80, 0, 0, 0, 0],
    'a ping of 200 bytes': [0x89, 0xfe, 0, 200, 0, 0, 0, 0], 'a part of nothing': [0x80, 0x80, 0, 0, 0, 0],
    'a length of 2^63': [0x81, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 'bytes that are no UTF-8': [0x81, 0x82, 0, 0, 0, 0, 0xc0, 0x80],
    'a close of one byte': [0x88, 0x81, 0, 0, 0, 0, 1],
  };
  for (const [name, bytes] of Object.entries(frames)) {
    const { end } = await raw(hub.gateway.port, { parts: [key, Buffer.from(bytes)], pauseMs: 20, patienceMs: 4_000 });
    expect([name, end]).toEqual([name, expect.stringMatching(/closed|reset/)]);
  }
}, 60_000);

it('closes the socket of who never begins, and of who speaks another protocol', async () => {
  const peer = await open();
  expect(await peer.closed).toEqual([4408, 'Connection initialisation timeout']);
  const { end, text } = await raw(hub.gateway.port, {
    parts: ['GET /graphql HTTP/1.1\r\nHost: hub\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: graphql-ws\r\n\r\n'],
    patienceMs: 8_000,
  });
  expect(text).not.toContain('HTTP/1.1 5');
  expect(end).not.toBe('open');
});

it('refuses an id of a thousand characters and a document that is too long, and goes on', async () => {
  const peer = await open(token);
  peer.subscribe('i'.repeat(1_000), live);
  peer.subscribe('long', `{ who ${'#'.repeat(200_000)}\n }`);
  peer.subscribe('good', '{ case(id: "1") { no } }');
  await peer.heard(({ id, type }) => id === 'good' && type === 'complete');
  expect(peer.of('good')[0]?.payload).toEqual({ data: { case: { no: 'A-1' } } });
  expect(peer.of('long')[0]?.type).toBe('error');
  expect(peer.of('i'.repeat(1_000))[0]?.type).toBe('error');
  expect(peer.isClosed).toBe(false);
});

it('opens 256 streams on one socket and refuses the rest', async () => {
  const peer = await open(token);
  for (let n = 0; n < 400; n += 1) peer.subscribe(`s${n}`, live);
  await until('the rest are refused', () => peer.messages.filter(({ payload }) => payload?.errors?.[0]?.extensions['code'] === 'SUBSCRIPTIONS_EXHAUSTED').length === 144);
  expect(hub.gateway.openStreams).toBe(256);
  peer.send({ type: 'complete', id: 's0' });
  await until('one has ended', () => hub.gateway.openStreams === 255);
  peer.subscribe('again', live);
  await until('there is room for one', () => hub.gateway.openStreams === 256);
});

it('answers a flood of queries on one socket within what one reader may run, and each of them', async () => {
  const peer = await open(token);
  for (let n = 0; n < 2_000; n += 1) peer.subscribe(`q${n}`, '{ case(id: "1") { no firm { name } } }');
  await until('all are answered', () => peer.messages.filter(({ type }) => type === 'complete').length === 2_000, 20_000);
  const codes = new Set(peer.messages.filter(({ type }) => type === 'next').map(({ payload }) => payload?.errors?.[0]?.extensions['code'] ?? 'ok'));
  expect([...codes].filter((code) => !['ok', 'CONCURRENCY_LIMIT', 'GATEWAY_BUSY', 'BUDGET_EXHAUSTED'].includes(String(code)))).toEqual([]);
}, 60_000);

it('takes subscribing and completing ten thousand times, and keeps nothing', async () => {
  const peer = await open(token);
  for (let n = 0; n < 5_000; n += 1) {
    peer.subscribe(`s${n}`, live);
    peer.send({ type: 'complete', id: `s${n}` });
    if (n % 500 === 499) await sleep(20);
  }
  peer.subscribe('end', '{ who }');
  await peer.heard(({ id }) => id === 'end', 20_000);
  await until('all have ended', () => hub.gateway.openStreams === 0 && hub.enforcement.feeds.size === 0, 10_000);
  expect(peer.isClosed).toBe(false);
}, 60_000);

it.each(['pings of the protocol', 'pings of the socket', 'queries'])('holds back who floods with %s and reads nothing', async (what) => {
  const peer = await open(token);
  peer.socket.pause();
  const long = JSON.stringify({ type: 'ping', payload: { x: 'a'.repeat(50_000) } });
  const query = JSON.stringify({ type: 'subscribe', id: 'q', payload: { query: `{ ${Array.from({ length: 20 }, (_, n) => `a${n}: cases { no firm { name marks rank } }`).join(' ')} }` } });
  const startedAt = performance.now();
  let sent = 0;
  while (performance.now() - startedAt < 1_500 && peer.socket.bufferedAmount < 4 * 1024 * 1024) {
    for (let n = 0; n < 50; n += 1) {
      if (what === 'pings of the protocol') peer.send(long);
      else if (what === 'pings of the socket') peer.socket.ping('a'.repeat(125));
      else peer.send(query.replace('"q"', `"q${(sent += 1)}"`));
    }
    await sleep(1);
  }
  // What is not taken from him piles up on his side; he does not answer signs of life either, and is cut.
  await sleep(5_000);
  peer.socket.resume();
  expect([1006, 4429]).toContain((await peer.closed)[0]);
}, 60_000);

it.each(['the protocol', 'the socket'])('answers fifty pings of %s in a second, and closes at more', async (of) => {
  const peer = await open(token);
  let pongs = 0;
  peer.socket.on('pong', () => (pongs += 1));
  const answered = (): number => pongs + peer.messages.filter(({ type }) => type === 'pong').length;
  const ping = (): void => (of === 'the socket' ? peer.socket.ping('x') : peer.send({ type: 'ping', payload: { x: 1 } }));
  for (let n = 0; n < 20; n += 1) ping();
  await until('all are answered', () => answered() === 20);
  expect(peer.isClosed).toBe(false);
  for (let n = 0; n < 1_000; n += 1) ping();
  expect((await peer.closed)[0]).toBe(4429);
  expect(answered()).toBeLessThanOrEqual(100); // the second may turn
});
