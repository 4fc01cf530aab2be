import { BadUserInput, normaliseCode } from '@casebridge/kernel';
import type { EntityManager } from 'typeorm';
import { query, type Sql, sql } from '../sql';

const codePattern = /^[0-9A-Z][0-9A-Z-]{1,19}$/;

/** A code as a key: what cannot be one is asked of no table. */
export const isRegionCode = (code: string): boolean => codePattern.test(code);

/**
 * A region code as people type it.
 *
 * @param field - path of the input field, told with the error
 * @throws BadUserInput when the text cannot be a region code
 */
export function regionCode(code: string, field: string): string {
  const normal = normaliseCode(code);
  if (!isRegionCode(normal)) throw new BadUserInput(field, 'must be the code of a region');
  return normal;
}

/** The region and those below it; a circle, which a tree told out of order may have for a while, ends all the same. */
const inside = (code: string): Sql => sql`
  with recursive inside(code) as (
    select ${code}::text union select below.code from region below join inside on below.parent_code = inside.code
  ) select code from inside`;

/**
 * The condition that a row lies in a region or in one below it, by the tree that inspection keeps and the others project: the shape of a
 * code says nothing, a functional zone lies where it was put. A region that the tree does not have is the only one in itself.
 *
 * The tree is read once per statement, so that the index of the rows' region serves.
 */
export const inRegion = (rowRegion: Sql, code: string): Sql => sql`${rowRegion} = any(array(${inside(code)}))`;

/**
 * The same condition with the tree read beforehand, for a list that joins or is long: of given codes the planner knows how many rows they have.
 * With the tree inside the statement it walked 300,000 decisions by day to fill a page of a district that has 121: 130 ms, and 1 ms this way.
 */
export async function inRegionOf(em: EntityManager, rowRegion: Sql, code: string): Promise<Sql> {
  const codes = (await query<{ code: string }>(em, inside(code))).map((row) => row.code);
  // Equality, unlike a list of one, keeps the order of an index that goes on with the day.
  return codes.length === 1 ? sql`${rowRegion} = ${code}` : sql`${rowRegion} = any(${codes}::text[])`;
}
