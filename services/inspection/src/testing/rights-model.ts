import type { AgencyFunction } from '@casebridge/kernel';

/**
 * The rights page, transcribed for the tests by reading it and nothing else: rows "Enterprise, product", "Enterprise: key persons …",
 * "Inspection concluded", "Inspection planned or under way", and settled points 1, 2, 6 and 11.
 */
export interface ModelCase {
  readonly id: string;
  readonly parts: readonly string[];
  readonly uscc: string | null;
  /** Owner, officers and parties to whom a seal in force leaves it open. */
  readonly seal?: { readonly owner: string; readonly officers: readonly string[]; readonly parties: readonly string[] };
  /** `agency/officer` */
  readonly excluded?: readonly string[];
}

export interface ModelRecord {
  readonly owner: string;
  readonly region: string;
  readonly parts: readonly string[];
  readonly cases: readonly ModelCase[];
  readonly publishedToday: boolean;
  readonly medical: boolean;
}

export interface ModelReader {
  readonly agency: string;
  readonly officer: string;
  readonly functions: readonly AgencyFunction[];
  readonly regions: readonly string[];
  readonly below: readonly { readonly code: string; readonly functions: readonly AgencyFunction[] }[];
}

type Name = 'owner' | 'superior' | 'party' | 'local' | 'linked' | 'published' | 'medical';
type Row = Readonly<Record<'DRUG' | 'MARKET' | 'POLICE' | 'PROCURATORATE' | 'COURT' | 'HEALTH' | 'SUPERVISION' | 'INSURANCE' | 'ELSE', readonly Name[]>>;

export const concludedInspection: Row = {
  DRUG: ['local', 'superior', 'owner', 'party'], MARKET: ['party', 'published'], POLICE: ['linked', 'published'],
  PROCURATORATE: ['linked', 'published'], COURT: ['published'], HEALTH: ['published', 'medical'], SUPERVISION: ['published'],
  INSURANCE: ['published'], ELSE: ['party', 'published'],
};

export const openInspection: Row = {
  DRUG: ['owner', 'superior', 'party'], MARKET: ['party'], POLICE: [], PROCURATORATE: [], COURT: [], HEALTH: ['party'], SUPERVISION: [],
  INSURANCE: [], ELSE: ['party'],
};

export const insideOfEnterprise: Row = {
  DRUG: ['local', 'superior', 'owner'], MARKET: [], POLICE: ['linked'], PROCURATORATE: ['linked'], COURT: [], HEALTH: [], SUPERVISION: [],
  INSURANCE: [], ELSE: [],
};

const rowOf = (f: AgencyFunction): keyof Row => {
  if (f === 'CDC' || f === 'ADR_CENTRE') return 'HEALTH';
  return f in concludedInspection ? (f as keyof Row) : 'ELSE';
};

const hides = (c: ModelCase, reader: ModelReader): boolean => {
  if (c.excluded?.includes(`${reader.agency}/${reader.officer}`)) return true;
  if (!c.seal) return false;
  const named = (c.seal.owner === reader.agency && c.seal.officers.includes(reader.officer)) || c.seal.parties.includes(reader.agency);
  return !named;
};

/** Its own parts, and those of police and procuratorates below it. */
const hasPart = (parts: readonly string[], reader: ModelReader): boolean =>
  parts.includes(reader.agency) ||
  reader.below.some((b) => parts.includes(b.code) && (b.functions.includes('POLICE') || b.functions.includes('PROCURATORATE')));

const holds: Record<Name, (r: ModelRecord, reader: ModelReader) => boolean> = {
  owner: (r, reader) => r.owner === reader.agency,
  superior: (r, reader) => reader.below.some((b) => b.code === r.owner),
  party: (r, reader) => hasPart(r.parts, reader),
  local: (r, reader) => reader.regions.includes(r.region),
  linked: (r, reader) => r.cases.some((c) => hasPart(c.parts, reader) && !hides(c, reader)),
  published: (r) => r.publishedToday,
  medical: (r, reader) => r.medical && reader.regions.includes(r.region),
};

/** Whether a record is open by one row of the page; null is the public reader. */
export function opens(row: Row, published: 'PUBLIC' | 'NOT_PUBLIC', record: ModelRecord, reader: ModelReader | null): boolean {
  if (published === 'PUBLIC' && record.publishedToday) return true; // settled point 1, and the public itself
  if (reader === null) return false;
  if (record.owner === reader.agency) return true; // settled point 11
  return reader.functions.some((f) => row[rowOf(f)].some((relation) => holds[relation](record, reader)));
}
