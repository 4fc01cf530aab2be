import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger } from '@casebridge/platform';
import { CompactSign, exportJWK, generateKeyPair, type JWK, type KeyLike } from 'jose';
import { ArtefactInvalid, readArtefact, type Supergraphs } from './artefact';
import { LastGood } from './last-good';
import { SupergraphLife, SupergraphUnservable } from './life';

const graph = (name: string, releasedAt: string | null = null): Supergraphs => ({ supergraphSdl: name, publicSupergraphSdl: `public ${name}`, releasedAt });

describe('the life of a supergraph', () => {
  let folder: string;
  let lastGood: LastGood;
  let offered: Supergraphs | Error;
  /** What the gateway serves; it cannot load what is called broken. */
  let served: string[];
  let life: SupergraphLife;

  const load = ({ supergraphSdl }: Supergraphs) => (supergraphSdl === 'broken' ? Promise.reject(new SupergraphUnservable(new Error('no such type'))) : Promise.resolve(void served.push(supergraphSdl)));
  const gateway = { reload: load };
  const newLife = () => new SupergraphLife({ source: () => (offered instanceof Error ? Promise.reject(offered) : Promise.resolve(offered)), lastGood, logger: silentLogger });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'casebridge-life-'));
    lastGood = new LastGood(join(folder, 'kept', 'supergraph.json'));
    served = [];
    life = newLife();
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('starts on what the source has, and keeps it', async () => {
    offered = graph('one');
    await life.start(load);
    expect(served).toEqual(['one']);
    expect(await lastGood.read()).toEqual(offered);
    expect(life.check()).toEqual({ ok: true });
  });

  it.each([['broken', graph('broken')], ['away', new Error('ECONNREFUSED')]])('starts on the last good one when the new one is %s, and says so', async (_, next) => {
    offered = graph('one');
    await life.start(load);
    offered = next;
    const later = newLife();
    await later.start(load);
    expect(served).toEqual(['one', 'one']);
    expect(later.check()).toMatchObject({ ok: true, message: expect.stringContaining('last good') as string });
  });

  it('does not start when there is nothing to serve', async () => {
    offered = graph('broken');
    await expect(life.start(load)).rejects.toThrow('no such type');
  });

  it('leaves other failures of a start alone', async () => {
    offered = graph('one');
    await life.start(load);
    await expect(newLife().start(() => Promise.reject(new Error('EADDRINUSE')))).rejects.toThrow('EADDRINUSE');
  });

  it('serves the next one, and keeps the present one when that is broken, older or the same', async () => {
    offered = graph('one', '2026-01-02T00:00:00Z');
    await life.start(load);
    for (const [next, reloaded] of [
      [graph('one', '2026-01-02T00:00:00Z'), false], [graph('broken', '2026-01-03T00:00:00Z'), false], [graph('zero', '2026-01-01T00:00:00Z'), false],
      [graph('two', '2026-01-03T00:00:00Z'), true],
    ] as const) {
      offered = next;
      expect((await life.reload(gateway)).reloaded).toBe(reloaded);
    }
    expect(served).toEqual(['one', 'two']);
    expect((await lastGood.read())?.supergraphSdl).toBe('two');
  });

  it('asks the source once for reloads that come together', async () => {
    offered = graph('one');
    await life.start(load);
    offered = graph('two');
    await Promise.all([life.reload(gateway), life.reload(gateway), life.reload(gateway)]);
    expect(served).toEqual(['one', 'two']);
  });
});

describe('a signed artefact', () => {
  const releasedAt = '2026-11-22T00:00:00Z';
  let key: JWK;
  let privateKey: KeyLike;

  beforeAll(async () => {
    const pair = await generateKeyPair('EdDSA');
    privateKey = pair.privateKey;
    key = await exportJWK(pair.publicKey);
  });
  const sign = (value: unknown, by: KeyLike = privateKey): Promise<string> =>
    new CompactSign(new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value))).setProtectedHeader({ alg: 'EdDSA' }).sign(by);

  it('is taken with the signature of the configured key', async () => {
    expect(await readArtefact(await sign({ supergraph: 'a', publicSupergraph: 'b', releasedAt }), key)).toEqual({ supergraphSdl: 'a', publicSupergraphSdl: 'b', releasedAt });
  });

  it('is refused when it is changed, signed by another, or not what it should be', async () => {
    const good = await sign({ supergraph: 'a', releasedAt });
    const [header, , signature] = good.split('.');
    const changed = `${header}.${Buffer.from(JSON.stringify({ supergraph: 'b', releasedAt })).toString('base64url')}.${signature}`;
    const { privateKey: another } = await generateKeyPair('EdDSA');
    for (const text of [changed, await sign({ supergraph: 'a', releasedAt }, another), 'nonsense', '', await sign('no json'), await sign({ releasedAt }), await sign({ supergraph: 'a', releasedAt: 'yesterday' })]) {
      await expect(readArtefact(text, key)).rejects.toThrow(ArtefactInvalid);
    }
  });
});
