import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The logs of all services side by side, each dense from 1. */
export class CreateBusEvent1790000000000 implements MigrationInterface {
  name = 'CreateBusEvent1790000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table bus_event (
        source text not null,
        position bigint not null,
        id uuid not null,
        type text not null,
        subject text not null,
        occurred_at timestamptz(3) not null,
        data jsonb not null,
        constraint bus_event_pkey primary key (source, position),
        constraint bus_event_id_once unique (id),
        constraint bus_event_position_from_one check (position >= 1),
        constraint bus_event_data_is_an_object check (jsonb_typeof(data) = 'object')
      );
      create index bus_event_directory_idx on bus_event (source, position) where type like 'directory.%';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table bus_event');
  }
}

/**
 * Accounts of cost, which all gateways share. Not logged: after a crash of the database every account is
 * full again, which harms nobody, and a lease costs no write to disk.
 */
export class CreateCostBudget1795305600000 implements MigrationInterface {
  name = 'CreateCostBudget1795305600000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create unlogged table cost_budget (
        account text not null,
        level double precision not null,
        filled_at timestamptz not null,
        last_granted double precision not null,
        constraint cost_budget_pkey primary key (account),
        constraint cost_budget_account_has_a_name check (account <> '' and length(account) <= 200),
        constraint cost_budget_level_is_finite check (level > '-infinity' and level < 'infinity'),
        constraint cost_budget_grant_is_not_negative check (last_granted >= 0)
      ) with (fillfactor = 50);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table cost_budget');
  }
}

/**
 * How many operations of a reader each gateway may run, so that all together run no more than the reader may. `holders` has one entry for each process: its places (`n`), and the
 * second of the epoch at which they are anybody's again (`until`). `need` and `spare` are those of the last question. Not logged: places live for seconds.
 */
export class CreateConcurrencySlot1795305660000 implements MigrationInterface {
  name = 'CreateConcurrencySlot1795305660000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create unlogged table concurrency_slot (
        reader text not null,
        need integer not null,
        spare integer not null,
        holders jsonb not null,
        touched_at timestamptz not null,
        constraint concurrency_slot_pkey primary key (reader),
        constraint concurrency_slot_reader_has_a_name check (reader <> '' and length(reader) <= 200),
        constraint concurrency_slot_want_is_not_negative check (need >= 0 and spare >= 0),
        constraint concurrency_slot_holders_is_an_object check (jsonb_typeof(holders) = 'object')
      ) with (fillfactor = 50);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table concurrency_slot');
  }
}

export const busMigrations = [CreateBusEvent1790000000000, CreateCostBudget1795305600000, CreateConcurrencySlot1795305660000];
