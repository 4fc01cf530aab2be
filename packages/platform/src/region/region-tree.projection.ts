import { regionChanged } from '@casebridge/contracts';
import { type EventReaction, on } from '../events';
import { query, sql } from '../sql';

/** Keeps where each region lies, in the services whose lists are filtered by region; a region may be told before the one that it lies in. */
export const projectRegionTree: EventReaction = on(regionChanged, async (em, { data: { code, parentCode } }) => {
  await query(em, sql`
    insert into region (code, parent_code) values (${code}, ${parentCode}::text)
    on conflict (code) do update set parent_code = excluded.parent_code`);
});
