import { FixedClock } from '@casebridge/kernel';
import { createLogger, errorFields, requestId, type Logger, type LogLevel } from './logger';

const clock = new FixedClock('2026-11-21T01:00:00.000Z');
let lines: string[];
let logger: Logger;
beforeEach(() => {
  lines = [];
  logger = make();
});

const make = (level: LogLevel = 'debug'): Logger => createLogger({ name: 'test', level, clock, to: { write: (line) => void lines.push(line) } });
const last = (): Record<string, unknown> => JSON.parse(lines.at(-1)!) as Record<string, unknown>;

it('writes one JSON line with level, time and name', () => {
  logger.info({ requestId: 'r-1', count: 3 }, 'relayed');
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^[^\n]+\n$/);
  expect(last()).toEqual({ level: 'info', time: '2026-11-21T01:00:00.000Z', name: 'test', requestId: 'r-1', count: 3, msg: 'relayed' });
});

it('writes nothing below its level', () => {
  const quiet = make('warn');
  quiet.info('no');
  quiet.debug({ a: 1 }, 'no');
  quiet.warn('yes');
  expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual(['yes']);
});

it('gives a child its fields, scrubbed as all others', () => {
  logger.child({ service: 'credit', token: 'abc', note: 'a\nb' }).warn('slow');
  expect(last()).toMatchObject({ service: 'credit', token: '[redacted]', note: 'a b', msg: 'slow' });
});

it('writes no secret, whatever it is called and however deep it lies', () => {
  const secret = 'S3CRET-VALUE';
  logger.info(
    {
      authorization: secret, Authorization: secret, headers: { 'set-cookie': secret, 'X-Auth-Token': secret }, accessToken: secret, access_token: secret,
      password: secret, db: { connectionString: secret }, variables: { reporterName: secret }, parameters: [secret], jwk: { d: secret }, d: secret,
      input: secret, query: secret, body: secret, detail: secret, keys: [{ privateKey: secret }],
    },
    'x',
  );
  expect(lines[0]).not.toContain(secret);
  logger.info({ tokenId: 'jti-7', queryHash: 'h' }, 'ids stay');
  expect(last()).toMatchObject({ tokenId: 'jti-7', queryHash: 'h' });
});

it('masks tokens, passwords in URLs, resident and mobile numbers inside texts', () => {
  const jwt = 'eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJ4In0.c2ln';
  logger.info({ note: `Bearer ${jwt}; ${jwt}; postgres://role:hunter2@db/x; 11010519491231002X; 13800138000; +86-13800138000` }, `said ${jwt} for 110105194912310021`);
  for (const hidden of [jwt, 'eyJ', 'hunter2', '11010519491231002', '13800138000']) expect(lines[0]).not.toContain(hidden);
  logger.info({ id: '0198c0de-1380-7013-8001-380013800138', bytes: 13_800_138_000, uscc: '91210100MA0ABCDE1X' }, 'ids and counts stay');
  expect(last()).toMatchObject({ id: '0198c0de-1380-7013-8001-380013800138', bytes: 13_800_138_000, uscc: '91210100MA0ABCDE1X' });
});

it('cannot be made to write a second line, colours or text that runs backwards', () => {
  const evil = 'a\r\n{"level":"fatal"}\u001b[31m\u202e\u2028\u0085\u0000b\ud800';
  logger.info({ note: evil, [evil]: 1, list: [evil] }, evil);
  expect(lines).toHaveLength(1);
  const text = JSON.stringify(last());
  // C0, C1, bidi marks, separators and lone surrogates must be gone, in keys too.
  expect(text).not.toMatch(/\\u001b|\\r|\\n|\\u0000|[\u0080-\u009f\u202a-\u202e\u2028\u2029\ud800]/);
});

it('takes the message as a text and not as a format', () => {
  logger.info('100%s %d %%');
  expect(last()['msg']).toBe('100%s %d %%');
  logger.info({ a: 1 }, '%o');
  expect(last()['msg']).toBe('%o');
});

it('writes of a database error what broke and not what was in the row', () => {
  const error = Object.assign(new Error('duplicate key value violates unique constraint, Key (name)=(甲某) already exists'), {
    severity: 'ERROR', code: '23505', constraint: 'person_name_key', table: 'person', detail: 'Key (name)=(甲某)', parameters: ['甲某'], query: "insert '甲某'",
  });
  logger.error({ err: error }, 'failed');
  expect(lines[0]).not.toContain('甲某');
  expect(last()['err']).toMatchObject({ type: 'Error', code: '23505', constraint: 'person_name_key', table: 'person', stack: expect.any(Array) });
});

it('writes of other errors class, words, causes and frames', () => {
  const error = new TypeError('not a function', { cause: Object.assign(new Error('lost\nline'), { code: 'ECONNRESET' }) });
  logger.error(error, 'failed');
  expect(last()['err']).toMatchObject({ type: 'TypeError', message: 'not a function', cause: { code: 'ECONNRESET', message: 'lost line' } });
  expect(errorFields(error)['stack']).toEqual(expect.arrayContaining([expect.stringContaining('logger.spec')]));
  expect(errorFields(new AggregateError([new Error('one')], 'all'))).toMatchObject({ errors: [{ message: 'one' }] });
});

it('survives circles, depth, size and odd values', () => {
  const circle: Record<string, unknown> = { bytes: Buffer.from('secret'), big: 10n, at: new Date(0), never: new Date(Number.NaN), map: new Map([[1, 2]]), f: () => 1, none: undefined };
  circle['self'] = circle;
  circle['deep'] = { a: { b: { c: { d1: { e: 'too deep' } } } } };
  circle['many'] = Array.from({ length: 1_000 }, (_, i) => i);
  circle['long'] = 'x'.repeat(100_000);
  logger.info(circle, 'odd');
  expect(lines[0]!.length).toBeLessThan(6_000);
  expect(lines[0]).not.toContain('too deep');
  expect(last()).toMatchObject({ bytes: '[6 bytes]', big: '10', at: '1970-01-01T00:00:00.000Z', never: 'Invalid Date', self: '[circular]', map: { size: 1 } });
});

it('takes over a plain request id and makes a new one else', () => {
  expect(requestId('req-12345', clock)).toBe('req-12345');
  for (const offered of [undefined, '', 'short', 'x'.repeat(65), 'a b c d e f', 'id\nlevel=fatal', ['req-12345']]) {
    expect(requestId(offered, clock)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
  }
});
