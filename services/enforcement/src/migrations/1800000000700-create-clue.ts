import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Clues to breaches and the acts on them, up to the decision whether a case is filed. */
export class CreateClue1800000000700 implements MigrationInterface {
  name = 'CreateClue1800000000700';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table clue (
        id uuid not null,
        version integer not null,
        status text not null,
        agency_code text not null,
        source text not null,
        source_ref text,
        region_code text not null,
        enterprise_uscc text,
        party_kind text not null,
        party_name text,
        product_kind text,
        product_names text[] not null default '{}',
        batch_no text,
        facts text not null,
        suspected_articles jsonb not null default '[]',
        received_at timestamptz(3) not null,
        recorded_at timestamptz(3) not null,
        due_at timestamptz(3),
        deadline jsonb,
        extended boolean not null default false,
        tests jsonb not null default '[]',
        met boolean,
        case_id uuid,
        case_officers text[] not null default '{}',
        non_filing_ground text,
        transferred_to_code text,
        transferred_from_id uuid,
        merged_into_id uuid,
        reasons text,
        parts text[] not null default '{}',
        updated_at timestamptz(3) not null,
        constraint clue_pkey primary key (id),
        constraint clue_version_positive check (version > 0),
        constraint clue_agency_is_registered foreign key (agency_code) references agency (code),
        constraint clue_number_of_a_source_once unique (agency_code, source, source_ref),
        constraint clue_status_is_known check (status in ('RECEIVED', 'VERIFYING', 'AWAITING_TEST', 'FILED', 'NOT_FILED', 'TRANSFERRED', 'MERGED')),
        constraint clue_source_is_known check (source in ('INSPECTION', 'FAILED_SAMPLE', 'COMPLAINT', 'ADR_SIGNAL', 'LATE_REPORT', 'ONLINE_MONITORING',
          'OTHER_AGENCY', 'SUPERIOR', 'MEDIA', 'OTHER')),
        constraint clue_party_kind_is_known check (party_kind in ('ENTERPRISE', 'MEDICAL_INSTITUTION', 'NATURAL_PERSON')),
        constraint clue_names_a_party check (enterprise_uscc is not null or party_name is not null),
        constraint clue_person_has_no_credit_code check (party_kind <> 'NATURAL_PERSON' or enterprise_uscc is null),
        constraint clue_facts_are_not_blank check (facts <> ''),
        constraint clue_articles_are_an_array check (jsonb_typeof(suspected_articles) = 'array'),
        constraint clue_tests_are_an_array check (jsonb_typeof(tests) = 'array'),
        constraint clue_received_before_it_is_recorded check (received_at <= recorded_at),
        constraint clue_due_with_its_rule check ((due_at is null) = (deadline is null)),
        constraint clue_under_review_has_a_clock check (status not in ('RECEIVED', 'VERIFYING') or due_at is not null),
        constraint clue_decided_has_no_clock check (status in ('RECEIVED', 'VERIFYING', 'AWAITING_TEST') or due_at is null),
        constraint clue_decided_in_time_or_not check ((status in ('RECEIVED', 'VERIFYING', 'AWAITING_TEST')) = (met is null)),
        constraint clue_filed_as_a_case check ((status = 'FILED') = (case_id is not null)),
        constraint clue_of_a_case_once unique (case_id),
        constraint clue_case_is_there foreign key (case_id) references admin_case (case_id),
        constraint clue_filed_for_two_officers check (status <> 'FILED' or cardinality(case_officers) >= 2),
        constraint clue_not_filed_on_a_ground check ((status = 'NOT_FILED') = (non_filing_ground is not null)),
        constraint clue_non_filing_ground_is_known check (non_filing_ground in ('MINOR_CORRECTED_NO_HARM', 'FIRST_OFFENCE_MINOR', 'NO_SUBJECTIVE_FAULT',
          'OTHER_LAWFUL', 'CONDITIONS_NOT_MET')),
        constraint clue_transferred_to_an_agency check ((status = 'TRANSFERRED') = (transferred_to_code is not null)),
        constraint clue_receiver_is_registered foreign key (transferred_to_code) references agency (code),
        constraint clue_receiver_has_a_part check (transferred_to_code is null or parts @> array[transferred_to_code]),
        constraint clue_transferred_from_a_clue foreign key (transferred_from_id) references clue (id),
        constraint clue_merged_into_another check ((status = 'MERGED') = (merged_into_id is not null) and merged_into_id is distinct from id),
        constraint clue_merged_into_a_clue foreign key (merged_into_id) references clue (id),
        constraint clue_ended_with_reasons check (status not in ('NOT_FILED', 'TRANSFERRED', 'MERGED') or reasons is not null)
      );
      create index clue_received_idx on clue (received_at desc, id desc);
      create index clue_agency_idx on clue (agency_code, received_at desc, id desc);
      create index clue_parts_idx on clue using gin (parts);
      create index clue_region_idx on clue (region_code, received_at desc, id desc);
      create index clue_enterprise_idx on clue (enterprise_uscc, received_at desc, id desc) where enterprise_uscc is not null;
      create index clue_batch_idx on clue (batch_no, received_at desc, id desc) where batch_no is not null;
      create index clue_source_idx on clue (source, source_ref) where source_ref is not null;
      create index clue_due_idx on clue (due_at) where due_at is not null;

      create table clue_act (
        id uuid not null,
        clue_id uuid not null,
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
        detail jsonb not null default '{}',
        constraint clue_act_pkey primary key (id),
        constraint clue_act_of_a_clue foreign key (clue_id) references clue (id),
        constraint clue_act_position_once unique (clue_id, position),
        constraint clue_act_position_from_one check (position >= 1),
        constraint clue_act_mark_is_known check (basis_mark in ('V', 'P', 'NV'))
      );
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table clue_act; drop table clue');
  }
}
