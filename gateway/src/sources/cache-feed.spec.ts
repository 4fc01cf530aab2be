import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '@casebridge/kernel';
import { createLogger, createMetrics } from '@casebridge/platform';
import { changeOf, MemoryBus, testList } from '../testing/cache';
import { until } from '../testing/carriers';
import { type CacheFeed, startCacheFeed } from './cache-feed';
import { EntityCache, staleMs } from './entity-cache';

let bus: MemoryBus;
let cache: EntityCache;
let feed: CacheFeed;
let lines: string[];
let now: number;

beforeEach(() => {
  bus = new MemoryBus();
  lines = [];
  now = 0;
  cache = new EntityCache({ megabytes: 1, clock: systemClock, metrics: createMetrics({ defaults: false }), list: testList, now: () => now });
});
afterEach(async () => {
  bus.state = 'up';
  await feed.stop();
});

const start = (more: { readonly pollMs?: number; readonly pageSize?: number } = {}): void => {
  const logger = createLogger({ name: 'x', level: 'info', to: { write: (line) => void lines.push(line) }, clock: systemClock });
  feed = startCacheFeed({ bus, cache, logger, pollMs: 60_000, ...more });
};
const remember = (key: string, ...depends: string[]): void => cache.put(key, { n: 1 }, { depends, read: [] }, cache.operation({}).moment);
const known = (...keys: string[]): string[] => keys.filter((key) => cache.get(key));

describe('the feed of the entity cache', () => {
  it('switches it on when the end of the logs is known, and does not read what was before', async () => {
    bus.say(changeOf('Firm', 'U1'), changeOf('Office', 'O1'));
    const invalidate = jest.spyOn(cache, 'invalidate');
    expect(cache.isOn).toBe(false);
    start();
    await until('it is on', () => cache.isOn);
    expect(invalidate).not.toHaveBeenCalled();
  });

  it('tells of every change of the types on the list, page by page, and of nothing else', async () => {
    start({ pageSize: 2 });
    await until('it is on', () => cache.isOn);
    const invalidate = jest.spyOn(cache, 'invalidate');
    remember('a', 'Firm:U1');
    remember('b', 'Firm:U9');
    bus.say(
      changeOf('Firm', 'U3'), { type: 'inspection.other.v1', source: 'inspection', data: {} }, changeOf('Firm', 'U2'), changeOf('Place', 'P1'),
      { type: 'other.uscc-changed.v1', source: 'inspection', data: {} }, changeOf('Firm', 'U1'), changeOf('Office', 'O1'),
    );
    await until('it is forgotten', () => known('a').length === 0 && invalidate.mock.calls.length === 5);
    expect(invalidate.mock.calls.map((call) => call.join(':')).sort()).toEqual(['Firm:U1', 'Firm:U2', 'Firm:U3', 'Office:O1', 'Place:P1']);
    expect(known('a', 'b')).toEqual(['b']);
    await until('it is on', () => cache.isOn);
  });

  it('finds changes without a bell too, and does not read old ones again', async () => {
    start({ pollMs: 5 });
    await until('it is on', () => cache.isOn);
    const ring = jest.spyOn(bus, 'ring').mockImplementation(() => undefined);
    const invalidate = jest.spyOn(cache, 'invalidate');
    bus.say(changeOf('Firm', 'U1'));
    await until('the change is told', () => invalidate.mock.calls.length === 1);
    const { reads } = bus;
    await until('it was read again', () => bus.reads > reads + 10);
    expect(invalidate).toHaveBeenCalledTimes(1);
    ring.mockRestore();
  });

  it('switches it off while the bus cannot be read, and begins anew afterwards', async () => {
    start({ pollMs: 5 });
    await until('it is on', () => cache.isOn);
    remember('a', 'Firm:U1');
    bus.state = 'down';
    await until('it is off', () => !cache.isOn);
    expect(known('a')).toEqual([]);
    bus.say(changeOf('Firm', 'U1'));
    await sleep(20);
    expect(cache.isOn).toBe(false);
    bus.state = 'up';
    await until('it is on', () => cache.isOn);
    expect(lines.filter((line) => line.includes('the entity cache is off'))).toHaveLength(1);
    expect(lines.filter((line) => line.includes('follows the event bus again'))).toHaveLength(1);
  });

  it('is not on for long when the bus hangs, and what was remembered counts again when every change was told', async () => {
    start({ pollMs: 5 });
    await until('it is on', () => cache.isOn);
    remember('a', 'Firm:U1');
    remember('b', 'Firm:U2');
    bus.state = 'hangs';
    await sleep(20);
    now += staleMs;
    expect(cache.isOn).toBe(false);
    bus.say(changeOf('Firm', 'U1'));
    bus.state = 'up';
    await until('it is on', () => cache.isOn);
    expect(known('a', 'b')).toEqual(['b']);
  });

  it('begins anew when the log is shorter than it was', async () => {
    bus.say(changeOf('Firm', 'U1'), changeOf('Firm', 'U2'));
    start({ pollMs: 5 });
    await until('it is on', () => cache.isOn);
    remember('a', 'Firm:U1');
    bus.cut('inspection', 1);
    await until('it is forgotten', () => known('a').length === 0);
    await until('it is on', () => cache.isOn);
    remember('a', 'Firm:U3');
    bus.say(changeOf('Firm', 'U3'));
    await until('it is forgotten', () => known('a').length === 0);
  });

  it('drops everything for a change that it cannot read', async () => {
    start();
    await until('it is on', () => cache.isOn);
    remember('a', 'Firm:U1');
    bus.say({ ...changeOf('Firm', 'U2'), data: { nobody: 1 } });
    await until('it is forgotten', () => known('a').length === 0);
    await until('it is on', () => cache.isOn);
    expect(lines.join()).toContain('a change cannot be read');
  });

  it('leaves it off when it ends', async () => {
    start();
    await until('it is on', () => cache.isOn);
    await Promise.all([feed.stop(), feed.stop()]);
    expect(cache.isOn).toBe(false);
    const { reads } = bus;
    bus.say(changeOf('Firm', 'U2'));
    await sleep(10);
    expect(bus.reads).toBe(reads);
  });
});
