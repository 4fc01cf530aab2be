import type { EventEnvelope } from '@casebridge/contracts';
import { FixedClock, systemClock } from '@casebridge/kernel';
import { silentLogger } from '../process/logger';
import { InMemoryDirectory } from './directory';
import { startDirectoryFeed, type DirectoryFeed, type DirectorySource } from './directory-feed';
import { agencyEvent, event } from './identity.fixtures';

/** A bus in memory; `down` makes it fail, `silent` keeps the bell from ringing. */
class MemoryBus implements DirectorySource {
  readonly log: EventEnvelope[] = [];
  down = false;
  silent = false;
  reads = 0;
  readonly ears = new Set<() => void>();

  async read(source: string, after: number, limit: number, options?: { typePrefix?: string }): Promise<EventEnvelope[]> {
    this.reads += 1;
    if (this.down) throw new Error('bus down');
    return this.log.filter((e) => e.source === source && e.position > after && e.type.startsWith(options?.typePrefix ?? '')).slice(0, limit);
  }

  listen(onNews: () => void): { close(): Promise<void> } {
    this.ears.add(onNews);
    return { close: async () => void this.ears.delete(onNews) };
  }

  say(...events: EventEnvelope[]): void {
    this.log.push(...events);
    if (!this.silent) for (const ear of this.ears) ear();
  }
}

let bus: MemoryBus;
let directory: InMemoryDirectory;
let feed: DirectoryFeed;

beforeEach(() => {
  bus = new MemoryBus();
  directory = new InMemoryDirectory();
});
afterEach(() => feed.stop());

const start = (more: { pollMs?: number; pageSize?: number } = {}): DirectoryFeed =>
  (feed = startDirectoryFeed({ bus, directory, logger: silentLogger, clock: systemClock, pollMs: 60_000, ...more }));

/** Resolves at the change that makes it true. */
const until = (condition: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    if (condition()) return resolve();
    const stop = directory.onChange(() => {
      if (!condition()) return;
      stop();
      resolve();
    });
  });

it('reads the registry to its end, page by page, before it is ready', async () => {
  bus.say(...Array.from({ length: 25 }, (_, i) => agencyEvent(2 * i + 1, `A${i}`)), event(3_000, 'enforcement.case-opened.v1', {}));
  let readyAt = -1;
  directory.onChange(() => {
    if (directory.ready && readyAt < 0) readyAt = directory.agencies().length;
  });
  await start({ pageSize: 10 }).ready;
  expect(readyAt).toBe(25);
  expect(directory.position).toBe(49);
});

it('is ready with an empty registry too', async () => {
  await start().ready;
  expect(directory.ready).toBe(true);
});

it('follows the bell', async () => {
  await start().ready;
  bus.say(agencyEvent(1, 'A'));
  await until(() => directory.agency('A') !== undefined);
  bus.say(event(2, 'directory.token-revoked.v1', { agencyCode: 'A', tokenId: 't', until: '2026-12-01T00:00:00Z' }));
  await until(() => directory.position === 2);
});

it('hears a bell that rings while it reads', async () => {
  const read = bus.read.bind(bus);
  let late: (() => void) | null = () => bus.say(agencyEvent(1, 'A'));
  bus.read = async (...given) => {
    const found = await read(...given);
    late?.();
    late = null;
    return found;
  };
  start();
  await until(() => directory.agency('A') !== undefined);
});

it('finds what no bell announced', async () => {
  bus.silent = true;
  await start({ pollMs: 10 }).ready;
  bus.say(agencyEvent(1, 'A'));
  await until(() => directory.agency('A') !== undefined);
});

it('waits through an outage, is not ready meanwhile, and goes on', async () => {
  bus.down = true;
  bus.log.push(agencyEvent(1, 'A'));
  start({ pollMs: 5 });
  while (bus.reads < 3) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(directory.ready).toBe(false);
  expect(feed.check()).toMatchObject({ ok: false });
  bus.down = false;
  await feed.ready;
  expect(directory.agency('A')).toBeDefined();
  expect(feed.check()).toEqual({ ok: true });
});

it('says that it is behind when the bus has been silent for five seconds', async () => {
  const clock = new FixedClock('2026-11-21T09:00:00+08:00');
  feed = startDirectoryFeed({ bus, directory, logger: silentLogger, clock, pollMs: 60_000 });
  await feed.ready;
  clock.advance(5_000);
  expect(feed.check().ok).toBe(true);
  clock.advance(1);
  expect(feed.check().ok).toBe(false);
});

it('goes past an event it cannot read, so that the revocation behind it holds, and raises the alarm', async () => {
  bus.say(agencyEvent(1, 'A'), event(2, 'directory.officer-revoked.v1', { nonsense: true }), event(3, 'directory.token-revoked.v1', { agencyCode: 'A', tokenId: 't', until: '2026-12-01T00:00:00Z' }));
  await start().ready;
  expect(directory.isRevoked({ agencyCode: 'A', officerId: 'A-1', tokenId: 't', issuedAt: new Date(0) })).toBe(true);
  expect(feed.check()).toEqual({ ok: false, message: expect.stringContaining('position 2') });
});

it('stops listening and reading', async () => {
  await start({ pollMs: 5 }).ready;
  await feed.stop();
  await feed.stop();
  const { reads } = bus;
  expect(bus.ears.size).toBe(0);
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(bus.reads).toBe(reads);
});
