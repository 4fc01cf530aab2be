import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');

/** A checkout of two projects, of which the hub only says what the other tells it. */
describe('what npm start builds', () => {
  const home = mkdtempSync(join(tmpdir(), 'casebridge-start-build-'));
  const kernel = join(home, 'packages/kernel/src/index.ts');
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  const write = (path: string, text: string): void => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  };
  const project = (folder: string, references: string[]): void => write(join(home, folder, 'tsconfig.json'), JSON.stringify({
    compilerOptions: { composite: true, strict: true, module: 'node16', target: 'es2022', types: [], rootDir: 'src', outDir: 'dist', tsBuildInfoFile: 'dist/.tsbuildinfo' },
    include: ['src'], references: references.map((path) => ({ path })),
  }));
  const start = (): { status: number | null; out: string } => {
    const { status, stdout } = spawnSync(process.execPath, [join(home, 'tools/start.mjs'), 'given'], { cwd: '/', encoding: 'utf8' });
    return { status, out: stdout };
  };

  beforeAll(() => {
    mkdirSync(join(home, 'tools'));
    copyFileSync(join(root, 'tools/start.mjs'), join(home, 'tools/start.mjs'));
    symlinkSync(join(root, 'node_modules'), join(home, 'node_modules'));
    for (const file of ['tsconfig.base.json', 'package-lock.json']) write(join(home, file), '{}');
    project('packages/kernel', []);
    project('apps/hub', ['../../packages/kernel']);
    write(kernel, `export const word: string = 'one';`);
    write(join(home, 'apps/hub/src/main.ts'), `
      import { word } from '../../../packages/kernel/dist';
      declare const console: { log(...parts: unknown[]): void }, process: { argv: string[] };
      console.log(word, process.argv[1] === __filename ? 'itself' : process.argv[1], ...process.argv.slice(2));
      declare const __filename: string;
    `);
  });

  it('builds what was never built, and is the hub then', () => {
    expect(start()).toEqual({ status: 0, out: 'one itself given\n' });
  });

  it('builds what was changed since, in whatever project', () => {
    write(kernel, `export const word: string = 'two';`);
    expect(start()).toEqual({ status: 0, out: 'two itself given\n' });
    rmSync(join(home, 'packages/kernel/dist'), { recursive: true });
    expect(start()).toEqual({ status: 0, out: 'two itself given\n' });
  });

  it('asks no compiler where nothing was', () => {
    const built = join(home, 'packages/kernel/dist/index.js');
    writeFileSync(built, readFileSync(built, 'utf8').replace('two', 'as built'));
    utimesSync(kernel, new Date(0), new Date(0));
    expect(start().out).toBe('as built itself given\n');
  });

  it('starts nothing that could not be built, however often it is asked', () => {
    write(kernel, 'export const word: string = 3;');
    for (const { status, out } of [start(), start()]) {
      expect(status).not.toBe(0);
      expect(out).toContain('packages/kernel/src/index.ts');
      expect(out).not.toContain('itself');
    }
    write(kernel, `export const word: string = 'four';`);
    expect(start().out).toBe('four itself given\n');
  });
});
