import { type AgencyReader, FixedClock } from '@casebridge/kernel';
import { agencyRecord, type Directory, directoryOf, type StaticDirectory } from '@casebridge/platform';
import { admit } from '@casebridge/platform/dist/identity/admission';
import type { GraphQLError } from 'graphql';
import { type LiveStream, LiveStreams } from './live-streams';

const code = 'DRA-210000';
let clock: FixedClock;
let directory: StaticDirectory;
/** How often the directory was asked about a reader. */
let asked: number;
let streams: LiveStreams;
/** Codes of the errors with which streams ended, by officer. */
let ended: Map<string, unknown>;

beforeEach(() => {
  jest.useFakeTimers();
  clock = new FixedClock('2026-11-22T09:00:00Z');
  directory = directoryOf([{ code, functions: ['DRUG'], regions: ['210000'] }, { code: 'PSB-210000', functions: ['POLICE'] }]);
  asked = 0;
  const counting: Directory = {
    get ready() { return directory.ready; },
    get version() { return directory.version; },
    agency: (c) => directory.agency(c), agencies: () => directory.agencies(), byIssuer: (i) => directory.byIssuer(i), below: (c) => directory.below(c),
    isRevoked: (key) => {
      asked += 1;
      return directory.isRevoked(key);
    },
    onChange: (listener) => directory.onChange(listener),
  };
  streams = new LiveStreams(counting, clock);
  ended = new Map();
});
afterEach(() => {
  streams.close();
  jest.useRealTimers();
});

function open(officerId: string, expiresInMs = 3_600_000): LiveStream {
  const now = clock.now();
  const reader: AgencyReader = admit({
    kind: 'agency', agency: agencyRecord(directory.agency(code)!), officerId, roles: ['officer'], scopes: [], purpose: 'test', tokenId: `${officerId}-token`,
    issuedAt: now, expiresAt: new Date(now.getTime() + expiresInMs),
  });
  const stream = {
    end: (error: GraphQLError | null) => {
      ended.set(officerId, error?.extensions['code'] ?? null);
      streams.delete(stream as unknown as LiveStream);
    },
  } as unknown as LiveStream;
  streams.add(stream, reader);
  return stream;
}
const revoke = (officerId: string): void => directory.revoke({ agencyCode: code, officerId, revokedAt: clock.now() });

it('asks the directory nothing while it stays as it is, and ends what expires all the same', () => {
  for (let n = 0; n < 100; n += 1) open(`officer-${n}`, n === 7 ? 60_000 : 3_600_000);
  jest.advanceTimersByTime(10_000);
  expect([asked, ended.size]).toEqual([0, 0]);
  clock.advance(60_000);
  jest.advanceTimersByTime(500);
  expect([...ended]).toEqual([['officer-7', 'TOKEN_EXPIRED']]);
});

it('goes through the streams once for a batch of changes, and ends whose reader may not read any more', () => {
  for (let n = 0; n < 100; n += 1) open(`officer-${n}`);
  for (let n = 0; n < 50; n += 1) directory.put({ code: `MRA-${n}`, functions: ['MARKET'] });
  revoke('officer-3');
  directory.put({ ...directory.agency(code)!, name: 'another name' });
  jest.advanceTimersByTime(1);
  expect([...ended]).toEqual([['officer-3', 'TOKEN_REVOKED']]);
  expect(asked).toBe(100);
  jest.advanceTimersByTime(5_000);
  expect(asked).toBe(100);
});

it.each([
  ['other regions', () => directory.put({ code, functions: ['DRUG'], regions: ['210000', '210100'] }), 'AUTHORIZATION_CHANGED'],
  ['other functions', () => directory.put({ code, functions: ['DRUG', 'MARKET'], regions: ['210000'] }), 'AUTHORIZATION_CHANGED'],
  ['another superior', () => directory.put({ code, functions: ['DRUG'], regions: ['210000'], superior: 'PSB-210000' }), 'AUTHORIZATION_CHANGED'],
  ['retirement', () => directory.retire(code), 'AGENCY_UNKNOWN'],
])('ends the streams of an agency with %s', (_what, change, expected) => {
  open('officer-1');
  change();
  jest.advanceTimersByTime(1);
  expect([...ended]).toEqual([['officer-1', expected]]);
});

it('ends a stream before an event is handed over, when its reader was revoked and no sweep has been since', () => {
  const [mine, other] = [open('officer-1'), open('officer-2')];
  revoke('officer-1');
  streams.recheck(mine);
  streams.recheck(other);
  expect([...ended]).toEqual([['officer-1', 'TOKEN_REVOKED']]);
  jest.advanceTimersByTime(1);
  asked = 0;
  streams.recheck(other);
  expect([asked, ended.size]).toEqual([0, 1]);
});

it('lets go of the clock and of the directory when it closes', () => {
  open('officer-1');
  streams.close();
  expect([...ended]).toEqual([['officer-1', null]]);
  revoke('officer-2');
  expect(jest.getTimerCount()).toBe(0);
});
