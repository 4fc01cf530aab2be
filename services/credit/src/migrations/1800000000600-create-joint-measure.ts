import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Measures that other agencies are asked to take against listed parties, with what they answer. */
export class CreateJointMeasure1800000000600 implements MigrationInterface {
  name = 'CreateJointMeasure1800000000600';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table joint_measure (
        id uuid not null,
        listing_id uuid not null,
        case_id uuid not null,
        kind text not null,
        status text not null,
        agency_code text not null,
        executor_code text not null,
        party_kind text not null,
        party_name text not null,
        uscc text,
        notice text not null,
        ordered_by text not null,
        ordered_at timestamptz(3) not null,
        due_at timestamptz(3),
        feedback text,
        feedback_on date,
        feedback_by text,
        feedback_at timestamptz(3),
        feedback_met boolean,
        lifting text,
        lifted_on date,
        lifted_by text,
        lifted_at timestamptz(3),
        version integer not null,
        updated_at timestamptz(3) not null,
        constraint joint_measure_pkey primary key (id),
        constraint joint_measure_of_a_listing foreign key (listing_id) references dishonesty_listing (id),
        constraint joint_measure_kind_known check (kind in ('PERMIT_SCRUTINY', 'PROCUREMENT_SCRUTINY', 'KEY_SUPERVISION', 'NO_COMMITMENT_SYSTEM', 'NO_HONOURS')),
        constraint joint_measure_status_known check (status in ('ORDERED', 'EXECUTED', 'NOT_EXECUTABLE', 'LIFTED')),
        constraint joint_measure_party_kind_known check (party_kind in ('ENTITY', 'PERSON')),
        constraint joint_measure_owed_until_answered check ((status = 'ORDERED') = (due_at is not null)),
        constraint joint_measure_answered_in_full check (case when status = 'ORDERED' then num_nonnulls(feedback, feedback_on, feedback_by, feedback_at) = 0
          else num_nulls(feedback, feedback_on, feedback_by, feedback_at) = 0 end),
        constraint joint_measure_lifted_in_full check (case when status = 'LIFTED' then num_nulls(lifting, lifted_on, lifted_by, lifted_at) = 0
          else num_nonnulls(lifting, lifted_on, lifted_by, lifted_at) = 0 end),
        constraint joint_measure_counts_acts check (version >= 1)
      );
      create unique index joint_measure_once_of_an_executor on joint_measure (listing_id, kind, executor_code) where status in ('ORDERED', 'EXECUTED');
      create index joint_measure_listing_idx on joint_measure (listing_id, ordered_at desc, id desc);
      create index joint_measure_ordered_idx on joint_measure (ordered_at desc, id desc);
      create index joint_measure_agency_idx on joint_measure (agency_code, ordered_at desc, id desc);
      create index joint_measure_executor_idx on joint_measure (executor_code, ordered_at desc, id desc);
      create index joint_measure_enterprise_idx on joint_measure (uscc, ordered_at desc, id desc) where uscc is not null;
      create index joint_measure_due_idx on joint_measure (due_at) where due_at is not null;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table joint_measure');
  }
}
