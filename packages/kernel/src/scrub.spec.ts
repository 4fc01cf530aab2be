import fc from 'fast-check';
import { citizenIdCheckDigit, composeUscc, gtinCheckDigit, provinceShortNames } from './identifiers';
import { scrub } from './scrub';

const id = (body: string): string => body + citizenIdCheckDigit(body);
const example = id('99010219900307123');

describe('what is taken out', () => {
  it.each([
    ['我的手机13800138000，请回电', '我的手机〔电话〕，请回电'],
    ['我的电话是 138-0013-8000。', '我的电话是 〔电话〕。'],
    ['打138 0013 8000', '打〔电话〕'],
    ['打+86 138.0013.8000', '打〔电话〕'],
    ['打１３８００１３８０００', '打〔电话〕'],
    ['打①③⑧⓪⓪①③⑧⓪⓪⓪', '打〔电话〕'],
    ['打138\u200b0013\u200b8000', '打〔电话〕'],
    ['座机024-23456789转801', '座机〔电话〕'],
    ['座机(024)23456789', '座机〔电话〕'],
    ['电话：23456789', '电话：〔电话〕'],
    ['幺三八零零幺三八零零零', '〔号码〕'],
    [`身份证${example}`, '身份证〔证件号〕'],
    [`号码 ${example.slice(0, 6)} ${example.slice(6, 14)} ${example.slice(14)}`, '号码 〔证件号〕'],
    ['护照号码：E12345678', '护照号码：〔证件号〕'],
    ['发到zhang.san+1@example.com收', '发到〔邮箱〕收'],
    ['发到ｚｈａｎｇ＠ｅｘａｍｐｌｅ．ｃｏｍ收', '发到〔邮箱〕收'],
    ['卡号6222021234567890123', '卡号〔账号〕'],
    ['退到 6222 0212 3456 7890 123', '退到 〔账号〕'],
    ['订单202603121234567890123', '订单〔号码〕'],
    ['我的车辽A·12345停在门口', '我的车〔车牌〕停在门口'],
    ['新能源车辽AD12345', '新能源车〔车牌〕'],
    ['挂车鲁B1234挂', '挂车〔车牌〕'],
    ['微信号：zhang_san88', '微信号：〔社交账号〕'],
    ['加QQ12345678', '加QQ〔社交账号〕'],
    ['vx: zs_1990', 'vx: 〔社交账号〕'],
    ['举报人：张某某，电话13800138000', '举报人：〔姓名〕，电话〔电话〕'],
    ['我叫阿不都·热合曼，', '我叫〔姓名〕，'],
    ['家庭住址：某市某区某路5号3单元。', '家庭住址：〔住址〕。'],
  ])('%s → %s', (text, expected) => expect(scrub(text)).toBe(expected));
});

const digitCode = composeUscc({ department: '91', region: '210102', organisation: '00000000' });

describe('what stays', () => {
  it.each([
    ['批号20260312，国药准字H20123456，生产日期2026-03-12至2026-03-15'],
    ['沈市监处罚〔2026〕12号，许可证号辽AA0210012345'.replace('0210012345', '210100123')],
    ['药品生产许可证 辽20260001'],
    ['售价150.00元，共1200盒，金额180000元'],
    [`企业统一社会信用代码 ${digitCode}`],
    ['追溯码81234567890123456789'],
    [`条码690123456789${gtinCheckDigit('690123456789')}`],
    ['患者女性，65岁，服药后30分钟出现皮疹，2026年3月12日就诊'],
    ['患者：女，65岁'],
    ['投诉人认为该店超范围经营'],
    ['在淘宝 abcde 店购买'],
  ])('%s', (text) => expect(scrub(text)).toBe(text));

  it('but not a credit code of digits that has the shape of an identity number', () => {
    expect(scrub(`代码${example}`)).toBe('代码〔证件号〕');
  });
});

/** Text made of the characters that matter here, so that shapes come up by chance. */
const busy = fc.string({
  unit: fc.constantFrom(...'0123456789１５８①⓪Xx -·.@/:：+()（）辽京A挂电话手机号码微信卡住在我叫姓名张三零一二三〔〕\n\u200b㏠⒈'), maxLength: 80,
});
const separators = fc.constantFrom('', '-', ' ', '.', '·', '－', '—');
const mobile = fc
  .tuple(fc.integer({ min: 13, max: 19 }), fc.stringMatching(/^\d{9}$/), separators)
  .map(([head, tail, s]) => [`${head}${tail[0]}`, tail.slice(1, 5), tail.slice(5)].join(s));
const plainWord = fc.string({ unit: fc.constantFrom(...'药品销售过期变质包装说明书被告店铺，。'), maxLength: 20 });
const widen = (text: string): string => text.replace(/[!-~]/gu, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));

/** The net below: constraints of the tables hold the same for whatever was scrubbed. */
const mobileInStore = /(^|[^0-9])1[3-9][0-9]{9}([^0-9]|$)/;
const identityInStore = /(^|[^0-9])[1-9][0-9]{5}(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]([^0-9]|$)/;

describe('for every text', () => {
  it('scrubbing again changes nothing, and what the tables refuse is gone', () => {
    fc.assert(
      fc.property(fc.oneof(busy, fc.string({ unit: 'binary', maxLength: 60 })), (text) => {
        const once = scrub(text);
        expect(scrub(once)).toBe(once);
        expect(once).not.toMatch(mobileInStore);
        expect(once).not.toMatch(identityInStore);
      }),
      { numRuns: 2_000 },
    );
  });

  it('takes a mobile number out wherever it stands and however it is parted or written', () => {
    fc.assert(
      fc.property(plainWord, mobile, plainWord, fc.boolean(), (before, number, after, wide) => {
        const out = scrub(before + (wide ? widen(number) : number) + after).normalize('NFKC');
        expect(out).not.toMatch(/\d/);
        expect(out).toContain('〔电话〕');
      }),
    );
  });

  it('takes identity numbers, cards and plates out of the middle of anything', () => {
    const birthday = fc.date({ min: new Date('1930-01-01'), max: new Date('2020-12-31'), noInvalidDate: true });
    const identity = fc
      .tuple(fc.integer({ min: 110_000, max: 659_999 }), birthday, fc.integer({ min: 100, max: 999 }))
      .map(([region, born, serial]) => id(`${region}${born.toISOString().slice(0, 10).replaceAll('-', '')}${serial}`));
    const card = fc.stringMatching(/^62\d{14}(\d{3})?$/);
    const plate = fc
      .tuple(fc.constantFrom(...provinceShortNames), fc.constantFrom(...'ABCDEFGHJKLMNPQRSTUVWXYZ'), fc.stringMatching(/^[A-HJ-NP-Z0-9]{4}\d$/))
      .map((p) => p.join(''));
    fc.assert(
      fc.property(plainWord, fc.oneof(identity, card, plate), plainWord, (before, clue, after) => {
        const out = scrub(before + clue + after);
        expect(out).not.toContain(clue);
        expect(out).not.toMatch(/[0-9A-Z]/);
      }),
    );
  });

  it('leaves text without digits, letters and labels as it is, once cleaned', () => {
    fc.assert(fc.property(plainWord, (text) => expect(scrub(text)).toBe(text)));
  });
});
