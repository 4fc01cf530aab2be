import { type ExchangeLayout } from '@casebridge/contracts';
import { composeUscc } from '@casebridge/kernel';
import { exchangeColumns, exchangeFields, type ExchangeRecord, readHeader, recordOf, rowOf } from './exchange-layout.rule';
import { readDay, readPenaltyKinds } from './exchange-value.rule';
import { type Authority, checkPenaltyRow } from './penalty-row.rule';

const uscc = composeUscc({ department: '91', region: '210102', organisation: 'TE000001' });
const bureau: Authority = { code: 'DRUG-own', functions: ['DRUG'], regionCode: '210100' };
const police: Authority = { code: 'PSB', functions: ['POLICE'], regionCode: '210100' };
const authorities = new Map([['示例市市场监管局', bureau], ['示例市公安局', police]]);
const good: ExchangeRecord = {
  CF_XDR_MC: '示例药业有限公司', CF_XDR_LB: '法人及非法人组织', CF_XDR_SHXYM: uscc, CF_WSH: '示例药监处罚〔2026〕1号', CF_WFXW: '生产、销售劣药', CF_SY: '销售劣药', CF_YJ: '药品管理法第117条',
  CF_CFLB: '罚款;没收违法所得', CF_NR: '罚款1万元', CF_NR_FK: '1.000000', CF_NR_WFFF: '0.5', CF_JDRQ: '2026-06-01', CF_CFJG: '示例市市场监管局',
};
const check = (more: ExchangeRecord = {}) => checkPenaltyRow({ ...good, ...more }, '2026-06-10', authorities);

describe('a row of the record', () => {
  it('is taken with its amounts in fen', () => {
    expect(check()).toMatchObject({
      faults: [], row: { authority: bureau, partyKind: 'ENTITY', partyUscc: uscc, kinds: ['FINE', 'CONFISCATION_OF_GAINS'], fineFen: 1_000_000, confiscatedFen: 500_000, decidedOn: '2026-06-01' },
    });
  });

  it.each(exchangeFields.filter((f) => f.required).map((f) => f.code))('is refused without %s', (code) => {
    const { faults, row } = check({ [code]: '' });
    expect(row).toBeNull();
    expect(faults).toContainEqual({ field: code, rule: 'REQUIRED', refuses: true });
  });

  it.each([
    ['CF_XDR_SHXYM', `${uscc.slice(0, 17)}${uscc.endsWith('0') ? '1' : '0'}`, 'CHECK_DIGIT'], ['CF_CFJGDM', '91350100M000100Y40', 'CHECK_DIGIT'], ['CF_XDR_ZZJG', '12345678-0', 'CHECK_DIGIT'],
    ['CF_FR_ZJHM', '110105194912310021', 'CHECK_DIGIT'], ['CF_JDRQ', '2026-02-30', 'DATE'], ['CF_JDRQ', '昨天', 'DATE'], ['CF_JDRQ', '2026-06-11', 'FUTURE'],
    ['CF_YXQ', '2026-05-31', 'DATE_ORDER'], ['CF_GSJZQ', '2020-01-01', 'DATE_ORDER'], ['CF_NR_FK', '-1', 'AMOUNT'], ['CF_NR_FK', '0.0000001', 'AMOUNT'], ['CF_NR_FK', '99999999999999', 'AMOUNT'],
    ['CF_NR_FK', '一万', 'AMOUNT'], ['CF_CFLB', '罚款;罚站', 'PENALTY_KIND'], ['CF_CFLB', '罚款;没收违法所得;行政拘留', 'NOT_ITS_PENALTY'], ['CF_XDR_LB', '神仙', 'PARTY_KIND'],
    ['CF_XDR_SHXYM', uscc, 'CODE_OF_PERSON'], ['CF_CFJG', '别处市场监管局', 'AUTHORITY'], ['CF_SY', '事'.repeat(20_001), 'SIZE'],
  ] as const)('is refused for %s %p: %s', (field, value, rule) => {
    const { faults, row } = check({ [field]: value, ...(rule === 'CODE_OF_PERSON' ? { CF_XDR_LB: '自然人' } : {}) });
    expect(row).toBeNull();
    expect(faults).toContainEqual({ field, rule, refuses: true });
  });

  it('is refused for an amount of a penalty that it does not name', () => {
    expect(check({ CF_CFLB: '警告' }).faults).toEqual([
      { field: 'CF_NR_FK', rule: 'AMOUNT_OF_NOTHING', refuses: true }, { field: 'CF_NR_WFFF', rule: 'AMOUNT_OF_NOTHING', refuses: true },
    ]);
  });

  it('is told all of its faults', () => {
    expect(check({ CF_WSH: '', CF_JDRQ: '2026-13-01', CF_CFLB: '罚站' }).faults.map((f) => f.rule)).toEqual(expect.arrayContaining(['REQUIRED', 'DATE', 'PENALTY_KIND']));
  });

  it('is warned, not refused, by what could not be verified', () => {
    const { faults, row } = check({ CF_FRDB: '某'.repeat(51), CF_CFLB: '罚款;没收违法所得;吊销许可证件', CF_NR_FK: '' });
    expect(row).not.toBeNull();
    expect(faults).toEqual([
      { field: 'CF_FRDB', rule: 'LENGTH', refuses: false }, { field: 'CF_NR_ZKDX', rule: 'LICENCE', refuses: false }, { field: 'CF_NR_FK', rule: 'AMOUNT_MISSING', refuses: false },
    ]);
  });

  it('keeps no identity number', () => {
    const { row } = check({ CF_FR_ZJLX: '身份证', CF_FR_ZJHM: '11010519491231002X' });
    expect(JSON.stringify(row)).not.toContain('11010519491231002X');
  });

  it('lets the police detain', () => expect(check({ CF_CFLB: '行政拘留', CF_NR_FK: '', CF_NR_WFFF: '', CF_CFJG: '示例市公安局' }).faults).toEqual([]));

  it('takes hidden characters out, and a code in any spelling', () => {
    const { row } = check({ CF_XDR_MC: '示例\u202e药业\u0000有限公司', CF_XDR_SHXYM: ` ${uscc.toLowerCase()} ` });
    expect(row?.record).toMatchObject({ CF_XDR_MC: '示例药业有限公司', CF_XDR_SHXYM: uscc });
  });
});

it.each([
  ['2026-6-1', '2026-06-01'], ['2026/06/01', '2026-06-01'], ['2026年6月1日', '2026-06-01'], ['20260601', '2026-06-01'], ['2026-06-01 00:00:00', '2026-06-01'], ['46174', '2026-06-01'],
  ['46174.5', '2026-06-01'], ['12345', null], ['2026-02-29', null], ['20261301', null], ['', null], ['2026-06', null],
])('reads the day %p as %p', (text, day) => expect(readDay(text)).toBe(day));

it.each([
  ['罚款', ['FINE'], []], ['罚款；警告', ['FINE', 'WARNING'], []], ['没收违法所得、没收非法财物', ['CONFISCATION_OF_GAINS', 'CONFISCATION_OF_GOODS'], []], ['其他-责令改正', ['OTHER'], []],
  ['罚款;罚款', ['FINE'], []], ['罚站', [], ['罚站']],
])('reads the kinds %p', (text, kinds, unknown) => expect(readPenaltyKinds(text)).toEqual({ kinds, unknown }));

describe('the layouts', () => {
  it.each(['CURRENT', 'Y2016'] as const)('%s is known by its codes and by its names', (layout: ExchangeLayout) => {
    const columns = exchangeColumns[layout];
    for (const cells of [columns.map((c) => c.code), columns.map((c) => c.zh), columns.map((c) => ` ${c.code.toLowerCase()}*`)]) {
      expect(readHeader(cells)).toEqual({ layout, fields: columns.map((c) => c.field), missing: [] });
    }
  });

  it('names what is missing, and takes nothing that it does not know', () => {
    expect(readHeader(['CF_XDR_MC', 'PASSWORD', 'CF_WFSS'])).toEqual({
      layout: 'CURRENT', fields: ['CF_XDR_MC', null, 'CF_SY'], missing: ['CF_WSH', 'CF_WFXW', 'CF_YJ', 'CF_CFLB', 'CF_NR', 'CF_JDRQ', 'CF_CFJG'],
    });
  });

  it.each(['CURRENT', 'Y2016'] as const)('%s gives back what it was given', (layout: ExchangeLayout) => {
    const codes = new Set(exchangeColumns[layout].map((c) => c.field));
    const record = Object.fromEntries(Object.entries(good).filter(([code]) => codes.has(code)));
    expect(recordOf(readHeader(exchangeColumns[layout].map((c) => c.code)), rowOf(layout, record))).toEqual(record);
  });
});
