import { type AgencyReader, FixedClock } from '@casebridge/kernel';
import { agencyRecord, directoryOf } from '@casebridge/platform';
import { admit } from '@casebridge/platform/dist/identity/admission';
import type { Frame } from './frame';
import { LiveStreams } from './live-streams';
import { isFrame, Subscriber } from './subscriber';

const code = 'DRA-210000';
const clock = new FixedClock('2026-11-22T09:00:00Z');
const directory = directoryOf([{ code, functions: ['DRUG'] }]);
const reader: AgencyReader = admit({
  kind: 'agency', agency: agencyRecord(directory.agency(code)!), officerId: 'DRA-210000-1', roles: ['officer'], scopes: [], purpose: 'test', tokenId: 'token-1',
  issuedAt: clock.now(), expiresAt: new Date(clock.now().getTime() + 3_600_000),
});
const frame = (n: number): Frame => ({ text: `${n}`, position: n, cursor: `c${n}` });

let streams: LiveStreams;
let told: string[];
let subscriber: Subscriber;
beforeEach(() => {
  streams = new LiveStreams(directory, clock);
  told = [];
  subscriber = new Subscriber({
    principal: reader, maxFrames: 2, maxCharacters: 100, onBeat: () => undefined,
    onEnd: () => void told.push('end'),
    onClose: () => {
      told.push('close');
      streams.delete(subscriber);
    },
  });
  streams.add(subscriber, reader);
  for (const n of [1, 2, 3]) subscriber.push(frame(n)); // the third finds no room
});
afterEach(() => streams.close());

const word = async (): Promise<unknown> => {
  const step = await subscriber.next();
  return isFrame(step) ? step.text : (step.error?.extensions ?? null);
};

it('who was too slow is watched over until he has read what waits for him', async () => {
  expect([told, streams.size]).toEqual([['end'], 1]);
  expect([await word(), streams.size, await word(), streams.size]).toEqual(['1', 1, '2', 0]);
  expect(await word()).toEqual({ code: 'SUBSCRIPTION_BUFFER_OVERFLOW', kind: 'UNAVAILABLE', cursor: 'c2' });
  expect(told).toEqual(['end', 'close']);
});

it('who was too slow gets nothing of what waits once his access has ended', async () => {
  expect(await word()).toBe('1');
  directory.revoke({ agencyCode: code, tokenId: 'token-1' });
  await new Promise((resolve) => setImmediate(resolve));
  expect([await word(), streams.size]).toEqual([{ code: 'TOKEN_REVOKED', kind: 'UNAUTHENTICATED' }, 0]);
  expect(told).toEqual(['end', 'close']);
});
