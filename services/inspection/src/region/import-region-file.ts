import { query, sql, type Tx } from '@casebridge/platform';
import { importRegions, type RegionDraft } from './import-regions';
import { RegionFileInvalid } from './region.errors';
import type { RegionRecord } from './region-file';

export interface RegionImport {
  readonly added: readonly RegionDraft[];
  readonly changed: readonly { readonly before: RegionDraft; readonly after: RegionDraft }[];
  /** How many stand in the file as they are. */
  readonly unchanged: number;
}

const fields = ['name', 'nameEn', 'kind', 'parentCode'] as const satisfies readonly (keyof RegionDraft)[];

/**
 * Writes the regions of a file, new or changed, and tells the other services. All or nothing: the file is checked against the tree first, and
 * every fault is told. Regions that it does not name stay as they are.
 *
 * @throws RegionFileInvalid when a parent is in neither file nor tree, or regions would lie in one another
 */
export async function importRegionFile(tx: Tx, records: readonly RegionRecord[]): Promise<RegionImport> {
  // What is checked against is what is written to: of two imports at once the second waits. Readers do not.
  await query(tx.em, sql`lock table region in share row exclusive mode`);
  const existing = new Map((await query<RegionDraft>(tx.em, sql`
    select code, name, name_en as "nameEn", kind, parent_code as "parentCode" from region`)).map((r) => [r.code, r]));
  const faults = faultsInTree(records, existing);
  if (faults.length > 0) throw new RegionFileInvalid(faults);
  const drafts = records.map(({ code, name, nameEn, kind, parentCode }): RegionDraft => ({ code, name, nameEn, kind, parentCode }));
  const added = drafts.filter((r) => !existing.has(r.code));
  const changed = drafts.flatMap((after) => {
    const before = existing.get(after.code);
    return before && fields.some((field) => before[field] !== after[field]) ? [{ before, after }] : [];
  });
  await importRegions(tx, [...added, ...changed.map(({ after }) => after)]);
  return { added, changed, unchanged: drafts.length - added.length - changed.length };
}

/** What is wrong between the regions of the file, and with the tree as it would be. */
function faultsInTree(records: readonly RegionRecord[], existing: ReadonlyMap<string, RegionDraft>): string[] {
  const parents = new Map([...existing.values(), ...records].map((r) => [r.code, r.parentCode]));
  return records.flatMap(({ at, code, parentCode }) => {
    if (parentCode !== null && !parents.has(parentCode)) return [`${at} parent: there is no region ${parentCode}, neither here nor in the hub`];
    const circle = circleFrom(code, parents);
    return circle ? [`${at} parent: ${code} would lie in itself: ${circle.join(' > ')}`] : [];
  });
}

/** The way up from a region, if it comes back to it. */
function circleFrom(code: string, parents: ReadonlyMap<string, string | null>): string[] | null {
  const path = [code];
  for (let next = parents.get(code) ?? null; next !== null; next = parents.get(next) ?? null) {
    path.push(next);
    if (next === code) return path;
    if (path.indexOf(next) < path.length - 1) return null; // a circle further up is told of the regions in it
  }
  return null;
}
