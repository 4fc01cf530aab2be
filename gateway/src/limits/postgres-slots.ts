import { query, sql } from '@casebridge/platform';
import type { SlotLedger, SlotWant } from './slots';

type EntityManager = Parameters<typeof query>[0];

/** Places shared by all processes on all machines; time is the database's, of which there is one. */
export class PostgresSlots implements SlotLedger {
  /** @param em - of the bus database */
  constructor(private readonly em: EntityManager) {}

  async hold(holder: string, wants: readonly SlotWant[], { limit, seconds }: { readonly limit: number; readonly seconds: number }): Promise<ReadonlyMap<string, number>> {
    // One statement: the lock of a reader's row makes processes stand in line, and each counts what the last one left. In the order of their names, so that two processes never
    // wait for each other. Of what nobody needs now a quarter is given ahead at most, so that whoever comes next finds something.
    const entry = (granted: ReturnType<typeof sql>) => sql`jsonb_build_object(${holder}::text, jsonb_build_object('n', ${granted}, 'until', extract(epoch from now()) + ${seconds}::float8))`;
    const share = (free: ReturnType<typeof sql>, need: ReturnType<typeof sql>, spare: ReturnType<typeof sql>) => sql`least(${free}, ${need} + least(${spare}, greatest(0, (${free} - ${need}) / 4)))`;
    const rows = await query<{ reader: string; granted: number }>(this.em, sql`
      insert into concurrency_slot as s (reader, need, spare, holders, touched_at)
      select w.reader, w.need, w.spare, ${entry(share(sql`${limit}::int`, sql`w.need`, sql`w.spare`))}, now()
      from unnest(${wants.map((want) => want.reader)}::text[], ${wants.map((want) => want.need)}::int[], ${wants.map((want) => want.spare)}::int[]) as w (reader, need, spare)
      order by w.reader
      on conflict (reader) do update set touched_at = now(), holders = (
        select others.holders || case when excluded.need + excluded.spare = 0 then '{}'::jsonb else ${entry(share(sql`others.free`, sql`excluded.need`, sql`excluded.spare`))} end
        from (
          select coalesce(jsonb_object_agg(o.key, o.value), '{}'::jsonb) as holders, greatest(0, ${limit}::int - coalesce(sum((o.value ->> 'n')::int), 0)::int) as free
          from jsonb_each(s.holders) as o
          where o.key <> ${holder}::text and (o.value ->> 'until')::float8 > extract(epoch from now())
        ) as others
      )
      returning reader, coalesce((holders -> ${holder}::text ->> 'n')::int, 0) as granted`);
    return new Map(rows.map(({ reader, granted }) => [reader, granted]));
  }

  async forgetIdle(olderThanSeconds = 3_600): Promise<void> {
    await query(this.em, sql`delete from concurrency_slot where touched_at < now() - make_interval(secs => ${olderThanSeconds}::float8)`);
  }
}
