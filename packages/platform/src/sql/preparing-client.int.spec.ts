import { randomBytes } from 'node:crypto';
import { Pool } from 'pg';
import { byKey } from './by-key';
import { PreparingClient } from './preparing-client';
import { sql } from './sql';

const cluster = process.env['CASEBRIDGE_TEST_CLUSTER'];

interface Prepared {
  readonly name: string;
  readonly statement: string;
  readonly generic: number;
  readonly custom: number;
}

describe('a connection that prepares', () => {
  const table = `prepared_${randomBytes(4).toString('hex')}`;
  const pool = new Pool({ connectionString: cluster, Client: PreparingClient as never, max: 1 });
  const other = new Pool({ connectionString: cluster, max: 1 });
  afterAll(async () => {
    await other.query(`drop table if exists ${table}`);
    await Promise.all([pool.end(), other.end()]);
  });
  beforeEach(async () => {
    await other.query(`drop table if exists ${table}; create table ${table} (id integer primary key, text text); insert into ${table} select n, 'text ' || n from generate_series(1, 100) n`);
    // A connection of its own for each test.
    const client = await pool.connect();
    client.release(true);
  });

  /** As the query runner asks: a connection from the pool, a promise. */
  const run = async <Row extends object>(text: string, values?: unknown[]): Promise<Row[]> => {
    const client = await pool.connect();
    try {
      return (await client.query<Row>(text, values)).rows;
    } finally {
      client.release();
    }
  };
  const prepared = (): Promise<Prepared[]> =>
    run<Prepared>('select name, statement, generic_plans::int as generic, custom_plans::int as custom from pg_prepared_statements order by prepare_time');
  const mode = (): Promise<object[]> => run('select setting from pg_settings where name = $1', ['plan_cache_mode']);

  it('prepares what it meets again, and nothing that has no parameters', async () => {
    const text = `select text from ${table} where id = $1`;
    for (let id = 1; id <= 4; id += 1) {
      expect(await run(text, [id])).toEqual([{ text: `text ${id}` }]);
      await run(`select text from ${table} where id = 1`);
      await run(`select text from ${table} where id = $1 and ${id} = $2`, [id, id]);
    }
    expect(await prepared()).toEqual([{ name: expect.stringMatching(/^[\w-]{16}_1$/), statement: text, generic: 0, custom: 3 }]);
  });

  it('gives no more names than PostgreSQL should keep plans for, and answers beyond them', async () => {
    for (let i = 0; i < 510; i += 1) for (let time = 0; time < 2; time += 1) expect(await run(`select $1::int + ${i} as n`, [1])).toEqual([{ n: 1 + i }]);
    expect(await prepared()).toHaveLength(500);
  });

  it('plans for the values what PostgreSQL would, and once for all what is found by key', async () => {
    const values = [[1, 2]];
    const text = `select text from ${table} where id = any($1::int[])`;
    const keyed = byKey(sql`select text from ${'x'}`).compile().text;
    expect(keyed).toBe('/* by key */ select text from $1');
    for (let i = 0; i < 4; i += 1) {
      expect(await run(`/* by key */ ${text}`, values)).toHaveLength(2);
      expect(await run(text, values)).toHaveLength(2);
    }
    expect((await prepared()).map(({ generic, custom }) => [generic, custom])).toEqual([[3, 0], [0, 3]]);
  });

  it('leaves the mode of a transaction as PostgreSQL has it', async () => {
    const keyed = `/* by key */ select text from ${table} where id = any($1::int[])`;
    for (let i = 0; i < 3; i += 1) await run(keyed, [[1]]);
    const client = await pool.connect();
    try {
      await client.query('begin');
      await client.query(keyed, [[1]]);
      // An insert is the one statement that asks for no mode.
      const asIs = `insert into ${table} values ($1, current_setting('plan_cache_mode')) returning text`;
      expect((await client.query(asIs, [1_000])).rows).toEqual([{ text: 'auto' }]);
      await client.query('rollback');
      // Nothing overtakes a transaction that waits for its mode.
      await client.query(keyed, [[1]]);
      const begun = client.query('begin');
      const added = client.query(`insert into ${table} values ($1, 'added')`, [2_000]);
      await Promise.all([begun, added]);
      await client.query('rollback');
      expect((await client.query(keyed, [[1, 2_000]])).rows).toEqual([{ text: 'text 1' }]);
    } finally {
      client.release();
    }
    expect(await mode()).toEqual([{ setting: 'auto' }]);
  });

  it('answers through a migration that changes what a row is', async () => {
    const text = `select * from ${table} where id = $1`;
    for (let i = 0; i < 3; i += 1) await run(text, [1]);
    await other.query(`alter table ${table} add column more integer default 7`);
    expect(await run(text, [1])).toEqual([{ id: 1, text: 'text 1', more: 7 }]);

    await run(text, [1]);
    expect(await prepared()).toHaveLength(2); // prepared anew, under another name
    const client = await pool.connect();
    try {
      await other.query(`alter table ${table} drop column more`);
      await client.query('begin');
      await expect(client.query(text, [1])).rejects.toMatchObject({ code: '0A000' });
      await client.query('rollback');
      await client.query('begin'); // the transaction is over, and the next one works
      expect((await client.query(text, [1])).rows).toEqual([{ id: 1, text: 'text 1' }]);
      await client.query('commit');
    } finally {
      client.release();
    }
  });

  it('goes on without preparing where its statements are gone', async () => {
    const text = `select text from ${table} where id = $1`;
    for (let i = 0; i < 3; i += 1) await run(text, [1]);
    await run('deallocate all'); // as a pooler does that hands out another connection
    for (let i = 0; i < 3; i += 1) expect(await run(text, [2])).toEqual([{ text: 'text 2' }]);
    expect(await prepared()).toEqual([]);
  });

  it('tells errors as they are, again and again', async () => {
    for (let i = 0; i < 3; i += 1) {
      await expect(run(`insert into ${table} values ($1, $2)`, [1, 'twice'])).rejects.toMatchObject({ code: '23505' });
      await expect(run(`select nothing from ${table} where id = $1`, [1])).rejects.toMatchObject({ code: '42703' });
    }
    expect(await run(`select id from ${table} where id = $1`, [1])).toEqual([{ id: 1 }]);
  });
});
