import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Acts on the compulsory measures of administrative cases. */
export class CreateCompulsoryMeasure1800000001010 implements MigrationInterface {
  name = 'CreateCompulsoryMeasure1800000001010';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table compulsory_measure_act (
        id uuid not null,
        case_id uuid not null,
        measure_id uuid not null,
        position integer not null,
        act text not null,
        status text not null,
        at timestamptz(3) not null,
        actor_code text not null,
        officer_id text not null,
        basis_instrument text not null,
        basis_article text not null,
        basis_mark text not null,
        due_at timestamptz(3),
        deadline jsonb,
        met boolean,
        words jsonb not null default '{}',
        standing jsonb not null,
        constraint compulsory_measure_act_pkey primary key (id),
        constraint compulsory_measure_act_of_a_case foreign key (case_id) references admin_case (case_id),
        constraint compulsory_measure_act_position_once unique (measure_id, position),
        constraint compulsory_measure_act_position_from_one check (position >= 1),
        constraint compulsory_measure_act_status_is_known check (status in ('TAKEN_ON_THE_SPOT', 'REPORTED', 'IN_FORCE', 'UNDER_TEST', 'DECIDED', 'CONVERTED', 'LIFTED')),
        constraint compulsory_measure_act_mark_is_known check (basis_mark in ('V', 'P', 'NV')),
        constraint compulsory_measure_act_due_with_its_rule check ((due_at is null) = (deadline is null)),
        constraint compulsory_measure_act_says_how_it_stands check (jsonb_typeof(standing) = 'object')
      );
      create index compulsory_measure_act_case_idx on compulsory_measure_act (case_id, measure_id, position);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table compulsory_measure_act');
  }
}
