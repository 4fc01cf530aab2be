import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { request } from 'undici';
import type { HubClient } from './client';
import { type Stack, startStack } from './stack';

/*
 * The package of a referral of the demo data: fetched through the gateway by a party, checked by the command with the keys that the hub publishes.
 */

type Json = ReturnType<typeof JSON.parse>;
let hub: Stack;
let folder: string;
beforeAll(async () => {
  hub = await startStack('in process');
  folder = await mkdtemp(join(tmpdir(), 'package-e2e-'));
});
afterAll(async () => {
  await hub?.stop();
  await rm(folder, { recursive: true, force: true });
});

const verify = (...args: string[]): Promise<{ status: number; out: string }> =>
  new Promise((done) => {
    execFile(process.execPath, [resolve(__dirname, '../../apps/hub/dist/package-cli.js'), 'verify', ...args], (error, out) => done({ status: typeof error?.code === 'number' ? error.code : 0, out }));
  });
const get = async (client: HubClient, path: string): Promise<{ status: number; bytes: Buffer; headers: Record<string, unknown> }> => {
  const response = await request(`${hub.url}/files/${path}`, { headers: client.token === null ? {} : { authorization: `Bearer ${client.token}` } });
  return { status: response.statusCode, bytes: Buffer.from(await response.body.arrayBuffer()), headers: response.headers };
};

it('is fetched by a party and is whole by the keys of the hub; a changed one is told', async () => {
  const regulator = await hub.as('MRA-210100');
  const { referrals } = await regulator.data<Json>('{ referrals(first: 50) { nodes { id documents { id } } } }');
  const { documents, id } = referrals.nodes.find((r: Json) => r.documents?.length > 0);
  const [made, keys] = [await get(regulator, `referrals/${id}.zip`), await get(hub.anonymous, 'signing-keys.json')];
  expect([made.status, made.headers['content-type'], keys.status]).toEqual([200, 'application/zip', 200]);
  const [file, keyFile, changedFile] = ['a.zip', 'keys.json', 'b.zip'].map((name) => join(folder, name)) as [string, string, string];
  await writeFile(file, made.bytes);
  await writeFile(keyFile, keys.bytes);
  const checked = await verify(file, '--keys', keyFile);
  expect([checked.status, checked.out]).toEqual([0, expect.stringMatching(/^whole: \d+ checks$/m)]);
  expect(checked.out).toContain(`lists the ${documents.length} documents of the timeline`);
  const changed = Buffer.from(made.bytes);
  const at = Math.floor(changed.length / 2);
  changed[at] = changed[at]! ^ 1;
  await writeFile(changedFile, changed);
  expect(await verify(changedFile, '--keys', keyFile, '--quiet')).toMatchObject({ status: 1, out: expect.stringContaining('FAIL') });
  for (const stranger of [hub.anonymous, await hub.as('HC-210100'), await hub.as('DRA-220000')]) expect((await get(stranger, `referrals/${id}.zip`)).status).toBe(404);
});
