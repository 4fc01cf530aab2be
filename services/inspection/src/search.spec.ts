import { BadUserInput } from '@casebridge/kernel';
import { matches, searchColumns } from './search';

describe('search', () => {
  it('keeps the texts in the form in which they are compared, with their pieces', () => {
    expect(searchColumns(['甲省Ａ厂', null, '91'])).toEqual({ searchText: '甲省a厂 91', searchBigrams: ['甲省', '省a', 'a厂', '91'] });
  });

  it('asks for every piece and every word, with wildcards taken literally', () => {
    const { text, values } = matches('e', '甲省厂 5%_\\', 'filter.text').compile();
    expect(text).toBe('(e.search_bigrams @> $1::text[] and e.search_text like $2 and e.search_text like $3)');
    expect(values).toEqual([['甲省', '省厂'], '%甲省厂%', '%5\\%\\_\\\\%']);
  });

  it.each(['', ' \t', '药', '药 a', '_%', '长'.repeat(101)])('refuses %j, naming the field', (query) => {
    expect(() => matches('e', query, 'filter.text')).toThrow(BadUserInput);
    expect(() => matches('e', query, 'filter.text')).toThrow(/^filter\.text: /);
  });
});
