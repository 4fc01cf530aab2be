import { BadUserInput, citizenIdCheckDigit } from '@casebridge/kernel';
import * as fc from 'fast-check';
import { redact, REDACTED, scrubDecisionText } from './published-text.rule';

const two = (n: number): string => String(n).padStart(2, '0');
const identity = fc.tuple(fc.integer({ min: 110_000, max: 659_000 }), fc.integer({ min: 1950, max: 2015 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }), fc.integer({ min: 100, max: 999 }))
  .map(([region, year, month, day, n]) => `${region}${year}${two(month)}${two(day)}${n}`).map((body) => body + citizenIdCheckDigit(body));
const digits = (length: number) => fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((d) => d.join(''));
const phone = fc.tuple(fc.constantFrom('13', '15', '18', '19'), digits(9)).map(([head, rest]) => head + rest);
const bank = digits(15).map((rest) => `6222${rest}`);
const mail = fc.tuple(digits(5), fc.constantFrom('example.com', 'mail.example.cn')).map(([name, host]) => `a${name}@${host}`);
const personal = fc.oneof(identity, phone, bank, mail);

const harmless = ['行政处罚决定书', '示例药监处罚〔2026〕1号', '当事人：示例药业有限公司', '统一社会信用代码：91210102MA00000019', '　　本局于2026年6月1日对当事人进行检查，发现涉案药品共计1,200盒，货值金额58,320.50元。',
  '依据《中华人民共和国药品管理法》第一百一十七条第一款，处罚如下：', '1. 没收违法所得1,200元；', '注册地址：示例市示例区示例路1号', '批号：20260101；批准文号：国药准字H20260001', '', '二〇二六年六月一日'];

describe('the full text of a decision', () => {
  it('stays to the letter where it says nothing of a person', () => {
    const text = harmless.join('\n');
    expect(scrubDecisionText(text, [])).toBe(text);
  });

  it('never has an identity, telephone or account number or an e-mail address, wherever they stand, and is the same when it is taken out again', () => {
    const line = fc.oneof(
      fc.constantFrom(...harmless),
      fc.tuple(fc.constantFrom('法定代表人示例甲，', '联系电话：', '（身份证号：', '经办 ', ''), personal, fc.constantFrom('', '。', '），男', ' 等')).map((parts) => parts.join('')),
    );
    fc.assert(fc.property(fc.array(line, { maxLength: 8 }), personal, (lines, secret) => {
      const text = [...lines, `当事人${secret}，到场。`].join('\n');
      const clean = scrubDecisionText(text, []);
      expect(clean).not.toContain(secret);
      expect(clean).not.toMatch(/(?<![0-9A-Za-z])[1-9][0-9]{16}[0-9Xx](?![0-9A-Za-z])|(?<![0-9])1[3-9][0-9]{9}(?![0-9])|@/u);
      expect(clean.split('\n')).toHaveLength(text.split('\n').length);
      expect(scrubDecisionText(clean, [])).toBe(clean);
    }));
  });

  it.each([
    ['示例甲，住址：示例市示例路1号，男', '示例甲，男'], ['示例甲（家庭住址：示例市示例路1号）', '示例甲'], ['银行账号：6222 0212 3456 7890', ''],
  ])('%s → %s', (from, to) => expect(scrubDecisionText(from, [])).toBe(to));

  it('names no minor, the longer name first', () => {
    expect(scrubDecisionText('示例童童与示例童在场。', ['示例童', '示例童童'])).toBe('某与某在场。');
  });
});

describe('what a review takes out', () => {
  it('goes from every part, a passage within another with it', () => {
    const parts = { partyName: '甲乙公司', penaltySummary: '罚款', body: '甲乙丙与甲乙' };
    expect(redact(parts, [{ text: '甲乙', ground: 'TRADE_SECRET' }, { text: '甲乙丙', ground: 'STATE_SECRET' }])).toEqual({ partyName: `${REDACTED}公司`, penaltySummary: '罚款', body: `${REDACTED}与${REDACTED}` });
  });

  it('never touches what was taken out already, and leaves no trace of any passage', () => {
    const word = fc.array(fc.constantFrom('甲', '乙', '不', '予', '公', '开'), { minLength: 1, maxLength: 4 }).map((c) => c.join(''));
    fc.assert(fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), fc.array(fc.nat(), { minLength: 1, maxLength: 3 }), (words, picks) => {
      const texts = [...new Set(picks.map((n) => words[n % words.length] ?? ''))];
      const { body } = redact({ body: words.join('，') }, texts.map((text) => ({ text, ground: 'SAFETY' })));
      for (const rest of body.split(REDACTED)) for (const text of texts) expect(rest).not.toContain(text);
    }));
  });

  it('has to stand there', () => {
    expect(() => redact({ body: '甲' }, [{ text: '甲', ground: 'SAFETY' }, { text: '乙', ground: 'SAFETY' }])).toThrow(BadUserInput);
  });
});
