import { query, sql } from '@casebridge/platform';
import type { Account } from './budget-policy';
import type { Ledger } from './ledger';

type EntityManager = Parameters<typeof query>[0];

/** Accounts shared by all processes on all machines; time is the database's, of which there is one. */
export class PostgresLedger implements Ledger {
  /** @param em - of the bus database, with a statement timeout below the deadline of requests */
  constructor(private readonly em: EntityManager) {}

  async take({ name, policy: { burst, perSecond } }: Account, wanted: number): Promise<number> {
    // One statement: the row's lock makes takers stand in line, and each computes from what the last one left.
    // now() is the same instant everywhere in it, and may lie before that of the taker who came first.
    const level = sql`least(${burst}::float8, b.level + ${perSecond}::float8 * greatest(0, extract(epoch from now() - b.filled_at)::float8))`;
    const granted = sql`least(${wanted}::float8, greatest(0, floor(${level})))`;
    const first = Math.min(wanted, burst);
    const [row] = await query<{ last_granted: number }>(this.em, sql`
      insert into cost_budget as b (account, level, filled_at, last_granted)
      values (${name}, ${burst - first}::float8, now(), ${first}::float8)
      on conflict (account) do update
        set level = ${level} - ${granted}, filled_at = greatest(b.filled_at, now()), last_granted = ${granted}
      returning last_granted`);
    return row?.last_granted ?? 0;
  }

  async giveBack({ name, policy: { burst } }: Account, points: number): Promise<void> {
    await query(this.em, sql`update cost_budget set level = least(${burst}::float8, level + ${points}::float8) where account = ${name}`);
  }

  /** Forgets accounts that nobody has used for so long that they are full; called now and then by whoever is at leisure. */
  async forgetIdle(olderThanSeconds = 3_600): Promise<void> {
    await query(this.em, sql`delete from cost_budget where filled_at < now() - make_interval(secs => ${olderThanSeconds}::float8)`);
  }
}
