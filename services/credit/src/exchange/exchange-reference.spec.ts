import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exchangeRule } from '@casebridge/contracts';
import { exchangeColumns, exchangeFields, exchangeMarks } from './exchange-layout.rule';

const page = join(__dirname, '../../../../docs/reference/exchange.md');
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string => [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const printed = [
  table(['code', '中文', 'kind', 'required', `length seen [${exchangeMarks.lengths}]`], exchangeFields.map((f) =>
    [f.code, f.zh, f.kind.toLowerCase(), f.required ? 'yes' : '', [f.length === null ? '' : String(f.length), 'identity' in f ? 'not kept' : ''].filter(Boolean).join(', ')])),
  table(['code', '中文', 'item'], exchangeColumns.Y2016.map(({ code, zh, field }) => [code, zh, field ?? 'not taken'])),
  table(['rule', '中文', 'meaning'], exchangeRule.codes.map((code) => [code, exchangeRule.labels[code].zh, exchangeRule.labels[code].en])),
];

it('is told by docs/reference/exchange.md as it is', () => {
  const told = readFileSync(page, 'utf8');
  const now = printed.reduce((text, part, i) => text.replace(new RegExp(`(<!-- table ${i + 1} -->\n)[\\s\\S]*?(?=<!-- end -->)`), (_, mark: string) => `${mark}${part}\n`), told);
  if (process.env['PRINT_REFERENCE'] === '1') writeFileSync(page, now);
  expect(process.env['PRINT_REFERENCE'] === '1' ? now : told).toBe(now);
  for (const part of printed) expect(now).toContain(part);
});
