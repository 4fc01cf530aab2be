import { inspectionOpen, punishmentOpen, today } from './rights';

/** A JSON list of what a subselect gives, in its order; `row` is the JSON of one row of it. */
export const jsonList = (row: string, orderBy: string, from: string): string =>
  `(select coalesce(json_agg(${row} order by ${orderBy}), '[]') from ${from})`;

/** The first inspections of the enterprise `uscc`, the newest first. */
export const inspectionsOf = (uscc: string, first: number, row: string): string =>
  jsonList(row, 'i.scheduled_on desc, i.id desc', `(
    select * from inspection i where i.uscc = ${uscc} and ${inspectionOpen('i')} order by i.scheduled_on desc, i.id desc limit ${first}) i`);

export const punishmentStatus = `case when p.revoked_at is not null then 'REVOKED' when p.lifted_at is not null then 'REPAIRED'
  when p.published_on is null or p.published_on > ${today} or p.starts_on > ${today} then 'PENDING'
  when not p.for_life and p.ends_on < ${today} then 'EXPIRED' else 'IN_FORCE' end`;

/** The first punishments of the enterprise `uscc`, those listed last first. */
export const punishmentsOf = (uscc: string, first: number, row: string): string =>
  jsonList(row, 'p.listed_on desc, p.id desc', `(
    select * from credit_punishment p where p.uscc = ${uscc} and ${punishmentOpen('p')} order by p.listed_on desc, p.id desc limit ${first}) p`);

/** What one record read is called in the access log. */
export const noted = (type: string, records: readonly { readonly id: string }[] | null | undefined): string[] =>
  (records ?? []).map(({ id }) => `${type}:${id}`);
