import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The one table of the bus database: the logs of all services side by side, each dense from 1. */
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

export const busMigrations = [CreateBusEvent1790000000000];
