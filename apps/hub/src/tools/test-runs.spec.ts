import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { home } from './testing/compose-file';

/** What one room of tests comes to, as the stand-in for jest reports it. */
interface Room {
  readonly passed?: number;
  readonly failed?: number;
  /** Files that could not even be loaded. */
  readonly broken?: number;
  readonly skipped?: readonly string[];
  readonly status?: number;
  /** It ends before it has written anything. */
  readonly silent?: boolean;
}

describe('what runs the tests', () => {
  // A folder as people name theirs: a URL would write it otherwise.
  const checkout = join(mkdtempSync(join(tmpdir(), 'casebridge-runs-')), '我的 项目 #1');
  const put = (path: string, text: string): void => {
    mkdirSync(dirname(join(checkout, path)), { recursive: true });
    writeFileSync(join(checkout, path), text);
    chmodSync(join(checkout, path), 0o755);
  };
  beforeAll(() => {
    put('node_modules/jest/bin/jest.js', `
      const room = JSON.parse(process.env.ROOMS)[process.env.TEST_ROOM] ?? {};
      if (room.silent) process.exit(3);
      const output = process.argv.find((arg) => arg.startsWith('--outputFile=')).slice('--outputFile='.length);
      require('node:fs').writeFileSync(output, JSON.stringify({
        numPassedTests: room.passed ?? 0, numFailedTests: room.failed ?? 0, numRuntimeErrorTestSuites: room.broken ?? 0,
        testResults: [{ name: process.cwd() + '/x/dist/a.spec.js', assertionResults: (room.skipped ?? []).map((fullName) => ({ fullName, status: 'pending' })) }],
      }));
      process.exit(room.status ?? (room.failed || room.broken ? 1 : 0));`);
    put('bin/npm', `#!/bin/sh
      case "$*" in
        ci*) exit "\${CI_STATUS:-0}" ;;
        'run check') exit "\${CHECK_STATUS:-0}" ;;
        test) [ "\${BUILD_STATUS:-0}" = 0 ] || exit "$BUILD_STATUS"; '${process.execPath}' tools/test.mjs; status=$?; [ -z "$NOISE" ] || echo 'npm error noise'; exit $status ;;
      esac
      exit 99`);
    for (const file of ['tools/test.mjs', '.ci/run']) {
      mkdirSync(dirname(join(checkout, file)), { recursive: true });
      copyFileSync(join(home, file), join(checkout, file));
    }
  });
  afterAll(() => rmSync(dirname(checkout), { recursive: true, force: true }));

  const run = (command: string, args: readonly string[], rooms: Readonly<Record<string, Room>>, env: Readonly<Record<string, string>> = {}) => {
    const { status, stdout, stderr } = spawnSync(command, args, {
      encoding: 'utf8', env: { PATH: `${join(checkout, 'bin')}:${process.env['PATH']}`, ROOMS: JSON.stringify(rooms), ...env },
    });
    return { status, out: stdout, err: stderr, last: stdout.trimEnd().split('\n').at(-1) };
  };
  const rooms = (given: Readonly<Record<string, Room>>, ...only: string[]) => run(process.execPath, [join(checkout, 'tools/test.mjs'), ...only], given);
  const ci = (given: Readonly<Record<string, Room>>, env?: Readonly<Record<string, string>>) => run(join(checkout, '.ci/run'), [], given, env);
  const green = { unit: { passed: 5 }, integration: { passed: 3 }, e2e: { passed: 2 } };
  const counts = (out: string): number => out.match(/^\d+ passed, \d+ failed$/gm)?.length ?? 0;

  describe('tools/test.mjs', () => {
    it('adds up the rooms, from a folder with blanks and Chinese characters', () => {
      expect(rooms(green)).toMatchObject({ status: 0, last: '10 passed, 0 failed', err: '' });
      expect(rooms(green, 'integration')).toMatchObject({ status: 0, last: '3 passed, 0 failed' });
    });

    it('runs the later rooms after a red one, and counts them', () => {
      expect(rooms({ ...green, unit: { passed: 4, failed: 1 } })).toMatchObject({ status: 1, last: '9 passed, 1 failed' });
      expect(rooms({ ...green, unit: { passed: 4, broken: 2 }, e2e: { failed: 2 } })).toMatchObject({ status: 1, last: '7 passed, 4 failed' });
    });

    it('counts a room that ends without a word, or badly though no test failed, as one failure', () => {
      expect(rooms({ ...green, integration: { silent: true } })).toMatchObject({ status: 1, last: '7 passed, 1 failed', err: expect.stringContaining('integration') });
      expect(rooms({ ...green, integration: { passed: 3, status: 1 } })).toMatchObject({ status: 1, last: '10 passed, 1 failed' });
    });

    it('names what was skipped', () => {
      const { out, last } = rooms({ ...green, integration: { passed: 3, skipped: ['runs as root'] } });
      expect(out).toContain('\n1 skipped\n  integration: runs as root (x/dist/a.spec.js)\n');
      expect(last).toBe('10 passed, 0 failed');
    });
  });

  describe('.ci/run', () => {
    it('says once how many passed', () => {
      const { status, out, last } = ci(green);
      expect([status, last, counts(out)]).toEqual([0, '10 passed, 0 failed', 1]);
    });

    it('ends with the tests that failed, and with their status', () => {
      const { status, out, last } = ci({ ...green, unit: { passed: 4, failed: 1 } });
      expect([status, last, counts(out)]).toEqual([1, '9 passed, 1 failed', 1]);
    });

    it.each([['CI_STATUS', 'npm ci'], ['CHECK_STATUS', 'npm run check'], ['BUILD_STATUS', 'npm test']])('counts one failure when %s is not 0', (name, step) => {
      const { status, out, last } = ci(green, { [name]: '7' });
      expect([status, last, counts(out)]).toEqual([7, '0 passed, 1 failed', 1]);
      expect(out).toContain(`${step} ended with status 7`);
    });

    it('has the count on its last line, whatever npm says after the tests', () => {
      expect(ci({ ...green, e2e: { failed: 1 } }, { NOISE: '1' })).toMatchObject({ status: 1, last: '8 passed, 1 failed' });
    });
  });
});
