import type { PenaltyDecided, PenaltyItemData } from '@casebridge/contracts';
import { isUuid } from '@casebridge/kernel';
import { disclosureOf } from './disclosure-record.projection';
import { searchIndex, searchTerms } from './search-terms.rule';

const fine: PenaltyItemData = {
  id: '01980000-0000-7000-8000-000000000001', kind: 'FINE', partyKind: 'ENTITY', partyName: '示例药业有限公司', amountFen: 20_000_000,
  basis: { instrument: '中华人民共和国药品管理法', article: '117', mark: 'V' }, startsOn: null, endsOn: null, forLife: false,
};
const event: PenaltyDecided = {
  decisionId: '01980000-0000-7000-8000-0000000000d1', caseId: '01980000-0000-7000-8000-0000000000c1', documentNo: ' 示例药监处罚[2026]1 号',
  procedure: 'ORDINARY', authorityCode: 'MRA-210100', regionCode: '210102', partyName: '示例药业有限公司', partyUscc: '91210102MA00000019',
  partyKind: 'ENTITY', violationType: 'SUBSTANDARD_DRUGS', domain: 'DRUG', tier: 'ORDINARY', decidedOn: '2026-06-01', servedOn: '2026-06-03',
  items: [fine, { ...fine, id: '01980000-0000-7000-8000-000000000002', partyKind: 'PERSON', partyName: '示例甲', amountFen: 100 }],
};

describe('the record of a decision', () => {
  it('says what was decided, with the days on which it is shown', () => {
    expect(disclosureOf(event, '2026-06-04')).toMatchObject({
      documentNo: '示例药监处罚[2026]1 号', documentNoKey: '示例药监处罚〔2026〕1号', fineFen: 20_000_100, penaltyKinds: ['FINE'], class: 'SERIOUS_DOMAIN',
      publishedOn: '2026-06-04', disclosureEndsOn: '2029-06-04', creditChinaEndsOn: '2029-06-01', penaltySummary: '罚款200,000元；对示例甲：罚款1元',
    });
  });

  it('is the same every time', () => {
    expect(disclosureOf(event, '2026-06-04')).toEqual(disclosureOf(event, '2026-06-04'));
    expect(isUuid(disclosureOf(event, '2026-06-04')?.id)).toBe(true);
  });

  it('does not exist for a warning alone or a simplified procedure', () => {
    expect(disclosureOf({ ...event, items: [{ ...fine, kind: 'WARNING', amountFen: null }] }, '2026-06-04')).toBeNull();
    expect(disclosureOf({ ...event, procedure: 'SIMPLIFIED' }, '2026-06-04')).toBeNull();
  });

  it('names a natural person and nothing that identifies him further', () => {
    const person = disclosureOf({ ...event, partyKind: 'PERSON', partyName: '示例乙（身份证号210102199001011234）', partyUscc: '210102199001011234' }, '2026-06-04');
    expect(person).toMatchObject({ partyName: '示例乙', partyUscc: null });
    expect(JSON.stringify(person)).not.toContain('19900101');
  });

  it('refuses what is in no code list', () => {
    expect(() => disclosureOf({ ...event, domain: 'FOOD?' }, '2026-06-04')).toThrow(RangeError);
    expect(() => disclosureOf({ ...event, items: [{ ...fine, kind: 'EXILE' }] }, '2026-06-04')).toThrow(RangeError);
  });
});

describe('search', () => {
  it('finds a record by its index only if its text has every word', () => {
    const { searchText, searchBigrams } = searchIndex(['示例药业有限公司', '示例药监处罚[2026]1号', '生产、销售劣药']);
    const hits = (query: string) => searchTerms(query).every((t) => searchText.includes(t.text) && t.pairs.every((p) => searchBigrams.includes(p)));
    for (const query of ['药业', '劣药 示例', '（2026）1号', '【2026】', '药', '１号', '']) expect([query, hits(query)]).toEqual([query, true]);
    for (const query of ['假药', '药业 假药', '公司限']) expect([query, hits(query)]).toEqual([query, false]);
  });
});
