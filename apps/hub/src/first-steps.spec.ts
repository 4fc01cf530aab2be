import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firstSteps } from './first-steps';

/** What a shell makes of a printed command: the words of the program, and the variables before it. */
function asShellSees(command: string): { words: string[]; dataDir: string } {
  const shown = `npm() { printf '%s\\0' "$HUB_DATA_DIR" "$@"; }; ${command}`;
  const { status, stdout } = spawnSync('sh', ['-c', shown], { encoding: 'utf8', env: { PATH: process.env['PATH'] } });
  expect(status).toBe(0);
  const [dataDir = '', ...words] = stdout.split('\0').slice(0, -1);
  return { words, dataDir };
}

it.each(['/srv/hub', '/tmp/我的 项目/data', `/tmp/it's "$HOME" \`id\``])('prints commands that work for the data folder %s', (dataDir) => {
  const [token = '', query = ''] = firstSteps('http://127.0.0.1:4000/graphql', dataDir).split('\n');
  expect(asShellSees(token.replace('A development token: ', ''))).toEqual({
    dataDir, words: ['run', '--silent', 'token', '--', '--agency', 'MRA-210100', '--officer', 'MRA-210100-2'],
  });
  const inner = /Bearer \$\((.*)\)"/.exec(query)?.[1] ?? '';
  expect(asShellSees(inner).dataDir).toBe(dataDir);
});

it('names no folder where every command finds it by itself', () => {
  const [token, query] = firstSteps('http://127.0.0.1:4000/graphql', null).split('\n');
  expect(token).toBe('A development token: npm run --silent token -- --agency MRA-210100 --officer MRA-210100-2');
  expect(query).toMatch(/^A query to try: curl -s http:\/\/127\.0\.0\.1:4000\/graphql /);
  expect(query).not.toContain('HUB_DATA_DIR');
});

it('fails, and prints nothing that could be taken for a token, where the build does', () => {
  const folder = mkdtempSync(join(tmpdir(), 'casebridge-token-'));
  const compiler = join(folder, 'tsc');
  writeFileSync(compiler, '#!/bin/sh\necho "a.ts(1,1): error TS1005"\nexit 2\n');
  chmodSync(compiler, 0o755);
  const { scripts } = JSON.parse(readFileSync(join(__dirname, '../../../package.json'), 'utf8')) as { readonly scripts: { readonly token: string } };
  const { status, stdout, stderr } = spawnSync('sh', ['-c', scripts.token], { encoding: 'utf8', cwd: folder, env: { PATH: `${folder}:${process.env['PATH']}` } });
  rmSync(folder, { recursive: true });
  expect([status, stdout, stderr]).toEqual([2, '', 'a.ts(1,1): error TS1005\n']);
});
