import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const home = resolve(__dirname, '../../../..');
const rooms = ['packages', 'services', 'gateway', 'apps'];

function* sources(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!['node_modules', 'dist', 'testing'].includes(entry.name)) yield* sources(path);
    } else if (entry.name.endsWith('.ts') && !entry.name.endsWith('.spec.ts')) yield path;
  }
}

describe('docs/reference/errors.md', () => {
  const inCode = new Map<string, Set<string>>();
  for (const path of rooms.flatMap((room) => [...sources(join(home, room))])) {
    for (const [, code, kind] of readFileSync(path, 'utf8').matchAll(/readonly code = '([A-Z_]+)';\s+(?:override )?readonly kind = '([A-Z_]+)'/g)) {
      inCode.set(code as string, (inCode.get(code as string) ?? new Set()).add(kind as string));
    }
  }
  const documented = new Map(
    [...readFileSync(join(home, 'docs/reference/errors.md'), 'utf8').matchAll(/^\| `([A-Z_]+)` \| ([A-Z_]+) \|/gm)].map(([, code, kind]) => [code as string, kind as string]),
  );

  it('names every code that a refusal can have', () => {
    expect([...inCode.keys()].filter((code) => !documented.has(code))).toEqual([]);
  });

  it('names none that no refusal has, and each with its kind', () => {
    expect([...documented].filter(([code, kind]) => !inCode.get(code)?.has(kind))).toEqual([]);
  });
});
