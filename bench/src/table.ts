/** How numbers and tables look in every report; null is what could not be measured. */
export const digits = (value: number | null, places: number): string => (value === null ? '-' : value.toFixed(places));
export const times = (value: number | null): string => (value === null ? '-' : `${value.toFixed(value < 10 ? 2 : 1)}x`);
export const percent = (value: number | null): string => (value === null ? '-' : `${(value * 100).toFixed(0)} %`);

type Row = readonly string[];

/** For a terminal: the first column to the left, numbers to the right. */
export function textTable(rows: readonly Row[]): string {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  ').trimEnd()).join('\n');
}

/** @param header - as many cells as each row has */
export const markdownTable = (header: Row, rows: readonly Row[]): string =>
  [`| ${header.join(' | ')} |`, `|---|${'---:|'.repeat(header.length - 1)}`, ...rows.map((row) => `| ${row.join(' | ')} |`)].join('\n');
