import { CsvFault, parseCsv } from './csv.rule';

describe('a CSV text', () => {
  it.each<[string, string, [number, ...string[]][]]>([
    ['rows of cells', 'a,b\n1,2\n', [[1, 'a', 'b'], [2, '1', '2']]],
    ['any line end, none at the end', 'a\r\nb\rc\nd', [[1, 'a'], [2, 'b'], [3, 'c'], [4, 'd']]],
    ['empty cells', 'a,,\n,b,\n,,c', [[1, 'a', '', ''], [2, '', 'b', ''], [3, '', '', 'c']]],
    ['a comma at the very end', 'a,', [[1, 'a', '']]],
    ['empty lines', '\n\na\n\n,\n', [[3, 'a']]],
    ['quotes', '"a","b,c","d ""e"""\n""\n', [[1, 'a', 'b,c', 'd "e"'], [2, '']]],
    ['a line end in quotes', '"a\r\nb",c\nd', [[1, 'a\r\nb', 'c'], [3, 'd']]],
    ['spaces, which belong to the cell', ' a , b', [[1, ' a ', ' b']]],
    ['nothing', '', []],
  ])('has %s', (_, text, rows) => expect(parseCsv(text).map(({ line, cells }) => [line, ...cells])).toEqual(rows));

  it.each([
    ['a\n"b', 2, 'a quote is not closed'],
    ['a\n"b"c', 2, 'a quoted cell must end with its quote'],
    ['a\nb"c"', 2, 'a cell with a quote in it must be put in quotes'],
    ['"a\nb"\n"c', 3, 'a quote is not closed'],
  ])('may not be %j', (text, line, rule) => {
    expect(() => parseCsv(text)).toThrow(CsvFault);
    expect(() => parseCsv(text)).toThrow(`line ${line}: ${rule}`);
  });

  it('is read in one go, however long', () => {
    const rows = parseCsv('code,name\n'.repeat(200_000));
    expect([rows.length, rows.at(-1)]).toEqual([200_000, { line: 200_000, cells: ['code', 'name'] }]);
    expect(parseCsv(`"${'a""'.repeat(500_000)}"`)[0]?.cells[0]).toHaveLength(1_000_000);
    expect(() => parseCsv(`"${'a\n'.repeat(500_000)}`)).toThrow('line 1: a quote is not closed');
  });
});
