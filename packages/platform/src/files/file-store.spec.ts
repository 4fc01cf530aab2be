import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { FixedClock } from '@casebridge/kernel';
import { DiskFileStore, maxFileBytes } from './file-store';

let folder: string;
let store: DiskFileStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'files-'));
  store = new DiskFileStore(folder);
});
afterEach(() => rm(folder, { recursive: true }));

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const pathOf = (hash: string): string => join(folder, 'files', hash.slice(0, 2), hash.slice(2, 4), hash);
const incoming = (): Promise<string[]> => readdir(join(folder, 'files', 'incoming'));
const codeOf = (running: Promise<unknown>): Promise<string> => running.then(() => 'stored', (error: unknown) => (error as { code?: string }).code ?? String(error));
const inPieces = (bytes: Buffer, size = 1_000): Readable =>
  Readable.from((function* () {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  })());

it('gives back what it took, under its hash, for its owner only', async () => {
  const bytes = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(300_000)]);
  const stored = await store.put(inPieces(bytes), maxFileBytes);
  expect(stored).toEqual({ sha256: sha256(bytes), size: bytes.length, mediaType: 'application/pdf' });
  expect(await readFile(pathOf(stored.sha256))).toEqual(bytes);
  expect((await stat(pathOf(stored.sha256))).mode & 0o777).toBe(0o600);
  expect(await buffer((await store.open(stored.sha256))!)).toEqual(bytes);
  expect(await incoming()).toEqual([]);
});

it('stores the same bytes once, also when they come at the same time', async () => {
  const bytes = randomBytes(50_000);
  const stored = await Promise.all(Array.from({ length: 8 }, () => store.put(inPieces(bytes), maxFileBytes)));
  expect(new Set(stored.map((s) => s.sha256)).size).toBe(1);
  expect(await readdir(join(pathOf(stored[0]!.sha256), '..'))).toHaveLength(1);
  expect(await incoming()).toEqual([]);
});

it('takes a file of exactly the limit and none of a byte more, without keeping any of it', async () => {
  expect(await codeOf(store.put(inPieces(randomBytes(1_000), 333), 1_000))).toBe('stored');
  const before = await readdir(join(folder, 'files'));
  const tooMuch = new PassThrough();
  tooMuch.write(randomBytes(1_001));
  expect(await codeOf(store.put(tooMuch, 1_000))).toBe('FILE_TOO_LARGE');
  expect(tooMuch.destroyed).toBe(false);
  expect(await readdir(join(folder, 'files'))).toEqual(before);
  expect(await incoming()).toEqual([]);
});

it('never takes more than 50 MB, whatever limit it is given', async () => {
  const endless = Readable.from((function* () {
    for (;;) yield Buffer.alloc(1_024 * 1_024);
  })());
  expect(await codeOf(store.put(endless, Number.MAX_SAFE_INTEGER))).toBe('FILE_TOO_LARGE');
  endless.destroy();
});

it('takes no empty file, and none that broke off', async () => {
  expect(await codeOf(store.put(Readable.from([]), 1_000))).toBe('FILE_EMPTY');
  const broken = new PassThrough();
  broken.write('half');
  setImmediate(() => broken.destroy(new Error('socket hang up')));
  expect(await codeOf(store.put(broken, 1_000))).toBe('UPLOAD_INTERRUPTED');
  expect(await incoming()).toEqual([]);
  expect(await readdir(join(folder, 'files'))).toEqual(['incoming']);
});

it('leaves a refused request open, so that the server can still answer', async () => {
  const server = createServer((incomingRequest, response) => {
    store.put(incomingRequest, 10_000).then(
      () => response.writeHead(201).end(),
      (error: { code: string }) => response.writeHead(413, { connection: 'close' }).end(error.code),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const answer = await new Promise<string>((resolve, reject) => {
    const upload = request({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', method: 'POST' }, (response) => {
      buffer(response).then((body) => resolve(`${response.statusCode} ${body.toString()}`), reject);
    });
    upload.on('error', reject);
    upload.write(Buffer.alloc(60_000)); // and no end: the answer must not wait for it
  });
  expect(answer).toBe('413 FILE_TOO_LARGE');
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

it.each([0, 70_000, 199_999])('never hands out a whole file of which byte %i was changed', async (at) => {
  const bytes = randomBytes(200_000);
  const { sha256: hash } = await store.put(inPieces(bytes), maxFileBytes);
  const changed = Buffer.from(bytes);
  changed[at] = changed[at]! ^ 1;
  await writeFile(pathOf(hash), changed);
  const received: Buffer[] = [];
  const stream = (await store.open(hash))!;
  const outcome = await new Promise<string>((resolve) => {
    stream.on('data', (chunk: Buffer) => received.push(chunk)).on('end', () => resolve('whole')).on('error', (error) => resolve(error.name));
  });
  expect(outcome).toBe('FileCorrupted');
  expect(Buffer.concat(received).length).toBeLessThan(bytes.length);
  // Stored again, the file is whole again.
  await store.put(inPieces(bytes), maxFileBytes);
  expect(await buffer((await store.open(hash))!)).toEqual(bytes);
});

it('has no file for what is no hash, and none for a hash it does not have', async () => {
  await writeFile(join(folder, 'secret'), 'x');
  for (const name of ['../secret', '../../secret', '..%2fsecret', '', 'f'.repeat(63), `${'f'.repeat(63)}/`, 'F'.repeat(64), 'f'.repeat(64)]) {
    expect(await store.open(name)).toBeNull();
  }
});

it('closes the file of a reader who leaves early', async () => {
  const { sha256: hash } = await store.put(inPieces(randomBytes(2_000_000), 50_000), maxFileBytes);
  const open = async (): Promise<number> => (await readdir('/proc/self/fd')).length;
  const before = await open();
  for (let i = 0; i < 20; i += 1) {
    const stream = (await store.open(hash))!;
    await new Promise((resolve) => stream.once('data', resolve));
    stream.destroy();
  }
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await open()).toBeLessThan(before + 10);
});

it('removes what broken-off uploads left a day ago, and nothing younger', async () => {
  const clock = new FixedClock('2026-11-21T09:00:00+08:00');
  expect(await store.removeAbandoned(clock)).toBe(0);
  await store.put(inPieces(randomBytes(10)), 100);
  for (const [name, at] of [['old', '2026-11-20T09:00:00+08:00'], ['young', '2026-11-20T09:00:01+08:00']] as const) {
    const path = join(folder, 'files', 'incoming', name);
    await writeFile(path, 'half');
    await utimes(path, new Date(at), new Date(at));
  }
  expect(await store.removeAbandoned(clock)).toBe(1);
  expect(await incoming()).toEqual(['young']);
});
