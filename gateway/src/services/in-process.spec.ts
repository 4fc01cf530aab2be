import { setTimeout as sleep } from 'node:timers/promises';
import { publicReader, systemClock } from '@casebridge/kernel';
import { type ServicePort, type ServiceRequest, silentLogger } from '@casebridge/platform';
import type { ExecutionResult } from 'graphql';
import { inProcess } from './in-process';

type Opened = AsyncGenerator<ExecutionResult, void, void> | ExecutionResult;

const request: ServiceRequest = {
  query: 'subscription { told }', principal: publicReader, requestId: 'request-0001', clientOperation: null, receivedAt: systemClock.now(), scope: {},
};
const unavailable = { errors: [expect.objectContaining({ message: 'credit is unavailable', extensions: { code: 'SERVICE_UNAVAILABLE', kind: 'UNAVAILABLE', service: 'credit' } })] };

/** A stream that notes when it was let go. */
function stream(): { readonly opened: Opened; readonly closed: () => boolean } {
  let closed = false;
  const opened = {
    next: () => new Promise(() => undefined),
    return: () => Promise.resolve({ value: undefined, done: (closed = true) }),
    [Symbol.asyncIterator]: () => opened,
  } as unknown as Opened;
  return { opened, closed: () => closed };
}

const portOf = (subscribe: () => Promise<Opened>): ServicePort => inProcess(
  { name: 'credit', subscribe, execute: () => Promise.reject(new Error('not asked')), health: () => Promise.reject(new Error('not asked')) },
  { logger: silentLogger, deadlineMs: 30 },
);

describe('a live stream of a service in this process', () => {
  it('that opens in time is passed on, open', async () => {
    const { opened, closed } = stream();
    expect(await portOf(() => sleep(5, opened)).subscribe(request)).toBe(opened);
    await sleep(60);
    expect(closed()).toBe(false);
  });

  it('that opens after it was given up is closed again, for nobody would ever close it', async () => {
    const { opened, closed } = stream();
    expect(await portOf(() => sleep(60, opened)).subscribe(request)).toEqual(unavailable);
    expect(closed()).toBe(false);
    await sleep(60);
    expect(closed()).toBe(true);
  });

  it.each<[string, () => Promise<Opened>]>([
    ['rejects', () => Promise.reject(new Error('at 10.0.0.7'))],
    ['throws', () => {
      throw new Error('at 10.0.0.7');
    }],
    ['rejects after it was given up', () => sleep(50).then(() => Promise.reject(new Error('at 10.0.0.7')))],
  ])('whose service %s is answered as unavailable', async (_how, subscribe) => {
    expect(await portOf(subscribe).subscribe(request)).toEqual(unavailable);
    await sleep(40); // what is rejected later must not end the process
  });

  it('that is refused is refused with the words of the service', async () => {
    const refusal: ExecutionResult = { data: null };
    expect(await portOf(() => Promise.resolve(refusal)).subscribe(request)).toBe(refusal);
  });
});
