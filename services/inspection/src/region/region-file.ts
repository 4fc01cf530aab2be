import { regionKind } from '@casebridge/contracts';
import { cleanLine, hasHiddenCharacters } from '@casebridge/kernel';
import { isRegionCode } from '@casebridge/platform';
import { CsvFault, type CsvRow, parseCsv } from './csv.rule';
import type { RegionDraft } from './import-regions';
import { RegionFileInvalid } from './region.errors';

/** A region of a file, and where in it the region stands, as faults tell it: `line 4` or `record 2`. */
export interface RegionRecord extends RegionDraft {
  readonly at: string;
}

const longestName = 200;
const columns = ['code', 'name', 'nameEn', 'kind', 'parent'] as const;

/** What is wrong with a region by itself, field by field; nothing when it may stand in the tree. */
function faultsOf(value: Readonly<Record<string, unknown>>): string[] {
  const faults = Object.keys(value).filter((field) => !(columns as readonly string[]).includes(field)).map((field) => `${field}: is no field of a region`);
  const rule = (holds: boolean, field: (typeof columns)[number], text: string): void => {
    if (!holds) faults.push(`${field}: ${text}`);
  };
  const { code, kind, parent = null } = value;
  rule(isCode(code), 'code', codeRule);
  for (const field of ['name', 'nameEn'] as const) rule(isName(value[field]), field, `must be one line of 1 to ${longestName} characters, without spaces at its ends`);
  rule(regionKind.is(kind), 'kind', `must be one of ${regionKind.codes.join(', ')}`);
  rule(parent === null || isCode(parent), 'parent', codeRule);
  rule(parent === null || kind !== 'PROVINCE', 'parent', 'must be empty: a province lies in no other region');
  rule(parent === null || parent !== code, 'parent', 'must be another region');
  return faults;
}

const codeRule = 'must be 2 to 20 capital letters, digits and hyphens, no hyphen first';
const isCode = (value: unknown): boolean => typeof value === 'string' && isRegionCode(value);
const isName = (value: unknown): boolean =>
  typeof value === 'string' && value !== '' && value === cleanLine(value) && !hasHiddenCharacters(value) && value.length <= longestName;

/**
 * Reads the text of a file of regions: a JSON array of `{ code, name, nameEn, kind, parent }`, or CSV with these columns, in any order.
 *
 * @throws RegionFileInvalid with every fault that the file has by itself: of its form, of a field, of a code that comes twice
 */
export function parseRegionFile(text: string): RegionRecord[] {
  const content = text.replace(/^\uFEFF/, '');
  const items = /^\s*[[{]/.test(content) ? jsonItems(content) : csvItems(content);
  const faults: string[] = [];
  const found = new Map<string, string>();
  const records: RegionRecord[] = [];
  for (const { at, value } of items) {
    if (typeof value === 'string') {
      faults.push(`${at}: ${value}`);
      continue;
    }
    const own = faultsOf(value);
    faults.push(...own.map((fault) => `${at} ${fault}`));
    if (own.length > 0) continue;
    const { code, name, nameEn, kind, parent = null } = value as unknown as Written;
    const first = found.get(code);
    if (first !== undefined) faults.push(`${at} code: ${code} stands in ${first} already`);
    found.set(code, first ?? at);
    records.push({ at, code, name, nameEn, kind, parentCode: parent });
  }
  if (faults.length > 0) throw new RegionFileInvalid(faults);
  return records;
}

/** A region as files write it. */
type Written = Omit<RegionDraft, 'parentCode'> & { readonly parent?: string | null };

/** What stands somewhere in the file: a region to be checked, or, as text, why it can be none. */
interface Item {
  readonly at: string;
  readonly value: Readonly<Record<string, unknown>> | string;
}

function jsonItems(text: string): Item[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw new RegionFileInvalid([`not JSON: ${(cause as Error).message}`]);
  }
  if (!Array.isArray(parsed)) throw new RegionFileInvalid(['must be an array of regions']);
  return parsed.map((value: unknown, i) => ({ at: `record ${i + 1}`, value: isRecord(value) ? value : 'must be a region' }));
}

const isRecord = (value: unknown): value is Record<string, unknown> => value !== null && typeof value === 'object' && !Array.isArray(value);

function csvItems(text: string): Item[] {
  const [header, ...rows] = csvRows(text);
  if (!header) throw new RegionFileInvalid(['is empty']);
  const named = [...header.cells].sort().join(',');
  if (named !== [...columns].sort().join(',')) throw new RegionFileInvalid([`line ${header.line}: must name the columns ${columns.join(', ')}`]);
  return rows.map(({ line, cells }) => ({
    at: `line ${line}`,
    value: cells.length === columns.length
      ? Object.fromEntries(header.cells.map((column, i) => [column, column === 'parent' && cells[i] === '' ? null : cells[i]]))
      : `has ${cells.length} cell(s), not ${columns.length}`,
  }));
}

function csvRows(text: string): CsvRow[] {
  try {
    return parseCsv(text);
  } catch (cause) {
    if (cause instanceof CsvFault) throw new RegionFileInvalid([cause.message]);
    throw cause;
  }
}
