import { buffer } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { TableUnreadable } from './table.errors';

/**
 * Sheets are archives, and archives can be bombs: bounds on what they say and, since the reader counts, on what comes out.
 * A hundred thousand rows of the record are about a fifth of that.
 */
const bounds = { entries: 1_000, entryBytes: 768 * 1024 * 1024, ratio: 200, sharedBytes: 128 * 1024 * 1024, columns: 200, cell: 100_000 } as const;

/** The rows of the first sheet of an XLSX file, one after the other. @throws TableUnreadable */
export async function* readXlsx(bytes: Readable): AsyncGenerator<string[]> {
  const zip = await opened(await buffer(bytes)); // a file has at most 50 MB
  try {
    const entries = await entriesOf(zip);
    const shared = await sharedStrings(zip, entries.get('xl/sharedStrings.xml'));
    const sheet = entries.get(await firstSheet(zip, entries));
    if (!sheet) throw new TableUnreadable('The file has no sheet');
    yield* sheetRows(zip, sheet, shared);
  } catch (cause) {
    throw cause instanceof TableUnreadable ? cause : new TableUnreadable('The file is no sheet that can be read');
  } finally {
    zip.close();
  }
}

async function opened(bytes: Buffer): Promise<ZipFile> {
  try {
    return await fromBufferPromise(bytes, { lazyEntries: true, validateEntrySizes: true });
  } catch {
    throw new TableUnreadable('The file is no sheet that can be read');
  }
}

async function entriesOf(zip: ZipFile): Promise<Map<string, Entry>> {
  if (zip.entryCount > bounds.entries) throw new TableUnreadable('The file has too many parts');
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
  return entries;
}

/** Text of a part, in pieces. What it really has is counted against what it says. */
async function* partOf(zip: ZipFile, entry: Entry): AsyncGenerator<string> {
  const { compressedSize, uncompressedSize } = entry;
  if (uncompressedSize > bounds.entryBytes || uncompressedSize > Math.max(1_000_000, compressedSize * bounds.ratio)) throw new TableUnreadable('The file would grow too large');
  const decoder = new StringDecoder('utf8');
  for await (const chunk of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) yield decoder.write(chunk);
  yield decoder.end();
}

interface Handler {
  readonly open?: (name: string, attributes: Record<string, string>) => void;
  readonly text?: (text: string) => void;
  readonly close?: (name: string) => void;
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/** No entities but the five of XML are known to the parser, so none can multiply. */
function parserOf(handler: Handler): SaxesParser {
  const parser = new SaxesParser();
  parser.on('error', () => {
    throw new TableUnreadable('The file is no sheet that can be read');
  });
  parser.on('doctype', () => {
    throw new TableUnreadable('The file is no sheet that can be read');
  });
  parser.on('opentag', ({ attributes, name }: SaxesTagPlain) => handler.open?.(localName(name), attributes));
  parser.on('text', (text) => handler.text?.(text));
  parser.on('closetag', ({ name }) => handler.close?.(localName(name)));
  return parser;
}

async function parsed(zip: ZipFile, entry: Entry, handler: Handler): Promise<void> {
  const parser = parserOf(handler);
  for await (const text of partOf(zip, entry)) parser.write(text);
  parser.close();
}

/** The first sheet of the workbook, by its relation; the usual name where the workbook does not say. */
async function firstSheet(zip: ZipFile, entries: ReadonlyMap<string, Entry>): Promise<string> {
  const usual = 'xl/worksheets/sheet1.xml';
  const [workbook, relations] = [entries.get('xl/workbook.xml'), entries.get('xl/_rels/workbook.xml.rels')];
  if (!workbook || !relations) return usual;
  let first: string | undefined;
  await parsed(zip, workbook, { open: (name, attributes) => name === 'sheet' && (first ??= attributes['r:id']) });
  let target: string | undefined;
  await parsed(zip, relations, { open: (name, { Id, Target }) => name === 'Relationship' && Id === first && (target = Target) });
  return target === undefined ? usual : target.startsWith('/') ? target.slice(1) : `xl/${target}`;
}

/** Texts that cells name by number, as bytes outside the heap of the engine. */
class SharedStrings {
  private readonly parts: Buffer[] = [];
  private bytes = 0;

  add(text: string): void {
    const part = Buffer.from(text);
    this.bytes += part.length + 64;
    if (this.bytes > bounds.sharedBytes) throw new TableUnreadable('The file holds too much text: save it as CSV');
    this.parts.push(part);
  }

  get(index: number): string {
    return this.parts[index]?.toString() ?? '';
  }
}

async function sharedStrings(zip: ZipFile, entry: Entry | undefined): Promise<SharedStrings> {
  const strings = new SharedStrings();
  if (!entry) return strings;
  let text: string | null = null;
  let taking = false;
  let phonetic = false;
  await parsed(zip, entry, {
    open: (name) => {
      if (name === 'si') text = '';
      if (name === 'rPh') phonetic = true;
      taking = name === 't' && !phonetic;
    },
    text: (piece) => {
      if (!taking || text === null) return;
      text += piece;
      if (text.length > bounds.cell) throw new TableUnreadable('A cell is too long');
    },
    close: (name) => {
      if (name === 't') taking = false;
      if (name === 'rPh') phonetic = false;
      if (name === 'si' && text !== null) {
        strings.add(text);
        text = null;
      }
    },
  });
  return strings;
}

async function* sheetRows(zip: ZipFile, entry: Entry, shared: SharedStrings): AsyncGenerator<string[]> {
  let row: string[] = [];
  let at = -1;
  let type = '';
  let value = '';
  let taking = false;
  let done: string[][] = [];
  const parser = parserOf({
    open: (name, attributes) => {
      if (name === 'row') [row, at] = [[], -1];
      if (name === 'c') {
        at = attributes['r'] === undefined ? at + 1 : columnOf(attributes['r']);
        if (at >= bounds.columns) throw new TableUnreadable('The file has too many columns');
        [type, value] = [attributes['t'] ?? 'n', ''];
      }
      taking = name === 'v' || name === 't';
    },
    text: (text) => {
      if (!taking) return;
      value += text;
      if (value.length > bounds.cell) throw new TableUnreadable('A cell is too long');
    },
    close: (name) => {
      if (name === 'v' || name === 't') taking = false;
      if (name === 'c' && value !== '') {
        while (row.length < at) row.push('');
        row[at] = type === 's' ? shared.get(Number(value)) : type === 'e' ? '' : value;
      }
      if (name === 'row' && row.some((cell) => cell !== '')) done.push(row);
    },
  });
  for await (const text of partOf(zip, entry)) {
    parser.write(text);
    yield* done;
    done = [];
  }
  parser.close();
  yield* done;
}

/** `B7` is 1. */
function columnOf(reference: string): number {
  let column = 0;
  for (const letter of /^[A-Z]{1,3}/.exec(reference)?.[0] ?? 'ZZZ') column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}
