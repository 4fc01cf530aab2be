import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'package-cli-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const run = (...args: string[]): Promise<{ status: number; out: string; err: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, [join(__dirname, 'package-cli.js'), ...args], (error, out, err) => resolve({ status: typeof error?.code === 'number' ? error.code : 0, out, err }));
  });

it('says what is wrong, and by its status that something is', async () => {
  const file = join(folder, 'no.zip');
  await writeFile(file, 'no archive');
  const answer = await run('verify', file);
  expect([answer.status, answer.out]).toEqual([1, expect.stringMatching(/^FAIL archive: is no readable ZIP archive.*\n(FAIL .*is missing\n)+NOT whole: \d+ of \d+ checks failed\n$/)]);
  expect(await run('verify', file, '--keys', join(folder, 'absent.json'))).toMatchObject({ status: 1, err: expect.stringContaining('is not there or cannot be read') });
}, 60_000);

it('tells how it is called', async () => {
  expect(await run('--help')).toMatchObject({ status: 0, out: expect.stringContaining('verify FILE') });
  for (const args of [[], ['verify'], ['check', 'x'], ['verify', 'a', 'b']]) expect(await run(...args)).toMatchObject({ status: 1, out: expect.stringContaining('verify FILE') });
}, 60_000);
