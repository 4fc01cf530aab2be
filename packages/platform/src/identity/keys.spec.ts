import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findSigningKey, KeyFileUnusable, loadOrCreateSigningKey, readPublicKeys, readSigningKey } from './keys';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keys-'));
});
afterEach(() => rm(folder, { recursive: true }));

const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;

it('makes a key once, for its owner only, and finds it again', async () => {
  expect(await findSigningKey(folder, 'internal')).toBeNull();
  const made = await loadOrCreateSigningKey(folder, 'internal');
  expect(await loadOrCreateSigningKey(folder, 'internal')).toEqual(made);
  expect(await findSigningKey(folder, 'internal')).toMatchObject({ kid: made.kid });
  expect(await modeOf(made.privateFile)).toBe(0o600);
  expect(await modeOf(join(folder, 'keys'))).toBe(0o700);
  expect((await loadOrCreateSigningKey(folder, 'other')).kid).not.toBe(made.kid);
});

it('agrees on one key when many start together, and leaves no pieces behind', async () => {
  const keys = await Promise.all(Array.from({ length: 10 }, () => loadOrCreateSigningKey(folder, 'internal')));
  expect(new Set(keys.map((k) => k.kid)).size).toBe(1);
  expect((await readdir(join(folder, 'keys'))).sort()).toEqual(['internal.private.jwk.json', 'internal.public.jwk.json']);
});

it('closes a private file that was opened to others', async () => {
  const { privateFile } = await loadOrCreateSigningKey(folder, 'internal');
  await chmod(privateFile, 0o644);
  await loadOrCreateSigningKey(folder, 'internal');
  expect(await modeOf(privateFile)).toBe(0o600);
});

it('puts no private part into the public file, and makes it anew when it does not fit', async () => {
  const { publicFile, kid } = await loadOrCreateSigningKey(folder, 'internal');
  expect(JSON.parse(await readFile(publicFile, 'utf8'))).not.toHaveProperty('d');
  await writeFile(publicFile, '{}');
  await loadOrCreateSigningKey(folder, 'internal');
  expect((await readPublicKeys(publicFile)).keys).toMatchObject([{ kid }]);
});

it('reads one public key or a set, and only the public part of a private file', async () => {
  const [a, b] = [await loadOrCreateSigningKey(folder, 'a'), await loadOrCreateSigningKey(folder, 'b')];
  const path = join(folder, 'set.json');
  await writeFile(path, JSON.stringify({ keys: [a.publicJwk, b.publicJwk] }));
  expect((await readPublicKeys(path)).keys.map((k) => k.kid)).toEqual([a.kid, b.kid]);
  expect((await readPublicKeys(a.privateFile)).keys).toEqual([a.publicJwk]);
});

it('refuses what is no key, names the file and not what is in it', async () => {
  const path = join(folder, 'bad.json');
  for (const content of ['', 'secret-words', '{}', '{"kty":"oct","k":"secret-words"}', '{"keys":[]}']) {
    await writeFile(path, content);
    for (const read of [readSigningKey(path), readPublicKeys(path)]) {
      const error: Error = await read.then(() => new Error('taken'), (e: Error) => e);
      expect(error).toBeInstanceOf(KeyFileUnusable);
      expect(error.message).toContain('bad.json');
      expect(error.message).not.toContain('secret-words');
    }
  }
  await expect(readSigningKey(join(folder, 'absent'))).rejects.toBeInstanceOf(KeyFileUnusable);
  await expect(loadOrCreateSigningKey(folder, '../escape')).rejects.toThrow(RangeError);
});
