import { citizenIdCheckDigit } from '@casebridge/kernel';
import * as fc from 'fast-check';
import { type PenaltyForSummary, scrubPersonalData, summarisePenalties } from './penalty-summary.rule';

const item = (more: Partial<PenaltyForSummary>): PenaltyForSummary => ({
  kind: 'FINE', partyKind: 'ENTITY', partyName: '示例药业有限公司', amountFen: null, startsOn: null, endsOn: null, forLife: false, ...more,
});

describe('the abstract of the penalties', () => {
  it('tells the penalties of the party first and names the others', () => {
    const summary = summarisePenalties('示例药业有限公司', [
      item({ kind: 'INDUSTRY_BAN', partyKind: 'PERSON', partyName: '示例甲', forLife: true }),
      item({ amountFen: 123_456_789 }),
      item({ kind: 'CONFISCATION_OF_GAINS', amountFen: 120_000 }),
      item({ partyKind: 'PERSON', partyName: '示例甲', amountFen: 2_000_000 }),
      item({ kind: 'BUSINESS_RESTRICTION', startsOn: '2026-01-05', endsOn: '2026-07-04' }),
    ]);
    expect(summary).toBe('罚款1,234,567.89元，没收违法所得1,200元，限制开展生产经营活动（2026-01-05至2026-07-04）；对示例甲：限制从业（终身），罚款20,000元');
  });

  it('tells nothing of the party where all penalties are on persons', () => {
    expect(summarisePenalties('示例药业有限公司', [item({ partyKind: 'PERSON', partyName: '示例甲', amountFen: 100 })])).toBe('对示例甲：罚款1元');
  });

  it('keeps identity numbers out, whatever was typed into a name', () => {
    const summary = summarisePenalties('示例药业', [item({ partyKind: 'PERSON', partyName: '示例甲（身份证号：21010219900101123X，住址：示例市示例路1号）', amountFen: 100 })]);
    expect(summary).toBe('对示例甲：罚款1元');
  });
});

describe('personal data is taken out', () => {
  it.each([
    ['示例甲（身份证号码：210102199001011234）', '示例甲'],
    ['示例甲 210102199001011234', '示例甲'],
    ['示例甲２１０１０２１９９００１０１１２３４', '示例甲'],
    ['示例甲，210102900101123', '示例甲'],
    ['示例甲（电话：024-12345678）', '示例甲'],
    ['示例甲13800138000', '示例甲'],
    ['示例甲 138 0013 8000，经营者', '示例甲 ，经营者'],
    ['示例甲，联系方式 +86 13800138000', '示例甲'],
    ['示例甲（住址：示例省示例市示例区1号楼，女）', '示例甲（女）'],
    ['示例甲，现住示例市示例路5号', '示例甲'],
    ['示例甲（银行账号：6222021234567890123）', '示例甲'],
    ['示例甲 6222021234567890123', '示例甲'],
    ['示例甲 someone@example.com', '示例甲'],
    ['210102199001011234', '某'],
  ])('%s → %s', (from, to) => {
    expect(scrubPersonalData(from)).toBe(to);
  });

  it.each(['示例药业有限公司', '示例市示例区第13药店', '示例（中国）医疗器械有限公司', '示例甲', '示例县住院部大药房', '第0411药房（2026）'])('%s stays', (name) => {
    expect(scrubPersonalData(name)).toBe(name);
  });

  it('never leaves an identity number, wherever it stands', () => {
    const id = fc.tuple(fc.integer({ min: 110_000, max: 659_000 }), fc.integer({ min: 1950, max: 2009 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }), fc.nat(999))
      .map(([region, year, month, day, n]) => {
        const body = `${region}${year}${String(month).padStart(2, '0')}${String(day).padStart(2, '0')}${String(n).padStart(3, '0')}`;
        return body + citizenIdCheckDigit(body);
      });
    fc.assert(fc.property(fc.constantFrom('', '示例甲', '证件：', '（'), id, fc.constantFrom('', '，男', '）', ' 等'), (before, number, after) => {
      expect(scrubPersonalData(before + number + after)).not.toContain(number.slice(0, 14));
    }));
  });
});
