import 'reflect-metadata';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ExecutionResult } from 'graphql';
import { officer, type ServiceHarness, startServiceForTest } from '..';
import { noteService } from './note-service';

type Stream = AsyncGenerator<ExecutionResult, void, void>;

describe('a live stream of a service', () => {
  let hub: ServiceHarness;
  beforeAll(async () => {
    hub = await startServiceForTest(noteService);
  });
  afterAll(() => hub.stop());

  const open = async (): Promise<Stream> => {
    const opened = await hub.as(officer('MRA-210100', 2)).subscribe('subscription { told }');
    if (!(Symbol.asyncIterator in opened)) throw new Error(JSON.stringify(opened.errors));
    return opened;
  };
  const sources = (): number => hub.service.events.tail.subscriberCount;

  it('frees its source at once when it is told to return while it waits for an event', async () => {
    const stream = await open();
    const waiting = stream.next();
    await sleep(20);
    expect(sources()).toBe(1);
    void stream.return();
    await sleep(20);
    expect(sources()).toBe(0);
    expect(await waiting).toEqual({ value: undefined, done: true });
  });

  it('frees its source when it is given up before the first event was asked for', async () => {
    const stream = await open();
    expect(sources()).toBe(1);
    await stream.return();
    expect(sources()).toBe(0);
    expect(await stream.next()).toEqual({ value: undefined, done: true });
  });
});
