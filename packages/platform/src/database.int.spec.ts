import { randomBytes } from 'node:crypto';
import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm';
import { migrate, type MigrateOptions, openDatabase } from './database';
import { query, sql } from './sql';

/** As superuser of the cluster of the run. */
const cluster = (): string => {
  const url = process.env['CASEBRIDGE_TEST_CLUSTER'];
  if (!url) throw new Error('needs the cluster of the test run');
  return url;
};
const name = `grants_${randomBytes(4).toString('hex')}`;
const as = (role: string): string => Object.assign(new URL(cluster()), { username: role, password: 'test-only', pathname: `/${name}` }).href;
const runtimeRole = `${name}_runtime`;

class CreateLog1800000000000 implements MigrationInterface {
  name = 'CreateLog1800000000000';
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('create table log (id integer); create table note (id integer); insert into log values (1)');
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table log; drop table note');
  }
}
class CreateLater1800000000001 implements MigrationInterface {
  name = 'CreateLater1800000000001';
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('create table later (id integer)');
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table later');
  }
}

let admin: DataSource;
let runtime: DataSource;
const options = (more: Partial<MigrateOptions> = {}): MigrateOptions => ({ ownerUrl: as(`${name}_owner`), runtimeRole, migrations: [CreateLog1800000000000], appendOnly: ['log'], ...more });

beforeAll(async () => {
  admin = await openDatabase({ url: cluster(), applicationName: 'test-admin', poolSize: 2 });
  for (const role of [`${name}_owner`, runtimeRole]) await admin.query(`create role ${role} login password 'test-only'`);
  await admin.query(`create database ${name} owner ${name}_owner`);
  await migrate(options());
  runtime = await openDatabase({ url: as(runtimeRole), applicationName: 'test', poolSize: 8, statementTimeoutMs: 300 });
});
afterAll(async () => {
  await runtime.destroy();
  await admin.query(`drop database ${name} with (force)`);
  for (const role of [`${name}_owner`, runtimeRole]) await admin.query(`drop role ${role}`);
  await admin.destroy();
});

const may = async (table: string): Promise<string[]> => {
  const [row] = await runtime.query<[Record<string, boolean>]>(
    `select has_table_privilege('${table}', 'select') as read, has_table_privilege('${table}', 'insert') as add,
            has_table_privilege('${table}', 'update') or has_table_privilege('${table}', 'delete') as change`);
  return Object.keys(row).filter((key) => row[key]);
};

describe('the rights of the role that a service runs as', () => {
  it('are never less and never more than they should be while other processes start', async () => {
    const seen = new Set<string>();
    let looks = 0;
    let starting = true;
    const look = async (): Promise<void> => {
      while (starting) {
        seen.add(`log ${(await may('log')).join(' ')}`).add(`note ${(await may('note')).join(' ')}`).add(`migrations ${(await may('migrations')).join(' ')}`);
        await runtime.query('select id from log');
        looks += 1;
      }
    };
    const looking = Promise.all(Array.from({ length: 4 }, look));
    for (let round = 0; round < 10; round += 1) await Promise.all([migrate(options()), migrate(options())]);
    starting = false;
    await looking;
    expect(looks).toBeGreaterThan(20);
    expect([...seen].sort()).toEqual(['log read add', 'migrations read', 'note read add change']);
  });

  it('stay as they were when one grant fails, and are mended by the next start', async () => {
    const migrations = [CreateLog1800000000000, CreateLater1800000000001];
    await expect(migrate(options({ migrations, appendOnly: ['log', 'no_such_table'] }))).rejects.toThrow('no_such_table');
    expect([await may('log'), await may('note'), await may('later')]).toEqual([['read', 'add'], ['read', 'add', 'change'], []]);
    await migrate(options({ migrations, appendOnly: ['log', 'later'] }));
    expect(await may('later')).toEqual(['read', 'add']);
  });
});

describe('a connection of a service', () => {
  it('cancels a statement that takes longer than the limit, and goes on with the next', async () => {
    const startedAt = performance.now();
    await expect(query(runtime.manager, sql`select pg_sleep(20)`)).rejects.toMatchObject({ code: '57014' });
    expect(performance.now() - startedAt).toBeLessThan(3_000);
    expect(await query(runtime.manager, sql`select id from log`)).toEqual([{ id: 1 }]);
  });

  it('gives counts and fen as numbers, and refuses to round what no number holds', async () => {
    expect(await query(runtime.manager, sql`select count(*) as n, sum(id) as total, 9007199254740991::bigint as most, (-9007199254740991)::bigint as least from log`))
      .toEqual([{ n: 1, total: 1, most: 9007199254740991, least: -9007199254740991 }]);
    for (const beyond of ['9007199254740993', '9007199254740992', '-9007199254740992']) {
      await expect(query(runtime.manager, sql`select ${beyond}::bigint as n`)).rejects.toThrow('a bigint beyond 2^53-1');
    }
    // The connection that met it is still good.
    expect(await Promise.all(Array.from({ length: 16 }, () => query(runtime.manager, sql`select 7::bigint as n`)))).toEqual(Array.from({ length: 16 }, () => [{ n: 7 }]));
  });

  it('gives days as they are written, whatever zone the machine is in', async () => {
    expect(await query(runtime.manager, sql`select '2026-02-24'::date as day`)).toEqual([{ day: '2026-02-24' }]);
  });
});
