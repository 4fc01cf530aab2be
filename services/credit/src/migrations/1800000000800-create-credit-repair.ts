import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Credit repair of published penalties, act by act. */
export class CreateCreditRepair1800000000800 implements MigrationInterface {
  name = 'CreateCreditRepair1800000000800';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table credit_repair (
        id uuid not null,
        kind text not null,
        disclosure_id uuid not null,
        decision_id uuid not null,
        case_id uuid not null,
        document_no text not null,
        party_kind text not null,
        party_name text not null,
        uscc text,
        agency_code text not null,
        registry_code text,
        status text not null,
        documents text[] not null,
        applied_on date not null,
        corrections_requested_on date,
        refusal_ground text,
        stopped_at timestamptz(3),
        notified_on date,
        revoked_on date,
        revocation_ends_on date,
        clock text,
        clock_started_at timestamptz(3),
        due_at timestamptz(3),
        version integer not null,
        created_at timestamptz(3) not null,
        updated_at timestamptz(3) not null,
        constraint credit_repair_pkey primary key (id),
        constraint credit_repair_of_a_record foreign key (disclosure_id) references disclosure_record (id),
        constraint credit_repair_kind_known check (kind in ('ORDINARY', 'RESTRUCTURING', 'DEREGISTRATION')),
        constraint credit_repair_status_known check (status in ('RECEIVED', 'CORRECTIONS_REQUESTED', 'NOT_ACCEPTED', 'ACCEPTED', 'REFUSED', 'TEMPORARY', 'ENDED',
          'GRANTED', 'REPAIRED', 'NOTIFIED', 'SYNCHRONISED', 'REVOKED')),
        constraint credit_repair_party_kind_known check (party_kind in ('ENTITY', 'PERSON')),
        constraint credit_repair_credit_code_only_of_entity check (uscc is null or party_kind = 'ENTITY'),
        constraint credit_repair_temporary_for_restructuring check (status not in ('TEMPORARY', 'ENDED') or kind = 'RESTRUCTURING'),
        constraint credit_repair_told_what_is_missing check (status <> 'CORRECTIONS_REQUESTED' or corrections_requested_on is not null),
        constraint credit_repair_refused_with_ground check ((status in ('NOT_ACCEPTED', 'REFUSED')) = (refusal_ground is not null)),
        constraint credit_repair_stopped_while_repaired check (case when status = 'GRANTED' then true
          else (status in ('TEMPORARY', 'REPAIRED', 'NOTIFIED', 'SYNCHRONISED')) = (stopped_at is not null) end),
        constraint credit_repair_told_others check (status not in ('NOTIFIED', 'SYNCHRONISED') or notified_on is not null),
        constraint credit_repair_acknowledged_by_somebody check (status <> 'SYNCHRONISED' or registry_code is not null),
        constraint credit_repair_revoked_on_a_day check ((status = 'REVOKED') = (revoked_on is not null) and (revoked_on is null) = (revocation_ends_on is null)),
        constraint credit_repair_clock_runs_to_an_end check ((clock is null) = (due_at is null) and (clock is null) = (clock_started_at is null)),
        constraint credit_repair_counts_acts check (version >= 1)
      );
      create unique index credit_repair_one_at_a_time on credit_repair (disclosure_id) where status not in ('NOT_ACCEPTED', 'REFUSED', 'ENDED', 'REVOKED');
      create index credit_repair_record_idx on credit_repair (disclosure_id, created_at desc, id desc);
      create index credit_repair_stopped_idx on credit_repair (decision_id) where stopped_at is not null;
      create index credit_repair_created_idx on credit_repair (created_at desc, id desc);
      create index credit_repair_agency_idx on credit_repair (agency_code, created_at desc, id desc);
      create index credit_repair_enterprise_idx on credit_repair (uscc, created_at desc, id desc) where uscc is not null;
      create index credit_repair_person_idx on credit_repair (party_name) where party_kind = 'PERSON';
      create index credit_repair_due_idx on credit_repair (due_at) where due_at is not null;

      create table credit_repair_act (
        id uuid not null,
        repair_id uuid not null,
        position integer not null,
        act text not null,
        status text not null,
        at timestamptz(3) not null,
        actor_code text not null,
        officer_id text not null,
        basis_instrument text not null,
        basis_article text not null,
        basis_mark text not null,
        met boolean,
        detail jsonb not null,
        constraint credit_repair_act_pkey primary key (id),
        constraint credit_repair_act_of_a_repair foreign key (repair_id) references credit_repair (id),
        constraint credit_repair_act_position_once unique (repair_id, position),
        constraint credit_repair_act_position_from_one check (position >= 1),
        constraint credit_repair_act_basis_mark_known check (basis_mark in ('V', 'P', 'NV'))
      );
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table credit_repair_act; drop table credit_repair');
  }
}
