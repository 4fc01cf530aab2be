/** A row of a CSV text and the line of the text on which it begins, the first being 1. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** What makes a text no CSV, and where. */
export class CsvFault extends Error {
  constructor(
    readonly line: number,
    readonly rule: string,
  ) {
    super(`line ${line}: ${rule}`);
  }
}

/**
 * The rows of a CSV text: cells between commas, in double quotes where they hold a comma, a quote (doubled) or a line end. Empty lines are
 * left out; every spelling of a line end will do.
 *
 * @throws CsvFault when a quote is not closed, or stands where none may
 * @see RFC 4180
 */
export function parseCsv(text: string): CsvRow[] {
  const rows: CsvRow[] = [];
  // One cell and what ends it: a comma, a line end, or the end of the text.
  const cell = /(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/y;
  let line = 1;
  let row: { line: number; cells: string[] } = { line, cells: [] };
  while (cell.lastIndex < text.length || row.cells.length > 0) {
    const at = cell.lastIndex;
    const [whole, quoted, plain, end] = cell.exec(text) ?? [];
    if (whole === undefined) throw new CsvFault(line, faultAt(text, at));
    row.cells.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    line += whole.match(/\r\n|\n|\r/g)?.length ?? 0;
    if (end === ',') continue;
    if (quoted !== undefined || row.cells.some((c) => c !== '')) rows.push(row);
    row = { line, cells: [] };
  }
  return rows;
}

const faultAt = (text: string, at: number): string =>
  text[at] !== '"' ? 'a cell with a quote in it must be put in quotes'
    : /"[^"]*(?:""[^"]*)*"/y.test(text.slice(at)) ? 'a quoted cell must end with its quote' : 'a quote is not closed';
