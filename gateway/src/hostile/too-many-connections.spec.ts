import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { until } from '../testing/carriers';
import { agencies, startTestHub, type TestHub } from '../testing/test-hub';
import { type Bystander, bugsIn, bystander } from './testing/bystander';
import { post, raw, statusesOf } from './testing/raw';

const total = 40;
/** All of whom it takes may be at work at once: who comes then finds nobody idle. */
const limits = {
  connectionLimits: { total, perAddress: 5 }, trustedProxies: ['127.0.0.1'],
  concurrencyLimits: { perReader: total, total, waitingPerReader: total, waitingTotal: total, waitMs: 60_000 },
};

let hub: TestHub;
let token: string;
let other: Bystander;
const open: Socket[] = [];
const hold = async (said = ''): Promise<Socket> => {
  const socket = connect({ port: hub.gateway.port, host: '127.0.0.1' });
  open.push(socket);
  socket.on('error', () => undefined).resume();
  await new Promise((resolve) => socket.once('connect', resolve).once('close', resolve));
  socket.write(said);
  return socket;
};

beforeEach(async () => {
  hub = await startTestHub('in process', { deadlineMs: 60_000, gateway: limits });
  token = await hub.token(agencies.drug, { officerId: 'DRA-210000-1' });
  other = await bystander(hub, { asksAgain: true });
});
afterEach(async () => {
  expect(await other.stop()).toBeGreaterThan(0);
  for (const socket of open.splice(0)) socket.destroy();
  expect(bugsIn(hub)).toEqual([]);
  await hub.stop();
});

it.each([
  ['say nothing', ''],
  ['send half a header', 'POST /graphql HTTP/1.1\r\nHost: hub\r\nX-A: '],
  ['were answered and keep the line', 'GET /healthz HTTP/1.1\r\nHost: hub\r\n\r\n'],
])('does not let two hundred connections that %s keep anybody out', async (_how, said) => {
  for (let n = 0; n < 200; n += 1) {
    await hold(said);
    if (n % 20 === 0) await sleep(5);
  }
  const { body, status } = await hub.post('{ who }', { token });
  expect([status, body.errors]).toEqual([200, undefined]);
  await until('the others noticed that they were closed', () => open.filter((socket) => !socket.destroyed && !socket.readableEnded).length <= total, 10_000);
}, 60_000);

it('tells who comes when all are at work that it is full, and takes him later', async () => {
  await other.stop(); // his connection would have to be one of them
  const answer = hub.enforcement.hold();
  hub.enforcement.requests.length = 0;
  const ask = (): Buffer => post(JSON.stringify({ query: '{ who }' }), [`Authorization: Bearer ${token}`]);
  for (let n = 0; n < total; n += 1) await hold(ask().toString());
  await until('all are at work', () => hub.enforcement.requests.length === total);
  const refused = await Promise.all(Array.from({ length: 30 }, () => raw(hub.gateway.port, { parts: [ask()] })));
  expect(refused.map(({ text }) => statusesOf(text))).toEqual(refused.map(() => [503]));
  for (const { end, text } of refused) {
    expect(end).not.toBe('open');
    expect(text).toMatch(/\r\nRetry-After: 1\r\n/);
    expect(text).toContain('"GATEWAY_BUSY"');
  }
  expect((await hub.metrics.render()).body).toMatch(/casebridge_connections_refused_total 30\n/);
  answer();
  for (const socket of open.splice(0)) socket.destroy();
  const police = await hub.token(agencies.police);
  await until('he is taken', () => hub.post('{ who }', { token: police }).then(({ status }) => status === 200, () => false));
  other = await bystander(hub, { asksAgain: true });
}, 60_000);

it('gives each client behind a trusted proxy his own number of sockets', async () => {
  const socketOf = (client: string): Promise<WebSocket | string> => new Promise((resolve) => {
    const socket = new WebSocket(`${hub.gateway.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { headers: { 'x-forwarded-for': client } });
    socket.once('open', () => resolve(socket)).once('unexpected-response', (_request, response) => resolve(`${response.statusCode} ${response.headers['retry-after']}`)).on('error', () => undefined);
  });
  const greedy = [];
  for (let n = 0; n < 7; n += 1) greedy.push(await socketOf('192.0.2.1'));
  expect(greedy.map((socket) => (typeof socket === 'string' ? socket : 'open'))).toEqual(['open', 'open', 'open', 'open', 'open', '503 1', '503 1']);
  const modest = await socketOf('192.0.2.2');
  expect(modest).toBeInstanceOf(WebSocket);
  for (const socket of [...greedy, modest]) if (typeof socket !== 'string') socket.terminate();
});
