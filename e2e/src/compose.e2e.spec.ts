import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serviceNames } from '@casebridge/contracts';
import { composeFile, home } from '@casebridge/hub/dist/tools/testing/compose-file';
import { createDatabases } from '@casebridge/hub/dist/tools/testing/create-databases';
import { startTestCluster, type TestCluster } from '@casebridge/testkit';
import { request } from 'undici';
import { freePort } from './stack';

/*
 * What `docker compose up` would do, without an engine: the databases by the script that the PostgreSQL image runs, then the processes of
 * docker-compose.yml with their own commands and environments. Only what containers give is replaced: host names, ports, mounted folders.
 */
describe('the processes of docker-compose.yml', () => {
  const passwords = { POSTGRES_PASSWORD: 'superSecret1', OWNER_PASSWORD: 'ownerSecret2', RUNTIME_PASSWORD: 'runtimeSecret3' };
  const compose = composeFile(passwords);
  const names = ['gateway', ...serviceNames];
  const sandbox = mkdtempSync(join(tmpdir(), 'casebridge-compose-'));
  const children = new Map<string, ChildProcess>();
  const output = new Map<string, string>();
  const environments = new Map<string, Record<string, string>>();
  let cluster: TestCluster;

  /** The environment of a container as this machine can give it. */
  function outside(name: string, ports: ReadonlyMap<string, string>): Record<string, string> {
    const { host } = new URL(cluster.superuserUrl);
    const mounts = compose.services[name]!.volumes.map((volume) => volume.split(':') as [string, string]).sort(([, a], [, b]) => b.length - a.length);
    const folder = (volume: string): string => join(sandbox, 'volumes', volume);
    for (const [volume, path] of mounts) {
      mkdirSync(folder(volume), { recursive: true });
      const around = mounts.find(([, other]) => path.startsWith(`${other}/`));
      if (!around) continue;
      mkdirSync(folder(around[0]), { recursive: true });
      symlinkSync(folder(volume), join(folder(around[0]), path.slice(around[1].length + 1)));
    }
    return Object.fromEntries(Object.entries(compose.services[name]!.environment).map(([key, value]) => {
      if (key === 'PORT') return [key, ports.get(name)!];
      if (key === 'HUB_ADMIN_PORT') return [key, ports.get(`${name} admin`)!];
      const service = /^http:\/\/(\w+):\d+$/.exec(value);
      if (service) return [key, `http://127.0.0.1:${ports.get(service[1] as string)}`];
      const mount = mounts.find(([, path]) => value === path || value.startsWith(`${path}/`));
      return [key, mount ? folder(mount[0]) + value.slice(mount[1].length) : value.replace('@postgres:5432/', `@${host}/`)];
    }));
  }

  async function ready(name: string): Promise<void> {
    const child = children.get(name)!;
    const end = Date.now() + 60_000;
    while (Date.now() < end && child.exitCode === null) {
      if (/^ready /m.test(output.get(name) ?? '')) return;
      await new Promise((done) => setTimeout(done, 20));
    }
    throw new Error(`${name} is not ready:\n${output.get(name)}`);
  }

  beforeAll(async () => {
    cluster = await startTestCluster();
    expect(createDatabases(cluster.superuserUrl, passwords)).toEqual({ status: 0, stderr: '' });
  });
  afterAll(async () => {
    for (const child of children.values()) child.kill('SIGKILL');
    await cluster.stop();
    rmSync(sandbox, { recursive: true, force: true });
  });

  it('start with the commands and environments of the file, in any order', async () => {
    const ports = new Map(await Promise.all(names.flatMap((name) => [name, `${name} admin`]).map(async (key) => [key, String(await freePort())] as const)));
    for (const name of names) {
      const env = outside(name, ports);
      environments.set(name, env);
      const [program, ...args] = compose.services[name]!.command!;
      const child = spawn(program!, args, { cwd: home, env: { PATH: process.env['PATH'] ?? '', ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
      children.set(name, child);
      for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => output.set(name, (output.get(name) ?? '') + chunk.toString()));
    }
    await Promise.all(names.map(ready));
  });

  it('are healthy by the checks of the file', () => {
    for (const name of names) {
      const [, node, flag, program] = compose.services[name]!.healthcheck.test;
      const check = (port: string): ReturnType<typeof spawnSync> => spawnSync(node!, [flag!, program!.replace(':4001/', `:${port}/`)]);
      expect([name, check(environments.get(name)!['HUB_ADMIN_PORT']!).status]).toEqual([name, 0]);
      expect([name, check('1').status]).toEqual([name, 1]);
    }
  });

  it('answer, and take no development token in production', async () => {
    const url = `http://127.0.0.1:${environments.get('gateway')!['PORT']}`;
    const ready = await request(`${url}/readyz`);
    expect([ready.statusCode, await ready.body.text()]).toEqual([200, expect.any(String)]);
    const post = async (path: string, headers: Record<string, string> = {}): Promise<{ status: number; body: unknown }> => {
      const answer = await request(`${url}${path}`, {
        method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify({ query: '{ publicPenalties(first: 1) { totalCount } }' }),
      });
      return { status: answer.statusCode, body: await answer.body.json() };
    };
    expect(await post('/public/graphql')).toEqual({ status: 200, body: { data: { publicPenalties: { totalCount: 0 } } } });
    expect((await post('/graphql', { authorization: 'Bearer x.y.z' })).status).toBe(401);
    const key = join(environments.get('gateway')!['HUB_DATA_DIR']!, 'keys/gateway.private.jwk.json');
    expect(statSync(key).mode & 0o777).toBe(0o600);
  });

  it('end in good order when they are told to', async () => {
    const codes = await Promise.all(names.map((name) => new Promise<[string, number | null]>((done) => {
      const child = children.get(name)!;
      child.once('exit', (code) => done([name, code]));
      child.kill('SIGTERM');
    })));
    expect(codes).toEqual(names.map((name) => [name, 0]));
  });
});
