import { types } from 'node:util';
import type { Column } from './world/tables';

/** Rows in the text format of COPY: tabs between fields, a line feed after each row, backslashes before what would be mistaken for either. */

const special = /[\\\t\n\r\b\f\v]/;
const letters: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r', '\b': '\\b', '\f': '\\f', '\v': '\\v' };

const escaped = (text: string): string => (special.test(text) ? text.replace(/[\\\t\n\r\b\f\v]/g, (c) => letters[c]!) : text);

const plainElement = /^[\p{L}\p{N}_-]+$/u;

/** An element of an array literal; what could be read as anything else is put in quotes. */
const element = (text: string): string =>
  plainElement.test(text) && text.toLowerCase() !== 'null' ? text : `"${text.replace(/[\\"]/g, '\\$&')}"`;

function scalar(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return escaped(value);
    case 'number':
      if (!Number.isSafeInteger(value)) throw new RangeError(`Not a whole number: ${value}`);
      return String(value);
    case 'boolean':
      return value ? 't' : 'f';
    default:
      if (types.isDate(value)) return value.toISOString();
      throw new TypeError('A value that no column takes');
  }
}

function field(value: unknown, type: Column['type']): string {
  if (value === null || value === undefined) return '\\N';
  switch (type) {
    case 'plain':
      return scalar(value);
    case 'array':
      if (!Array.isArray(value)) throw new TypeError('Not an array');
      return value.length === 0 ? '{}' : escaped(`{${value.map((v) => element(String(v))).join(',')}}`);
    case 'json':
      return escaped(JSON.stringify(value));
    case 'jsonText':
      return escaped(String(value));
  }
}

/** One row, its line feed included. */
export function copyLine(columns: readonly Column[], row: object): string {
  let line = '';
  for (let i = 0; i < columns.length; i += 1) {
    const { property, type } = columns[i]!;
    line += (i === 0 ? '' : '\t') + field((row as Record<string, unknown>)[property], type);
  }
  return `${line}\n`;
}
