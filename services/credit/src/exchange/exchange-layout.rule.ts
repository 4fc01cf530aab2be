import type { ExchangeLayout } from '@casebridge/contracts';
import type { Mark } from '@casebridge/kernel';

/** One item of the record (数据项), by the code of the layout in use. */
export interface ExchangeField {
  readonly code: string;
  readonly zh: string;
  readonly kind: 'TEXT' | 'DATE' | 'AMOUNT';
  /** Characters, as seen in use; null: none seen. No official annex could be read: a longer value is told and taken. */
  readonly length: number | null;
  readonly required: boolean;
  /** An identity number or its kind: checked and not kept. */
  readonly identity?: boolean;
}

/** How far the record was checked: codes and names agree in several public sources, lengths come from one of them. */
export const exchangeMarks: { readonly fields: Mark; readonly lengths: Mark } = { fields: 'P', lengths: 'NV' };

const item = (code: string, zh: string, length: number | null, more: Partial<ExchangeField> = {}): ExchangeField => ({ code, zh, kind: 'TEXT', length, required: false, ...more });
const required = { required: true } as const;
const day = { kind: 'DATE' } as const;
const amount = { kind: 'AMOUNT' } as const;

/** The record as it is exchanged, in its order. */
export const exchangeFields = [
  item('CF_XDR_MC', '行政相对人名称', 200, required),
  item('CF_XDR_LB', '行政相对人类别', 100),
  item('CF_XDR_SHXYM', '行政相对人代码_1(统一社会信用代码)', 18),
  item('CF_XDR_GSZC', '行政相对人代码_2(工商注册号)', 50),
  item('CF_XDR_ZZJG', '行政相对人代码_3(组织机构代码)', 9),
  item('CF_XDR_SWDJ', '行政相对人代码_4(税务登记号)', 15),
  item('CF_XDR_SYDW', '行政相对人代码_5(事业单位证书号)', 12),
  item('CF_XDR_SHZZ', '行政相对人代码_6(社会组织登记证号)', 50),
  item('CF_FRDB', '法定代表人', 50),
  item('CF_FR_ZJLX', '法定代表人证件类型', 64, { identity: true }),
  item('CF_FR_ZJHM', '法定代表人证件号码', 64, { identity: true }),
  item('CF_XDR_ZJLX', '证件类型', 64, { identity: true }),
  item('CF_XDR_ZJHM', '证件号码', 64, { identity: true }),
  item('CF_WSH', '行政处罚决定书文号', 128, required),
  item('CF_WFXW', '违法行为类型', 2_000, required),
  item('CF_SY', '违法事实', 5_000, required),
  item('CF_YJ', '处罚依据', 2_048, required),
  item('CF_CFLB', '处罚类别', null, required),
  item('CF_NR', '处罚内容', 4_000, required),
  item('CF_NR_FK', '罚款金额(万元)', null, amount),
  item('CF_NR_WFFF', '没收违法所得、没收非法财物的金额(万元)', null, amount),
  item('CF_NR_ZKDX', '暂扣或吊销证照名称及编号', 200),
  item('CF_JDRQ', '处罚决定日期', null, { ...required, ...day }),
  item('CF_YXQ', '处罚有效期', null, day),
  item('CF_GSJZQ', '公示截止期', null, day),
  item('CF_CFJG', '处罚机关', 200, required),
  item('CF_CFJGDM', '处罚机关统一社会信用代码', 18),
  item('CF_SJLY', '数据来源单位', 200),
  item('CF_SJLYDM', '数据来源单位统一社会信用代码', 18),
  item('BZ', '备注', null),
] as const satisfies readonly ExchangeField[];

/** A record by its items, in the words of the file; empty where it says nothing. */
export type ExchangeRecord = Readonly<Record<string, string>>;

/** A column of a layout. */
export interface ExchangeColumn {
  readonly code: string;
  readonly zh: string;
  /** The item that it is; null: of no use here. */
  readonly field: string | null;
}

const own = exchangeFields.map(({ code, zh }): ExchangeColumn => ({ code, zh, field: code }));
const column = (code: string, zh: string, field: string | null): ExchangeColumn => ({ code, zh, field });

export const exchangeColumns: Readonly<Record<ExchangeLayout, readonly ExchangeColumn[]>> = {
  CURRENT: own,
  Y2016: [
    column('CF_WSH', '行政处罚决定书文号', 'CF_WSH'),
    column('CF_CFMC', '处罚名称', 'CF_WFXW'),
    column('CF_CFLB1', '处罚类别1', 'CF_CFLB'),
    column('CF_CFLB2', '处罚类别2', 'CF_CFLB'),
    column('CF_SY', '处罚事由', 'CF_SY'),
    column('CF_YJ', '处罚依据', 'CF_YJ'),
    column('CF_XDR_MC', '行政相对人名称', 'CF_XDR_MC'),
    column('CF_XDR_SHXYM', '行政相对人代码_1(统一社会信用代码)', 'CF_XDR_SHXYM'),
    column('CF_XDR_ZDM', '行政相对人代码_2(组织机构代码)', 'CF_XDR_ZZJG'),
    column('CF_XDR_GSDJ', '行政相对人代码_3(工商登记码)', 'CF_XDR_GSZC'),
    column('CF_XDR_SWDJ', '行政相对人代码_4(税务登记号)', 'CF_XDR_SWDJ'),
    column('CF_XDR_SFZ', '行政相对人代码_5(居民身份证号)', 'CF_XDR_ZJHM'),
    column('CF_FR', '法定代表人姓名', 'CF_FRDB'),
    column('CF_JG', '处罚结果', 'CF_NR'),
    column('CF_JDRQ', '处罚决定日期', 'CF_JDRQ'),
    column('CF_XZJG', '处罚机关', 'CF_CFJG'),
    column('CF_ZT', '当前状态', null),
    column('DFBM', '地方编码', null),
    column('SJC', '数据更新时间戳', null),
    column('BZ', '备注', 'BZ'),
  ],
};

/** Other spellings of a code that are in use. */
const aliases: Readonly<Record<string, string>> = { CF_WFSS: 'CF_SY', CF_FR_SFZH: 'CF_FR_ZJHM' };
/** Columns that only the layout of 2016 has. */
const only2016 = new Set(['CF_CFMC', 'CF_CFLB1', 'CF_CFLB2', 'CF_JG', 'CF_XZJG', 'CF_ZT', 'DFBM', '处罚名称', '处罚类别1', '处罚结果', '当前状态', '地方编码']);

const nameOf = (cell: string): string => cell.normalize('NFKC').replace(/[\s*\p{C}]+/gu, '');

/** A header as it was understood. */
export interface ExchangeHeader {
  readonly layout: ExchangeLayout;
  /** By position: the item of the column, null for one that is not taken. */
  readonly fields: readonly (string | null)[];
  /** Required items without a column. */
  readonly missing: readonly string[];
}

/** Columns by code or by Chinese name, in any order; whatever else stands in the file is not taken. */
export function readHeader(cells: readonly string[]): ExchangeHeader {
  const names = cells.map(nameOf);
  const layout: ExchangeLayout = names.some((name) => only2016.has(name.toUpperCase())) ? 'Y2016' : 'CURRENT';
  const known = new Map(exchangeColumns[layout].flatMap(({ code, zh, field }) => [[code, field], [nameOf(zh), field]] as const));
  const fields = names.map((name) => known.get(name) ?? known.get(name.toUpperCase()) ?? aliases[name.toUpperCase()] ?? null);
  const missing = exchangeFields.filter((f) => f.required && !fields.includes(f.code)).map((f) => f.code);
  return { layout, fields, missing };
}

/** A row by its items; of two columns for one item (处罚类别1, 处罚类别2) both are told. */
export function recordOf({ fields }: ExchangeHeader, cells: readonly string[]): ExchangeRecord {
  const record: Record<string, string> = {};
  for (const [i, field] of fields.entries()) {
    const value = (cells[i] ?? '').trim();
    if (field === null || value === '') continue;
    record[field] = record[field] === undefined ? value : `${record[field]};${value}`;
  }
  return record;
}

/** A record as a row of a layout: of two columns for one item the first has it. */
export function rowOf(layout: ExchangeLayout, record: ExchangeRecord): string[] {
  const told = new Set<string>();
  return exchangeColumns[layout].map(({ field }) => {
    if (field === null || told.has(field)) return '';
    told.add(field);
    return record[field] ?? '';
  });
}
