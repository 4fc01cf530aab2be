import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { refusals } from '../limits';
import { referenceTables } from '../testing/reference-tables';

const page = (name: string): string => readFileSync(join(__dirname, '../../../docs/reference', name), 'utf8');

describe('docs/reference/gateway.md', () => {
  it.each(Object.entries(referenceTables))('has the table of %s as the code has it', (_name, table) => {
    expect(page('gateway.md')).toContain(`\n\n${table}\n\n`);
  });
});

describe('docs/reference/errors.md', () => {
  it('names every refusal without a class of its own, with status and kind', () => {
    const rows = [...page('errors.md').matchAll(/^\| (\d{3}) \| `([A-Z_]+)` \| ([A-Z_]+) \|/gm)].map(([, status, code, kind]) => [code, { kind, status: Number(status) }]);
    expect(Object.fromEntries(rows)).toEqual(refusals);
  });
});
