import { agencies, startTestHub, type TestHub } from '../testing/test-hub';
import { type Bystander, bugsIn, bystander } from './testing/bystander';
import { post, raw, statusesOf } from './testing/raw';

const json = (value: unknown): string => JSON.stringify(value);
const asked = (query: string, variables?: unknown): string => json({ query, variables });
const deepValue = (levels: number): string => `${'['.repeat(levels)}1${']'.repeat(levels)}`;
const fields = (count: number, each: (n: number) => string): string => Array.from({ length: count }, (_, n) => each(n)).join(' ');

/** Bodies of POST /graphql, and the only status that each may have. */
const bodies: readonly (readonly [name: string, body: string | Buffer, status: number])[] = [
  ['nothing', '', 400],
  ['no JSON', '{"query": "{ who }"', 400],
  ['a text', '"{ who }"', 400],
  ['null', 'null', 400],
  ['a number too large for JavaScript', '1e999', 400],
  ['a batch', json([{ query: '{ who }' }, { query: '{ who }' }]), 400],
  ['a batch of a thousand', json(Array.from({ length: 1_000 }, () => ({ query: '{ who }' }))), 400],
  ['batches in batches', deepValue(200_000), 400],
  ['objects in objects', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`, 400],
  ['a query that is a list', json({ query: ['{ who }'] }), 400],
  ['a query that is an object', json({ query: { toString: '{ who }' } }), 400],
  ['a query that is empty', json({ query: '' }), 400],
  ['no query', '{}', 400],
  ['a name that is a list', json({ query: '{ who }', operationName: ['a'] }), 400],
  ['variables that are a list', json({ query: '{ who }', variables: [1] }), 400],
  ['variables that are a text', json({ query: '{ who }', variables: '{"a":1}' }), 400],
  ['extensions that are a list', json({ query: '{ who }', extensions: [] }), 400],
  ['extensions that are nonsense', json({ query: '{ who }', extensions: { persistedQuery: [[]] } }), 400],
  ['a hash that is a megabyte', json({ extensions: { persistedQuery: { version: 1, sha256Hash: 'f'.repeat(900_000) } } }), 400],
  ['__proto__ as variables', '{"query":"query($id: ID!) { case(id: $id) { no } }","variables":{"__proto__":{"id":"1"}}}', 400],
  ['bytes that are no UTF-8', Buffer.concat([Buffer.from('{"query":"{ who }","x":"'), Buffer.from([0xff, 0xfe, 0xc0, 0x80]), Buffer.from('"}')]), 400],
  ['half a character', Buffer.concat([Buffer.from('{"query":"{ who }"}'), Buffer.from([0xe4, 0xb8])]), 400],
  ['UTF-16', Buffer.from('{"query":"{ who }"}', 'utf16le'), 400],
  ['a byte order mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from('{"query":"{ who }"}')]), 400],
  ['compressed by its own word', Buffer.from('1f8b0800000000000003abae05004369', 'hex'), 400],
  ['a lone surrogate in the document', '{"query":"{ who(\\ud800: 1) }"}', 400],
  ['a lone surrogate in a text', '{"query":"{ case(id: \\"\\ud800\\") { no } }"}', 400],
  ['a lone surrogate in a variable', '{"query":"query($id: ID!) { case(id: $id) { no } }","variables":{"id":"\\udfff"}}', 200],
  ['a zero in a variable', '{"query":"query($id: ID!) { case(id: $id) { no } }","variables":{"id":"\\u0000"}}', 200],
  ['a giant integer as an id', '{"query":"query($id: ID!) { case(id: $id) { no } }","variables":{"id":123456789012345678901234567890}}', 400],
  ['a giant integer in the document', asked(`{ case(id: ${'9'.repeat(5_000)}) { no } }`), 200],
  ['infinity as an id', '{"query":"query($id: ID!) { case(id: $id) { no } }","variables":{"id":1e999}}', 400],
  ['twenty thousand variables declared', asked(`query (${fields(20_000, (n) => `$v${n}: ID`)}) { who }`), 400],
  ['twenty thousand variables sent', asked('{ who }', Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`v${n}`, n]))), 400],
  ['a variable of lists in lists', `{"query":"query($id: ID!) { case(id: $id) { no } }","variables":{"id":${deepValue(50_000)}}}`, 400],
  ['a variable that nobody declared, of lists in lists', `{"query":"{ who }","variables":{"x":${deepValue(50_000)}}}`, 400],
  ['a deep document', asked(`${'{ case(id: "1") '.repeat(5_000)}${'}'.repeat(5_000)}`), 400],
  ['a deep value in the document', asked(`{ case(id: ${deepValue(20_000)}) { no } }`), 400],
  ['a deep type in the document', asked(`query ($a: ${deepValue(20_000).replace('1', 'ID')}) { who }`), 400],
  ['a wide document', asked(`{ ${fields(50_000, () => 'who')} }`), 400],
  ['aliases by the thousand', asked(`{ ${fields(1_000, (n) => `a${n}: who`)} }`), 400],
  ['directives by the thousand', asked(`{ who ${fields(1_000, () => '@include(if: true)')} }`), 400],
  ['directives by the thousand, of a name unknown', asked(`{ who ${fields(1_000, (n) => `@a${n}`)} }`), 400],
  ['a fragment in itself', asked('{ cases { ...F } } fragment F on Case { no ...F }'), 400],
  ['a circle of fragments', asked(`{ cases { ...F0 } } ${fields(50, (n) => `fragment F${n} on Case { no ...F${(n + 1) % 50} }`)}`), 400],
  ['fragments that double', asked(`{ cases { ...F0 } } ${fields(29, (n) => `fragment F${n} on Case { ...F${n + 1} ...F${n + 1} }`)} fragment F29 on Case { no }`), 400],
  ['fragments that double and end in nothing', asked(`{ cases { ...F0 } } ${fields(29, (n) => `fragment F${n} on Case { ...F${n + 1} ...F${n + 1} }`)} fragment F29 on Case { ...Nope }`), 400],
  ['fragments by the thousand', asked(`{ cases { ${fields(1_000, (n) => `...F${n}`)} } } ${fields(1_000, (n) => `fragment F${n} on Case { no }`)}`), 400],
  ['operations by the thousand', asked(fields(1_000, (n) => `query Q${n} { who }`)), 400],
  ['the same field under one name ten thousand times', asked(`{ cases { ${fields(3_000, () => 'no')} } }`), 400],
  ['comments only', asked('#'.repeat(90_000)), 400],
  ['a text without an end', asked(`{ case(id: "${'a'.repeat(90_000)}`), 400],
  ['a block of text without an end', asked(`{ case(id: """${'\\"""'.repeat(9_000)}`), 400],
  ['type definitions', asked('type Query { a: Int } extend type Case { b: Int }'), 400],
  ['a megabyte of zeros', Buffer.alloc(1024 * 1024), 400],
  ['a megabyte of noise', Buffer.from(Array.from({ length: 1024 * 1024 }, (_, n) => (n * 2_654_435_761) % 251)), 400],
  ['a megabyte and a byte', Buffer.alloc(1024 * 1024 + 1, 0x20), 413],
  ['entities', asked('{ _entities(representations: [{ __typename: "Case", id: "1" }]) { __typename } }'), 400],
  ['the service definition', asked('{ _service { sdl } }'), 400],
];

/** Whole requests as bytes. */
const wire: readonly (readonly [name: string, request: string | Buffer, statuses: readonly number[]])[] = [
  ['text/plain', 'POST /graphql HTTP/1.1\r\nHost: hub\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: 17\r\n\r\n{"query":"{who}"}', [400]],
  ['a form', 'POST /graphql HTTP/1.1\r\nHost: hub\r\nConnection: close\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 5\r\n\r\n--x--', [400]],
  ['two content types', 'POST /graphql HTTP/1.1\r\nHost: hub\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}', [400]],
  ['no content type', 'POST /graphql HTTP/1.1\r\nHost: hub\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}', [400]],
  ['PUT', 'PUT /graphql HTTP/1.1\r\nHost: hub\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}', [405]],
  ['DELETE', 'DELETE /graphql HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n', [405]],
  ['TRACE', 'TRACE /graphql HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n', [405]],
  ['a method that is none', 'HACK /graphql HTTP/1.1\r\nHost: hub\r\n\r\n', [400]],
  ['CONNECT', 'CONNECT hub:443 HTTP/1.1\r\nHost: hub\r\n\r\n', []],
  ['no host', 'GET /graphql?query=%7Bwho%7D HTTP/1.1\r\n\r\n', [400]],
  ['another protocol', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', [400]],
  ['HTTP/2 unasked', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', [400]],
  ['a length and chunks', 'POST /graphql HTTP/1.1\r\nHost: hub\r\nContent-Type: application/json\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: hub\r\n\r\n', [400]],
  ['chunks and a length', 'POST /graphql HTTP/1.1\r\nHost: hub\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: hub\r\n\r\n', [400]],
  ['two lengths', 'POST /graphql HTTP/1.1\r\nHost: hub\r\nContent-Length: 2\r\nContent-Length: 44\r\n\r\n{}GET /healthz HTTP/1.1\r\nHost: hub\r\n\r\n', [400]],
  ['a length with a sign', 'POST /graphql HTTP/1.1\r\nHost: hub\r\nContent-Length: +2\r\n\r\n{}', [400]],
  ['a length in hex', 'POST /graphql HTTP/1.1\r\nHost: hub\r\nContent-Length: 0x2\r\n\r\n{}', [400]],
  ['a coding that hides chunks', 'POST /graphql HTTP/1.1\r\nHost: hub\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n', [400]],
  ['chunks twice', 'POST /graphql HTTP/1.1\r\nHost: hub\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n', [400]],
  ['a space before the colon', 'POST /graphql HTTP/1.1\r\nHost: hub\r\nContent-Length : 2\r\n\r\n{}', [400]],
  ['a folded header', 'GET /healthz HTTP/1.1\r\nHost: hub\r\nX-A: a\r\n b\r\n\r\n', [400]],
  ['a bare line feed', 'GET /healthz HTTP/1.1\nHost: hub\n\n', [400]],
  ['a zero in a header', 'GET /healthz HTTP/1.1\r\nHost: hub\r\nX-A: a\0b\r\n\r\n', [400]],
  ['a chunk of a length that is none', 'POST /graphql HTTP/1.1\r\nHost: hub\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n', [400]],
  ['a header of 64 kB', `GET /healthz HTTP/1.1\r\nHost: hub\r\nX-A: ${'a'.repeat(65_536)}\r\n\r\n`, [431]],
  ['ten thousand headers', `GET /healthz HTTP/1.1\r\nHost: hub\r\n${fields(10_000, (n) => `X-${n}: 1\r\n`).replaceAll(' X', 'X')}\r\n`, [431]],
  ['an address of 64 kB', `GET /${'a'.repeat(65_536)} HTTP/1.1\r\nHost: hub\r\n\r\n`, [431]],
  ['a token of 12 kB', `GET /graphql?query=%7Bwho%7D HTTP/1.1\r\nHost: hub\r\nConnection: close\r\nAuthorization: Bearer ${'a'.repeat(12_000)}\r\n\r\n`, [401]],
  ['an id of a request that forges a line of the log', 'GET /healthz HTTP/1.1\r\nHost: hub\r\nConnection: close\r\nX-Request-Id: a", "level": 50, "msg": "forged\r\n\r\n', [200]],
  ['an expectation that nobody knows', 'POST /graphql HTTP/1.1\r\nHost: hub\r\nConnection: close\r\nExpect: miracles\r\nContent-Length: 0\r\n\r\n', [417]],
  ['an upgrade to something else', 'GET /graphql HTTP/1.1\r\nHost: hub\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n', [400]],
  ['an upgrade elsewhere', 'GET /files HTTP/1.1\r\nHost: hub\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n', [404]],
  ['an upgrade without a key', 'GET /graphql HTTP/1.1\r\nHost: hub\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\r\n', [400]],
  ['a bad escape in the address', 'GET /graphql?query=%zz%ff%c0 HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n', [400]],
  ['variables in the address that are no JSON', 'GET /graphql?query=%7Bwho%7D&variables=%7B HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n', [400]],
  ['a mutation in the address', 'GET /graphql?query=mutation%7Bdecide(id%3A1)%7Bseen%7D%7D HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n', [405]],
  ['a way out of the folder', 'GET /files/../../etc/passwd HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n', [404]],
];

let hub: TestHub;
let token: string;
let other: Bystander;
beforeAll(async () => {
  hub = await startTestHub('in process');
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

it.each(bodies)('answers %s', async (_name, body, status) => {
  const { text } = await raw(hub.gateway.port, { parts: [post(body, [`Authorization: Bearer ${token}`, 'Connection: close'])] });
  expect({ statuses: statusesOf(text), text: text.slice(-600) }).toMatchObject({ statuses: [status] });
  const answer = JSON.parse(text.slice(text.indexOf('\r\n\r\n') + 4)) as { errors?: { message: string; extensions: { code: string; kind: string } }[] };
  for (const { extensions, message } of answer.errors ?? []) {
    expect(extensions).toMatchObject({ code: expect.stringMatching(/^[A-Z_]+$/), kind: expect.stringMatching(/^(BAD_USER_INPUT|FORBIDDEN|NOT_FOUND)$/) });
    expect(message.length).toBeLessThan(1_000);
    expect(message).not.toMatch(/did you mean|node_modules|\.js:/i);
  }
  if (status !== 200) expect(answer.errors).not.toHaveLength(0);
});

it.each(wire)('takes %s for what it is', async (_name, request, statuses) => {
  const { text, end } = await raw(hub.gateway.port, { parts: [request], patienceMs: 10_000 });
  expect({ statuses: statusesOf(text), text: text.slice(0, 200) }).toMatchObject({ statuses });
  expect(end).not.toBe('open');
  expect(hub.lines.join()).not.toContain('forged');
});

it('answers what came before garbage on the same connection, and nothing after it', async () => {
  const execute = hub.inspection.execute.bind(hub.inspection);
  hub.inspection.execute = async (request) => {
    await new Promise((resolve) => setTimeout(resolve, 150));
    return execute(request);
  };
  const good = post(asked('{ case(id: "1") { no firm { name } } }'), [`Authorization: Bearer ${token}`]);
  const { text } = await raw(hub.gateway.port, { parts: [Buffer.concat([good, Buffer.from('\0\0garbage\r\n\r\n'), good])] });
  hub.inspection.execute = execute;
  expect(statusesOf(text)).toEqual([200]);
  expect(text).toContain('"firm U1"');
});

it('answers a thousand requests on one connection in their order, or says that it is too much', async () => {
  const many = Array.from({ length: 1_000 }, (_, n) => post(asked(`query Q { case(id: "${n % 2 === 0 ? 1 : 3}") { no } }`), [`Authorization: Bearer ${token}`, ...(n === 999 ? ['Connection: close'] : [])]));
  const { text } = await raw(hub.gateway.port, { parts: [Buffer.concat(many)], patienceMs: 100_000 });
  const statuses = statusesOf(text);
  expect(statuses).toHaveLength(1_000);
  expect(new Set(statuses)).toEqual(new Set(statuses.includes(429) ? [200, 429] : [200]));
  const answers = text.split('HTTP/1.1 ').slice(1);
  for (const [n, answer] of answers.entries()) if (answer.startsWith('200')) expect(answer).toContain(n % 2 === 0 ? 'A-1' : 'A-3');
}, 120_000);
