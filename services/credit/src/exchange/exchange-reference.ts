import { exchangeRule } from '@casebridge/contracts';
import { exchangeColumns, exchangeFields, exchangeMarks } from './exchange-layout.rule';

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string => [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** The tables of docs/reference/exchange.md, in their order: fields, columns of the layout of 2016, rules of a row. */
export const exchangeTables: readonly string[] = [
  table(['code', '中文', 'kind', 'required', `length seen [${exchangeMarks.lengths}]`], exchangeFields.map((f) =>
    [f.code, f.zh, f.kind.toLowerCase(), f.required ? 'yes' : '', [f.length === null ? '' : String(f.length), 'identity' in f ? 'not kept' : ''].filter(Boolean).join(', ')])),
  table(['code', '中文', 'item'], exchangeColumns.Y2016.map(({ code, zh, field }) => [code, zh, field ?? 'not taken'])),
  table(['rule', '中文', 'meaning'], exchangeRule.codes.map((code) => [code, exchangeRule.labels[code].zh, exchangeRule.labels[code].en])),
];

/** The page with its tables as the code has them. */
export const printExchangePage = (page: string): string =>
  exchangeTables.reduce((text, part, i) => text.replace(new RegExp(`(<!-- table ${i + 1} -->\n)[\\s\\S]*?(?=<!-- end -->)`), (_, mark: string) => `${mark}${part}\n`), page);
