import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import { csvOf, readCsv } from './csv-table';
import { TableUnreadable } from './table.errors';
import { readXlsx } from './xlsx-reader';
import { xlsxOf } from './xlsx-writer';

async function* given(rows: readonly string[][]): AsyncGenerator<string[]> {
  yield* rows;
}
async function all(rows: AsyncIterable<string[]>): Promise<string[][]> {
  const found: string[][] = [];
  for await (const row of rows) found.push(row);
  return found;
}
const from = (bytes: Buffer | string): Readable => Readable.from([Buffer.from(bytes)]);

const hostile = [
  ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '＝1'], ['"quoted"', 'a,b', 'line\nbreak', "'kept", '<c>&amp;</c>', ']]>'], ['中文', '𠮷', 'a\u0000b', '=cmd|\' /C calc\'!A0', '', 'last'],
];

describe('CSV', () => {
  it('comes back as it was written, and no program for sheets runs any of it', async () => {
    const bytes = await buffer(csvOf(given(hostile), { bom: true }));
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    for (const cell of bytes.toString().split(/[,\n]/)) expect(cell).not.toMatch(/^"?[=+@\t＝]/);
    expect(await all(readCsv(from(bytes)))).toEqual(hostile);
  });

  it('has no mark where none is asked for', async () => expect((await buffer(csvOf(given([['a']]), { bom: false }))).toString()).toBe('a\r\n'));

  it.each([
    ['other encodings', Buffer.from([0xb4, 0xa6, 0xb7, 0xa3])], ['a quote that is never closed', `"${'a'.repeat(1_100_000)}`], ['a broken quote', '"a"b",c\n'],
  ])('of %s is refused', async (_, bytes) => {
    await expect(all(readCsv(from(bytes)))).rejects.toThrow(TableUnreadable);
  });

  it('takes characters that come in two pieces', async () => {
    const bytes = Buffer.from('处罚,决定\n');
    expect(await all(readCsv(Readable.from([bytes.subarray(0, 1), bytes.subarray(1)])))).toEqual([['处罚', '决定']]);
  });
});

const zipped = async (parts: Readonly<Record<string, string | Buffer>>): Promise<Buffer> => {
  const zip = new ZipFile();
  for (const [name, part] of Object.entries(parts)) zip.addBuffer(Buffer.from(part), name);
  zip.end();
  return buffer(zip.outputStream as Readable);
};
const sheet = (rows: string): string => `<worksheet><sheetData>${rows}</sheetData></worksheet>`;

describe('XLSX', () => {
  it('comes back as it was written', async () => {
    const bytes = await buffer(xlsxOf(given(hostile)));
    expect(await all(readXlsx(from(bytes)))).toEqual(hostile.map((row) => row.map((cell) => cell.replace('\u0000', ''))));
  });

  it('reads shared texts, numbers, gaps and the sheet that the workbook names first', async () => {
    const bytes = await zipped({
      'xl/workbook.xml': '<workbook xmlns:r="r"><sheets><sheet name="a" r:id="r7"/><sheet name="b" r:id="r1"/></sheets></workbook>',
      'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/><Relationship Id="r7" Target="worksheets/sheet9.xml"/></Relationships>',
      'xl/sharedStrings.xml': '<sst><si><t>甲</t></si><si><r><t>乙</t></r><r><t>丙</t></r><rPh><t>yi</t></rPh></si></sst>',
      'xl/worksheets/sheet1.xml': sheet('<row><c t="inlineStr"><is><t>wrong</t></is></c></row>'),
      'xl/worksheets/sheet9.xml': sheet('<row r="1"><c r="A1" t="s"><v>1</v></c><c r="C1"><f>1+1</f><v>46174</v></c></row><row/><row><c t="s"><v>0</v></c></row>'),
    });
    expect(await all(readXlsx(from(bytes)))).toEqual([['乙丙', '', '46174'], ['甲']]);
  });

  it.each([
    ['a bomb', { 'xl/worksheets/sheet1.xml': sheet(' '.repeat(20_000_000)) }, 'grow too large'],
    ['entities that multiply', { 'xl/worksheets/sheet1.xml': `<!DOCTYPE x [<!ENTITY a "aaaa">]>${sheet('<row><c t="str"><v>&a;</v></c></row>')}` }, 'no sheet that can be read'],
    ['a cell far to the right', { 'xl/worksheets/sheet1.xml': sheet('<row><c r="XFD1"><v>1</v></c></row>') }, 'too many columns'],
    ['no sheet', { 'a.txt': 'a' }, 'no sheet'],
    ['broken XML', { 'xl/worksheets/sheet1.xml': '<worksheet><row>' }, 'no sheet that can be read'],
  ])('with %s is refused', async (_, parts: Readonly<Record<string, string>>, words) => {
    await expect(all(readXlsx(from(await zipped(parts))))).rejects.toThrow(words);
  });

  it('that is no archive is refused', async () => {
    await expect(all(readXlsx(from('PK nothing')))).rejects.toThrow(TableUnreadable);
  });

  it('that says less than it holds is refused', async () => {
    const bytes = await zipped({ 'xl/worksheets/sheet1.xml': sheet('<row><c><v>1</v></c></row>'.repeat(2_000)) });
    const central = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
    bytes.writeUInt32LE(100, central + 24);
    await expect(all(readXlsx(from(bytes)))).rejects.toThrow(TableUnreadable);
  });
});
