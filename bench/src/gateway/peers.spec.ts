import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PeersMissing, peersManifest, pinned, preparePeers } from './peers';

describe('the gateways of others', () => {
  it('are pinned to exact versions', async () => {
    const manifest = await readFile(peersManifest, 'utf8');
    expect(Object.keys(pinned(manifest))).toContain('@graphql-hive/gateway');
    expect(() => pinned('{"dependencies":{"a":"^1.0.0","b":"1.0.0"}}')).toThrow('a ^1.0.0');
  });

  it('are no part of this software', async () => {
    const own = JSON.parse(await readFile(join(__dirname, '../../package.json'), 'utf8')) as Record<string, Record<string, string> | undefined>;
    expect(Object.keys({ ...own['dependencies'], ...own['devDependencies'] }).filter((name) => name.includes('hive'))).toEqual([]);
  });

  it('are left out with a reason where no registry answers', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'casebridge-peers-'));
    const { npm_config_registry: before } = process.env;
    process.env['npm_config_registry'] = 'http://127.0.0.1:9/';
    process.env['npm_config_fetch_retries'] = '0';
    try {
      await expect(preparePeers(folder, () => undefined)).rejects.toThrow(PeersMissing);
    } finally {
      if (before === undefined) delete process.env['npm_config_registry'];
      else process.env['npm_config_registry'] = before;
      delete process.env['npm_config_fetch_retries'];
      await rm(folder, { recursive: true, force: true });
    }
  }, 60_000);
});
