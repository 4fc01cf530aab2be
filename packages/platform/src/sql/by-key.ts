import { Sql } from './sql';

const mark = '/* by key */ ';

/** A statement that finds its rows by keys through an index: whichever keys they are, one plan is the best for all. */
export const byKey = (statement: Sql): Sql => new Sql([`${mark}${statement.strings[0] ?? ''}`, ...statement.strings.slice(1)], statement.values);

export const isByKey = (text: string): boolean => text.startsWith(mark);
