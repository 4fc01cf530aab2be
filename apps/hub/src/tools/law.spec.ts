import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { serviceNames } from '@casebridge/contracts';
import { printLaw } from './law';

const home = resolve(__dirname, '../../../..');

function* sources(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) yield* sources(join(folder, entry.name));
    else if (entry.name.endsWith('.ts') && !entry.name.endsWith('.spec.ts')) yield readFileSync(join(folder, entry.name), 'utf8');
  }
}

it.each(serviceNames.map((name) => [name]))('%s: every clock and every machine is in its book', (service) => {
  const folder = join(home, 'services', service, 'src');
  const defined = [...sources(folder)].flatMap((text) => [...text.matchAll(/export const (\w+) = define(?:Clocks\(|Machine<)/g)].map(([, name]) => name as string));
  if (defined.length === 0) return;
  const book = readFileSync(join(folder, 'law.ts'), 'utf8');
  expect(defined.filter((name) => !new RegExp(`\\b${name}\\b`).test(book))).toEqual([]);
});

it('prints every rule with its article and its mark', () => {
  const rows = printLaw().split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| ---') && !line.includes('| instrument |'));
  expect(rows.length).toBeGreaterThan(150);
  for (const row of rows) expect(row).toMatch(/\| (V|P|NV) \|/);
});
