import { type Relation, rights, type RightsElement } from '@casebridge/contracts';
import { always, and, list, never, or, raw, type Sql, sql } from '../sql';
import type { Reader } from './reader';

/**
 * Where a kind of record keeps the facts that relations ask for, as SQL over its row. A relation whose facts are left out
 * cannot hold for that kind of record.
 */
export interface RecordFacts {
  /** Code of the owning agency. */
  readonly owner?: Sql;
  /** Array of further owners. */
  readonly coOwners?: Sql;
  /** Array of agencies with a running part. */
  readonly parts?: Sql;
  readonly region?: Sql;
  /** True once the record is open to the local regulator; left out: from its creation. */
  readonly localFrom?: Sql;
  /** True when some visible case in which the reader has a part is linked; see `linkedByCaseIds`. */
  readonly linked?: (reader: Reader) => Sql;
  /** True while the law keeps it public; gets the civil date of the reading. */
  readonly published?: (today: string) => Sql;
  /** True for records of medical institutions that the health authority of the place may read. */
  readonly medical?: Sql;
  /** True for AEFI and group events. */
  readonly event?: Sql;
  /** True for a served decision of the ordinary procedure. */
  readonly ordinaryDecision?: Sql;
  readonly refusal?: Sql;
  /** Code of the agency that is asked to carry it out. */
  readonly executor?: Sql;
  /** True when the reader has called for the file of the case (调阅) and still has it. */
  readonly fileCalled?: (reader: Reader) => Sql;
  /** True when a seal or an exclusion takes the record from this reader, whatever opens it. */
  readonly hidden?: (reader: Reader) => Sql;
}

const one = (condition: Sql | undefined): Sql => condition ?? never;
const inRegions = (reader: Reader, facts: RecordFacts): Sql =>
  facts.region && reader.regions.length > 0 ? sql`${facts.region} = any(${reader.regions}::text[])` : never;

/** Each relation as the rows for which it holds. */
const filters: Record<Relation, (reader: Reader, facts: RecordFacts) => Sql> = {
  all: () => always,
  owner: (r, f) =>
    or(f.owner && sql`${f.owner} = ${r.self}::text`, f.coOwners && sql`${f.coOwners} @> array[${r.self}::text]`),
  superior: (r, f) =>
    r.below.length === 0
      ? never
      : or(f.owner && sql`${f.owner} = any(${r.below}::text[])`, f.coOwners && sql`${f.coOwners} && ${r.below}::text[]`),
  party: (r, f) => one(f.parts && sql`${f.parts} && ${r.partyCodes}::text[]`),
  local: (r, f) => and(inRegions(r, f), f.localFrom),
  linked: (r, f) => one(f.linked?.(r)),
  published: (r, f) => one(f.published?.(r.today)),
  medical: (r, f) => and(one(f.medical), inRegions(r, f)),
  event: (r, f) => and(one(f.event), inRegions(r, f)),
  ordinaryDecision: (r, f) => and(one(f.ordinaryDecision), inRegions(r, f)),
  refusalInRegion: (r, f) => and(one(f.refusal), inRegions(r, f)),
  executor: (r, f) => one(f.executor && sql`${f.executor} = ${r.self}::text`),
  fileCalledFor: (r, f) => and(one(f.fileCalled?.(r)), inRegions(r, f)),
};

/** The relations that open an element to a reader: the cells of all its functions; an owner reads whatever its function. */
export function relationsFor(reader: Reader, element: RightsElement): readonly Relation[] {
  const opened = new Set<Relation>(reader.columns.flatMap((column) => rights[element][column]));
  if (reader.self !== null) opened.add('owner');
  return opened.has('all') ? ['all'] : [...opened];
}

/** The rows of an element that a reader may see, as a condition; the same for absent and forbidden by construction. */
export function visible(reader: Reader, element: RightsElement, facts: RecordFacts): Sql {
  const opened = or(...relationsFor(reader, element).map((relation) => filters[relation](reader, facts)));
  return opened === never ? never : and(opened, facts.hidden && sql`not ${facts.hidden(reader)}`);
}

/** `(condition) as may_decision, …`: what of a visible row is open, worked out with the row. */
export const mayColumns = (reader: Reader, facts: RecordFacts, elements: Readonly<Record<string, RightsElement>>): Sql =>
  list(Object.entries(elements).map(([name, element]) => sql`${visible(reader, element, facts)} as ${raw(`may_${name}`)}`));

export const column = (alias: string, name: string): Sql => raw(`${alias}.${name}`);
