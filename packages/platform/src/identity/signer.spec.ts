import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadOrCreateSigningKey } from './keys';
import { createSigner, openSigner, verifySigned } from './signer';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signer-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('signs a text so that the public key alone tells it, and nothing else', async () => {
  const signer = await openSigner('one', { dataDir: folder });
  const other = await openSigner('two', { dataDir: folder });
  const jws = await signer.sign('note', '{"说":"甲"}');
  const keys = { keys: [other.publicJwk, signer.publicJwk] };
  expect(await verifySigned(jws, 'note', keys)).toEqual({ kid: signer.kid, text: '{"说":"甲"}' });
  await expect(verifySigned(jws, 'letter', keys)).rejects.toThrow('is not signed as letter');
  await expect(verifySigned(jws, 'note', { keys: [other.publicJwk] })).rejects.toThrow();
  for (let at = 0; at < jws.length; at += 1) {
    const changed = `${jws.slice(0, at)}${jws[at] === 'A' ? 'B' : 'A'}${jws.slice(at + 1)}`;
    // Two letters at the end of a part may stand for the same bytes: then nothing was changed.
    const outcome = await verifySigned(changed, 'note', keys).then(({ text }) => text, () => null);
    expect([at, outcome === null || (changed !== jws && outcome === '{"说":"甲"}')]).toEqual([at, true]);
  }
});

it('is the same after a restart, and another with a key file of its own', async () => {
  const [first, again] = [await openSigner('one', { dataDir: folder }), await openSigner('one', { dataDir: folder })];
  expect(again.kid).toBe(first.kid);
  expect(again.publicJwk).not.toHaveProperty('d');
  const key = await loadOrCreateSigningKey(folder, 'mounted');
  const keyFile = join(folder, 'secret.json');
  await writeFile(keyFile, JSON.stringify(key.privateJwk));
  expect((await openSigner('one', { dataDir: folder, keyFile })).kid).toBe(key.kid);
  expect((await createSigner(key)).kid).toBe(key.kid);
  await expect(openSigner('one', { dataDir: folder, keyFile: join(folder, 'absent') })).rejects.toThrow('is not there');
});
