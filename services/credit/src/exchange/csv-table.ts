import { pipeline, Readable, Transform } from 'node:stream';
import { parse } from 'csv-parse';
import { stringify } from 'csv-stringify';
import { TableUnreadable } from './table.errors';

/** Characters of one row: a quote that is never closed would make the rest of the file one value. */
const longestRow = 1_000_000;

/** The rows of a CSV file (RFC 4180, UTF-8 with or without a mark), read as they come. @throws TableUnreadable */
export async function* readCsv(bytes: Readable): AsyncGenerator<string[]> {
  const parser = parse({ bom: true, relax_column_count: true, skip_empty_lines: true, max_record_size: longestRow });
  const rows = pipeline(bytes, utf8Only(), parser, () => undefined);
  try {
    for await (const row of rows as AsyncIterable<string[]>) yield row.map(unguarded);
  } catch (cause) {
    if (cause instanceof TableUnreadable) throw cause;
    throw new TableUnreadable('The file is not CSV in UTF-8');
  } finally {
    bytes.destroy();
  }
}

/** Bytes that are no UTF-8 would come out as other words. */
function utf8Only(): Transform {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const decode = (chunk?: Uint8Array): string => {
    try {
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
    } catch {
      throw new TableUnreadable('The file is not UTF-8: save it as CSV UTF-8');
    }
  };
  return new Transform({
    decodeStrings: true,
    transform(chunk: Buffer, _encoding, done) {
      try {
        done(null, decode(chunk));
      } catch (cause) {
        done(cause as Error);
      }
    },
    flush(done) {
      try {
        done(null, decode());
      } catch (cause) {
        done(cause as Error);
      }
    },
  });
}

/** What keeps a program for sheets from running a value is no part of the value. */
const unguarded = (value: string): string => (/^'[=+\-@\t\r＝＋－＠]/u.test(value) ? value.slice(1) : value);

/** Rows as CSV with CR LF. What a sheet would run as a formula gets a `'` before it. */
export function csvOf(rows: AsyncIterable<readonly string[]>, { bom }: { readonly bom: boolean }): Readable {
  return pipeline(Readable.from(rows), stringify({ bom, escape_formulas: true, record_delimiter: '\r\n' }), () => undefined) as unknown as Readable;
}
