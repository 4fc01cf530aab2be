import { readFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../testing/carriers';
import { agencies, startTestHub, type TestHub } from '../testing/test-hub';
import { type Bystander, bugsIn, bystander } from './testing/bystander';
import { post, raw, statusesOf } from './testing/raw';

const json = (value: unknown): string => JSON.stringify(value);

let hub: TestHub;
let token: string;
let other: Bystander;
beforeAll(async () => {
  hub = await startTestHub('in process', { gateway: { timeouts: { headers: 400, body: 400, request: 1_500, stalled: 1_500 } } });
  token = await hub.token(agencies.drug, { officerId: 'DRA-210000-1' });
});
afterAll(() => hub.stop());
beforeEach(async () => {
  other = await bystander(hub);
});
afterEach(async () => {
  expect(await other.stop()).toBeGreaterThan(0);
  expect(bugsIn(hub)).toEqual([]);
});

const letters = (text: string): string[] => [...text];

it('cuts who sends a body byte for byte, and says why', async () => {
  const head = `POST /graphql HTTP/1.1\r\nHost: hub\r\nContent-Type: application/json\r\nContent-Length: 300\r\nAuthorization: Bearer ${token}\r\n\r\n`;
  const { end, sent, text } = await raw(hub.gateway.port, { parts: [head, ...letters('{"query":"{ who }"'.padEnd(300))], pauseMs: 50, patienceMs: 12_000 });
  expect(statusesOf(text)).toEqual([408]);
  expect(text).toContain('"REQUEST_TIMEOUT"');
  expect(text).toMatch(/connection: close/i);
  expect(end).not.toBe('open');
  expect(sent).toBeLessThan(300);
});

it('cuts who sends a body in chunks without an end', async () => {
  const head = `POST /graphql HTTP/1.1\r\nHost: hub\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`;
  const { end, text } = await raw(hub.gateway.port, { parts: [head, ...Array.from({ length: 200 }, () => '1\r\n \r\n')], pauseMs: 50, patienceMs: 12_000 });
  expect(statusesOf(text)).toEqual([408]);
  expect(end).not.toBe('open');
});

it('cuts an upload that takes for ever', async () => {
  const head = `POST /files HTTP/1.1\r\nHost: hub\r\nContent-Type: text/plain\r\nContent-Length: 1000\r\nAuthorization: Bearer ${token}\r\n\r\n`;
  const { end, sent } = await raw(hub.gateway.port, { parts: [head, ...Array.from({ length: 200 }, () => 'a')], pauseMs: 50, patienceMs: 12_000 });
  expect(end).not.toBe('open');
  expect(sent).toBeLessThan(201);
});

it('cuts who sends a header byte for byte', async () => {
  const parts = letters(`GET /healthz HTTP/1.1\r\nHost: hub\r\nX-A: ${'a'.repeat(500)}`);
  const { end, sent, text } = await raw(hub.gateway.port, { parts, pauseMs: 20 });
  expect(statusesOf(text)).toEqual([408]);
  expect(end).not.toBe('open');
  expect(sent).toBeLessThan(parts.length);
});

it('cuts who connects and says nothing, two hundred at once', async () => {
  const silent = await Promise.all(Array.from({ length: 200 }, () => raw(hub.gateway.port, { patienceMs: 12_000 })));
  expect(silent.filter(({ end }) => end === 'open')).toEqual([]);
});

it('cuts who announces a body and sends none', async () => {
  const { end } = await raw(hub.gateway.port, { parts: ['POST /graphql HTTP/1.1\r\nHost: hub\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n'], patienceMs: 12_000 });
  expect(end).not.toBe('open');
});

it.each(['in the middle of a request', 'in the middle of an answer', 'before an answer', 'in the middle of an upload'])('goes on when two hundred connections are reset %s', async (when) => {
  const whole = post(json({ query: '{ cases { no firm { name marks rank } } }' }), [`Authorization: Bearer ${token}`]);
  const upload = `POST /files HTTP/1.1\r\nHost: hub\r\nContent-Type: text/plain\r\nContent-Length: 100000\r\nAuthorization: Bearer ${token}\r\n\r\n${'a'.repeat(5_000)}`;
  const attack = async (): Promise<void> => {
    const socket = connect({ port: hub.gateway.port, host: '127.0.0.1' });
    socket.on('error', () => undefined);
    const reset = (): void => void socket.resetAndDestroy();
    if (when === 'in the middle of an answer') socket.once('data', reset);
    socket.once('connect', () => {
      if (when === 'in the middle of a request') socket.write(whole.subarray(0, whole.length - 20), reset);
      else if (when === 'in the middle of an upload') socket.write(upload, () => setTimeout(reset, 5));
      else socket.write(whole, when === 'before an answer' ? reset : undefined);
    });
    await new Promise((resolve) => socket.once('close', resolve));
  };
  for (let n = 0; n < 10; n += 1) await Promise.all(Array.from({ length: 20 }, attack));
}, 60_000);

it('cuts who asks for much and reads nothing', async () => {
  const query = `{ ${Array.from({ length: 20 }, (_, n) => `a${n}: cases { no firm { name marks rank } }`).join(' ')} }`;
  const greedy: Socket[] = [];
  for (let n = 0; n < 4; n += 1) {
    const socket = connect({ port: hub.gateway.port, host: '127.0.0.1' });
    socket.on('error', () => undefined).pause();
    await new Promise((resolve) => socket.once('connect', resolve));
    const body = post(json({ query }), [`Authorization: Bearer ${token}`]);
    const writing = (async () => {
      for (let asked = 0; asked < 4_000 && socket.writable && !socket.destroyed; asked += 1) {
        if (!socket.write(body)) await Promise.race([new Promise((resolve) => socket.once('drain', resolve).once('close', resolve)), sleep(4_000)]);
        if (socket.writableNeedDrain) return;
      }
    })();
    void writing;
    greedy.push(socket);
    expect(await connectionsOf(hub)).toBeGreaterThan(0);
  }
  await onlyTheBystander();
  for (const socket of greedy) socket.destroy();
}, 120_000);

it('has nothing left of all that', async () => {
  await onlyTheBystander();
  expect(hub.gateway.openStreams).toBe(0);
}, 120_000);

/** The server itself is the gateway's own: its connections are counted from outside. */
async function connectionsOf(of: TestHub): Promise<number> {
  const port = of.gateway.port.toString(16).toUpperCase().padStart(4, '0');
  const lines = (await readFile('/proc/net/tcp', 'utf8')).split('\n');
  return lines.filter((line) => new RegExp(`^\\s*\\d+: [0-9A-F]{8}:${port} [0-9A-F]{8}:[0-9A-F]{4} 0[1358] `).test(line)).length;
}

/** He has one or two. */
const onlyTheBystander = (): Promise<void> => until('the others are gone', async () => (await connectionsOf(hub)) <= 2, 60_000);
