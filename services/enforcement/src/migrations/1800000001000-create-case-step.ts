import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Steps of administrative cases from filing to the decision, and when a case waited for criminal proceedings. */
export class CreateCaseStep1800000001000 implements MigrationInterface {
  name = 'CreateCaseStep1800000001000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table admin_case
        add column criminal_waits jsonb not null default '[]',
        add constraint admin_case_criminal_waits_are_an_array check (jsonb_typeof(criminal_waits) = 'array');
      update admin_case c set criminal_waits = (
        select jsonb_build_array(jsonb_build_object('from', to_char(coalesce(max(t.at), c.updated_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'to', null))
        from referral r join referral_timeline t on t.referral_id = r.id and t.act = 'TRANSFER_REFERRAL' where r.case_id = c.case_id)
      where c.status = 'PENDING_CRIMINAL';

      create table case_step (
        id uuid not null,
        case_id uuid not null,
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
        constraint case_step_pkey primary key (id),
        constraint case_step_of_a_case foreign key (case_id) references admin_case (case_id),
        constraint case_step_position_once unique (case_id, position),
        constraint case_step_position_from_one check (position >= 1),
        constraint case_step_mark_is_known check (basis_mark in ('V', 'P', 'NV')),
        constraint case_step_due_with_its_rule check ((due_at is null) = (deadline is null)),
        constraint case_step_says_how_the_case_stands check (jsonb_typeof(standing) = 'object')
      );
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table case_step; alter table admin_case drop column criminal_waits');
  }
}
