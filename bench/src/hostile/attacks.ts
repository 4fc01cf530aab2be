import { clientFrame } from '../subscriptions/frames';

const repeated = (count: number, each: (n: number) => string): string => Array.from({ length: count }, (_, n) => each(n)).join(' ');
const json = (query: string): string => JSON.stringify({ query });

const request = (body: string | Buffer, type = 'application/json'): Buffer => Buffer.concat([
  Buffer.from(`POST /graphql HTTP/1.1\r\nHost: hub\r\nConnection: close\r\nContent-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`),
  Buffer.from(body),
]);

const upgrade = Buffer.from([
  'GET /graphql HTTP/1.1', 'Host: hub', 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==', 'Sec-WebSocket-Protocol: graphql-transport-ws', '', '',
].join('\r\n'));
const message = (value: object): Buffer => clientFrame(1, Buffer.from(JSON.stringify(value)));

/** What one connection sends, by what it is; each is another text every time, so that nothing is answered from a cache of documents. */
export const attacks: Readonly<Record<string, (n: number) => Buffer>> = {
  deep: (n) => request(json(`{ a${n}: ${'x { '.repeat(5_000)}${'}'.repeat(5_000)} }`)),
  wide: (n) => request(json(`{ ${repeated(20_000, (i) => `f${n}_${i}`)} }`)),
  aliases: (n) => request(json(`{ ${repeated(1_000, (i) => `a${n}_${i}: __typename`)} }`)),
  directives: (n) => request(json(`query Q${n} { __typename ${repeated(1_000, () => '@include(if: true)')} }`)),
  circle: (n) => request(json(`{ ...F0 } ${repeated(50, (i) => `fragment F${i} on Query { a${n}: __typename ...F${(i + 1) % 50} }`)}`)),
  doubling: (n) => request(json(`query Q${n} { ...F0 } ${repeated(29, (i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`)} fragment F29 on Query { __typename }`)),
  unknown: (n) => request(json(`{ ${repeated(90, (i) => `unknown${n}_${i}`)} }`)),
  batch: () => request(JSON.stringify(Array.from({ length: 1_000 }, () => ({ query: '{ __typename }' })))),
  noise: () => request(Buffer.alloc(1024 * 1024, 0x81)),
  brackets: () => request('['.repeat(1024 * 1024)),
  long: (n) => request(json(`{ a${n} } # ${'x'.repeat(1024 * 1023)}`)),
  form: () => request('a=b', 'application/x-www-form-urlencoded'),
  smuggling: () => Buffer.from('POST /graphql HTTP/1.1\r\nHost: hub\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'),
  headers: () => Buffer.from(`GET /healthz HTTP/1.1\r\nHost: hub\r\n${repeated(2_000, (i) => `x-${i}: 1\r\n`).replaceAll(' x', 'x')}\r\n`),
  'half a request': () => request('{}').subarray(0, 40),
  'socket: no beginning': () => Buffer.concat([upgrade, message({ type: 'subscribe', id: '1', payload: { query: '{ __typename }' } })]),
  'socket: subscriptions': (n) => Buffer.concat([upgrade, message({ type: 'connection_init' }), ...Array.from({ length: 50 }, (_, i) => message({ type: 'subscribe', id: `${n}-${i}`, payload: { query: `{ nothing${n}_${i} }` } }))]),
  'socket: pings': () => Buffer.concat([upgrade, message({ type: 'connection_init' }), ...Array.from({ length: 1_000 }, () => message({ type: 'ping' }))]),
};
