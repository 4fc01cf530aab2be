import type { Citation } from './citation';
import { formatCitation, mayBlock } from './citation';
import * as instruments from './instruments';

const { instrumentTitleEn, ...builders } = instruments;

describe('instruments', () => {
  it.each(Object.entries(builders))('%s cites an article under an official title that has an English one', (_, cite) => {
    const citation: Citation = cite('1(1)');
    expect(citation.article).toBe('1(1)');
    expect(citation.instrument).toMatch(/\p{Script=Han}/u);
    expect(instrumentTitleEn[citation.instrument]).toMatch(/^[A-Z][\x20-\x7E\p{Script=Han}〔〕]+$/u);
    expect(Object.isFrozen(citation)).toBe(true);
  });

  it('has one builder for each title', () => {
    const titles = Object.values(builders).map((cite) => cite(1).instrument);
    expect(new Set(titles).size).toBe(titles.length);
    expect(Object.keys(instrumentTitleEn).sort()).toEqual([...titles].sort());
  });

  it('takes a number for an article', () => {
    expect(instruments.o310('5(2)')).toEqual({ instrument: '行政执法机关移送涉嫌犯罪案件的规定', article: '5(2)', mark: 'V' });
    expect(instruments.sppr2019(560)).toEqual({ instrument: '人民检察院刑事诉讼规则', article: '560', mark: 'V' });
  });

  it('marks by what was read of the instrument, unless the article is known otherwise', () => {
    expect(instruments.m41(9).mark).toBe('NV');
    expect(instruments.m41(2, 'V').mark).toBe('V');
    expect(instruments.n36(4).mark).toBe('P');
    expect(instruments.spp2021(8).mark).toBe('NV');
    expect(instruments.gvp2021(1, 'NV').mark).toBe('NV');
  });

  it('does not cite nothing', () => expect(() => instruments.cpl2018(' ')).toThrow(RangeError));

  it('says of a house rule that it is no law', () => {
    const { instrument } = instruments.houseRule('receipt within 24 hours');
    expect(instrument).toContain('非法律规定');
    expect(instrumentTitleEn[instrument]).toContain('not law');
  });
});

describe('citation', () => {
  it('lets only a rule that was read or reported refuse', () => {
    expect([mayBlock('V'), mayBlock('P'), mayBlock('NV')]).toEqual([true, true, false]);
  });
  it('reads as a line', () => expect(formatCitation(instruments.o310('5(2)'))).toBe('行政执法机关移送涉嫌犯罪案件的规定 5(2)'));
});
