import 'reflect-metadata';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@casebridge/kernel';
import type { DataSource } from 'typeorm';
import { migrate, openDatabase } from '../database';
import { ensureDatabase, startPostgres, type RunningPostgres } from '../embedded-postgres';
import { busMigrations } from '../events/bus-schema';
import { PostgresBus } from '../events/postgres-bus';
import { silentLogger } from '../process/logger';
import { InMemoryDirectory } from './directory';
import { startDirectoryFeed, type DirectoryFeed } from './directory-feed';
import { agencyEvent, claims, event, issuerA, signed, testKey, type TestKey } from './identity.fixtures';
import { createTokenVerifier, type TokenVerifier } from './verify-token';

let folder: string;
let postgres: RunningPostgres;
let dataSource: DataSource;
let databaseUrl: string;
let key: TestKey;
let publisher: PostgresBus;
let position = 0;
const processes: { bus: PostgresBus; feed: DirectoryFeed; directory: InMemoryDirectory; verifier: TokenVerifier }[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'directory-feed-'));
  await chmod(folder, 0o755); // where root starts it, the database runs as another user
  postgres = await startPostgres({ dataDir: join(folder, 'data'), durability: 'throwaway', systemDir: join(folder, 'system') });
  const urls = await ensureDatabase(postgres.superuserUrl('postgres'), {
    database: 'bus', ownerRole: 'bus_owner', ownerPassword: 'owner-password', runtimeRole: 'bus_runtime', runtimePassword: 'runtime-password',
  });
  await migrate({ ownerUrl: urls.ownerUrl, runtimeRole: 'bus_runtime', migrations: busMigrations });
  databaseUrl = urls.runtimeUrl;
  dataSource = await openDatabase({ url: databaseUrl, applicationName: 'directory-feed-test', poolSize: 3 });
  key = await testKey('a1');
  publisher = new PostgresBus({ dataSource, databaseUrl, logger: silentLogger });
  await say('directory.agency-changed.v1', agencyEvent(1, 'A', { issuer: issuerA, jwks: { keys: [key.jwk] } }).data);

  for (let i = 0; i < 3; i += 1) {
    const bus = new PostgresBus({ dataSource, databaseUrl, logger: silentLogger });
    const directory = new InMemoryDirectory();
    const feed = startDirectoryFeed({ bus, directory, logger: silentLogger, clock: systemClock });
    await feed.ready;
    processes.push({ bus, feed, directory, verifier: createTokenVerifier({ directory, clock: systemClock }) });
  }
}, 60_000);

afterAll(async () => {
  for (const { bus, feed } of processes) {
    await feed.stop();
    await bus.close();
  }
  await publisher?.close();
  await dataSource?.destroy();
  await postgres?.stop();
  await rm(folder, { recursive: true, force: true });
}, 30_000);

async function say(type: string, data: unknown): Promise<void> {
  position += 1;
  await publisher.publish('enforcement', [event(position, type, data)]);
}

const token = (jti: string, sub: string): Promise<string> => {
  const now = Math.floor(systemClock.now().getTime() / 1_000);
  return signed(key, claims({ jti, sub, iat: now, nbf: now, exp: now + 600 }));
};

const answers = (bearer: string): Promise<string[]> =>
  Promise.all(processes.map(({ verifier }) => verifier.verify(bearer).then(() => 'let in', (error: unknown) => (error as { code: string }).code)));

/** Milliseconds until every process refuses the token. */
async function refusedAfter(bearer: string): Promise<number> {
  const start = performance.now();
  while ((await answers(bearer)).some((answer) => answer !== 'TOKEN_REVOKED')) {
    if (performance.now() - start > 5_000) throw new Error('Not refused within 5 s');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return performance.now() - start;
}

it('fills the directory of every process from the bus', async () => {
  expect(await answers(await token('t-0', 'A-1'))).toEqual(['let in', 'let in', 'let in']);
});

it('makes a revocation hold in every process within 2 s', async () => {
  const [mine, colleagues] = [await token('t-1', 'A-1'), await token('t-2', 'A-2')];
  expect(await answers(mine)).toEqual(['let in', 'let in', 'let in']);
  await say('directory.token-revoked.v1', { agencyCode: 'A', tokenId: 't-1', until: '2099-01-01T00:00:00Z' });
  expect(await refusedAfter(mine)).toBeLessThan(2_000);
  expect(await answers(colleagues)).toEqual(['let in', 'let in', 'let in']);
  await say('directory.officer-revoked.v1', { agencyCode: 'A', officerId: 'A-2', revokedAt: systemClock.now().toISOString() });
  expect(await refusedAfter(colleagues)).toBeLessThan(2_000);
});

it('makes it hold within 2 s also when the bell is cut at that moment', async () => {
  const mine = await token('t-3', 'A-3');
  expect(await answers(mine)).toEqual(['let in', 'let in', 'let in']);
  await dataSource.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'casebridge-bell'`);
  await say('directory.token-revoked.v1', { agencyCode: 'A', tokenId: 't-3', until: '2099-01-01T00:00:00Z' });
  expect(await refusedAfter(mine)).toBeLessThan(2_000);
});

it('is read again from the beginning by a process that starts later', async () => {
  const directory = new InMemoryDirectory();
  const feed = startDirectoryFeed({ bus: publisher, directory, logger: silentLogger, clock: systemClock, pageSize: 2 });
  await feed.ready;
  expect(directory.position).toBe(position);
  expect(directory.isRevoked({ agencyCode: 'A', officerId: 'A-1', tokenId: 't-1', issuedAt: systemClock.now() })).toBe(true);
  await feed.stop();
});
