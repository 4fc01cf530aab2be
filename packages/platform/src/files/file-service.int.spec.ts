import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { FixedClock, isUuid, publicReader, type AgencyReader, type OfficerRole, type Principal } from '@casebridge/kernel';
import type { DataSource } from 'typeorm';
import { migrate, openDatabase } from '../database';
import { ensureDatabase, startPostgres, type RunningPostgres } from '../embedded-postgres';
import { CreateFile1790000000400 } from '../migrations/1790000000400-create-file';
import { DiskFileStore } from './file-store';
import { FileService } from './file-service';
import { FileEntity } from './file.entity';

const clock = new FixedClock('2026-11-21T09:00:00.123+08:00');
let folder: string;
let postgres: RunningPostgres;
let dataSource: DataSource;
let opened: Set<string>;
let barred: Set<string>;
let asked: [Principal, string][];
let files: FileService;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'file-service-'));
  await chmod(folder, 0o755); // where root starts it, the database runs as another user
  postgres = await startPostgres({ dataDir: join(folder, 'data'), durability: 'throwaway', systemDir: join(folder, 'system') });
  const urls = await ensureDatabase(postgres.superuserUrl('postgres'), {
    database: 'files', ownerRole: 'files_owner', ownerPassword: 'owner-password', runtimeRole: 'files_runtime', runtimePassword: 'runtime-password',
  });
  await migrate({ ownerUrl: urls.ownerUrl, runtimeRole: 'files_runtime', migrations: [CreateFile1790000000400], appendOnly: ['file'] });
  dataSource = await openDatabase({ url: urls.runtimeUrl, applicationName: 'file-service-test', entities: [FileEntity], poolSize: 3 });
}, 60_000);

afterAll(async () => {
  await dataSource?.destroy();
  await postgres?.stop();
  await rm(folder, { recursive: true, force: true });
}, 30_000);

beforeEach(() => {
  opened = new Set();
  barred = new Set();
  asked = [];
  files = new FileService({
    dataSource, clock,
    store: new DiskFileStore(folder),
    mayOpen: async (principal, id) => {
      asked.push([principal, id]);
      return opened.has(id);
    },
    isBarred: async ({ officerId }, id) => barred.has(`${officerId} ${id}`),
  });
});

const officer = (agency: string, roles: readonly OfficerRole[] = ['officer'], id = `${agency}-1`): AgencyReader => ({
  kind: 'agency', agency: { code: agency, name: agency, nameEn: agency, functions: ['DRUG'], regions: [], superior: null },
  officerId: id, roles, scopes: [], purpose: null, tokenId: 't', issuedAt: clock.now(), expiresAt: clock.now(),
});
const text = (content: string): Readable => Readable.from([Buffer.from(content)]);

it('keeps who brought what and when, and gives the bytes back to his agency', async () => {
  const stored = await files.store(officer('A'), text('检查笔录'), { limitBytes: 1_000 });
  expect(stored).toMatchObject({ size: 12, mediaType: 'text/plain' });
  expect(isUuid(stored.id)).toBe(true);
  expect(await dataSource.getRepository(FileEntity).findOneByOrFail({ id: stored.id })).toEqual({
    ...stored, agencyCode: 'A', officerId: 'A-1', uploadedAt: clock.now(),
  });
  const found = (await files.open(officer('A', ['officer'], 'A-2'), stored.id))!;
  expect(found).toMatchObject(stored);
  expect((await buffer(found.stream)).toString()).toBe('检查笔录');
});

it('opens to others what a record opens to them, and nothing else', async () => {
  const { id } = await files.store(officer('A'), text('x'), { limitBytes: 10 });
  for (const reader of [officer('B'), publicReader]) {
    expect(await files.open(reader, id)).toBeNull();
    opened.add(id);
    const found = (await files.open(reader, id))!;
    expect(found.id).toBe(id);
    found.stream.destroy();
    opened.delete(id);
  }
});

it('asks the same questions for a file that is absent as for one that is forbidden', async () => {
  const { id } = await files.store(officer('A'), text('x'), { limitBytes: 10 });
  const absent = '0198c0de-0000-7000-8000-000000000001';
  expect(await files.open(officer('B'), id)).toBeNull();
  expect(await files.open(officer('B'), absent)).toBeNull();
  expect(asked.map(([, asking]) => asking)).toEqual([id, absent]);
  opened.add(absent);
  expect(await files.open(officer('B'), absent)).toBeNull();
  for (const name of ['', '../../etc/passwd', id.toUpperCase(), `${id}' or true --`]) expect(await files.open(officer('A'), name)).toBeNull();
});

it('closes to an excluded officer what his own agency brought', async () => {
  const { id } = await files.store(officer('A'), text('x'), { limitBytes: 10 });
  barred.add(`A-2 ${id}`);
  expect(await files.open(officer('A', ['officer'], 'A-2'), id)).toBeNull();
  (await files.open(officer('A', ['officer'], 'A-3'), id))!.stream.destroy();
});

it('lets officers hand in and read, not who is there for figures or the audit', async () => {
  const { id } = await files.store(officer('A'), text('x'), { limitBytes: 10 });
  for (const roles of [['auditor'], ['analyst'], []] as const) {
    await expect(files.store(officer('A', roles), text('x'), { limitBytes: 10 })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await files.open(officer('A', roles), id)).toBeNull();
  }
  await expect(files.store(officer('A', ['auditor', 'officer']), text('x'), { limitBytes: 10 })).resolves.toBeDefined();
});

it('gives the same bytes of two agencies two files: neither learns of the other', async () => {
  const bytes = randomBytes(100);
  const [a, b] = await Promise.all(['A', 'B'].map((agency) => files.store(officer(agency), Readable.from([bytes]), { limitBytes: 100 })));
  expect(a!.sha256).toBe(b!.sha256);
  expect(a!.id).not.toBe(b!.id);
  expect(await files.open(officer('A'), b!.id)).toBeNull();
});

it('writes no row for a file that was refused', async () => {
  const count = (): Promise<number> => dataSource.getRepository(FileEntity).count();
  const before = await count();
  await expect(files.store(officer('A'), text('12345'), { limitBytes: 4 })).rejects.toMatchObject({ code: 'FILE_TOO_LARGE', kind: 'BAD_USER_INPUT' });
  expect(await count()).toBe(before);
});

it('has a table that takes nothing false and changes nothing', async () => {
  const row = { id: '0198c0de-0000-7000-8000-0000000000aa', sha256: 'ab'.repeat(32), size: 1, mediaType: 'text/plain', agencyCode: 'A', officerId: 'A-1', uploadedAt: clock.now() };
  const insert = (changes: Partial<typeof row>): Promise<unknown> => dataSource.getRepository(FileEntity).insert({ ...row, ...changes });
  await expect(insert({ sha256: '../etc/passwd' })).rejects.toThrow('file_sha256_is_lower_case_hex');
  await expect(insert({ size: 0 })).rejects.toThrow('file_has_1_byte_to_50_megabytes');
  await expect(insert({ size: 52_428_801 })).rejects.toThrow('file_has_1_byte_to_50_megabytes');
  await expect(insert({ mediaType: 'text/html; charset=x' })).rejects.toThrow('file_media_type_has_no_parameters');
  await insert({});
  await expect(dataSource.query('update file set agency_code = $1', ['B'])).rejects.toThrow('permission denied');
  await expect(dataSource.query('delete from file')).rejects.toThrow('permission denied');
});

it('says that bytes are missing instead of giving none', async () => {
  const { id, sha256 } = await files.store(officer('A'), Readable.from([randomBytes(50)]), { limitBytes: 100 });
  await rm(join(folder, 'files', sha256.slice(0, 2), sha256.slice(2, 4), sha256));
  await expect(files.open(officer('A'), id)).rejects.toThrow('missing from the store');
});
