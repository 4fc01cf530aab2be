import { spawnSync } from 'node:child_process';
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
  const inner = /Bearer \$\((.*) \| tail -n 1\)"/.exec(query)?.[1] ?? '';
  expect(asShellSees(inner).dataDir).toBe(dataDir);
});

it('names no folder where every command finds it by itself', () => {
  const [token, query] = firstSteps('http://127.0.0.1:4000/graphql', null).split('\n');
  expect(token).toBe('A development token: npm run --silent token -- --agency MRA-210100 --officer MRA-210100-2');
  expect(query).toMatch(/^A query to try: curl -s http:\/\/127\.0\.0\.1:4000\/graphql /);
  expect(query).not.toContain('HUB_DATA_DIR');
});
