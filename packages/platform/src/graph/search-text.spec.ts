import { BadUserInput } from '@casebridge/kernel';
import { searchInput } from './search-text';

describe('the text of a search', () => {
  it.each([['甲省Ａ厂  ５%_\\', '甲省a厂 5%_\\'], ['药品', '药品'], ['a1', 'a1'], ['\u200b药\u00ad品\t', '药品'], ['长'.repeat(100), '长'.repeat(100)], ['𠮷'.repeat(100), '𠮷'.repeat(100)]])(
    'is %j as it is compared', (text, compared) => expect(searchInput(text, 'filter.text')).toBe(compared));

  it.each([
    '', ' ', ' \t\n', '\u200b', '药', '药 a', '_%', '%', '长'.repeat(101), '𠮷'.repeat(101), `药品${' '.repeat(99)}`,
    'x'.repeat(1_000_000),
  ])('refuses %j, naming the field', (text) => {
    expect(() => searchInput(text, 'filter.text')).toThrow(BadUserInput);
    expect(() => searchInput(text, 'filter.text')).toThrow(/^filter\.text: /);
  });
});
