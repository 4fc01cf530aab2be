import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Administrative cases, who has a part in them, what seals them and who is excluded. */
export class CreateAdminCase1800000000100 implements MigrationInterface {
  name = 'CreateAdminCase1800000000100';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table admin_case (
        case_id uuid not null,
        version integer not null default 1,
        case_no text not null,
        status text not null,
        agency_code text not null,
        region_code text not null,
        enterprise_uscc text,
        respondent_kind text not null,
        respondent_name text not null,
        product_id uuid,
        violation_type text not null,
        domain text not null,
        procedure text not null,
        facts text not null,
        suspected_articles jsonb not null default '[]',
        goods_value_fen bigint,
        test_required boolean not null default false,
        filed_at timestamptz(3) not null,
        served_on date,
        status_before_criminal text,
        parts text[] not null default '{}',
        sealed_until date,
        seal_officers text[] not null default '{}',
        seal_parties text[] not null default '{}',
        excluded text[] not null default '{}',
        search_text text not null,
        updated_at timestamptz(3) not null,
        constraint admin_case_pkey primary key (case_id),
        constraint admin_case_number_once unique (case_no),
        constraint admin_case_number_is_not_blank check (case_no <> ''),
        constraint admin_case_version_positive check (version > 0),
        constraint admin_case_agency_is_registered foreign key (agency_code) references agency (code),
        constraint admin_case_status_is_known check (status in ('CLUE', 'VERIFYING', 'FILED', 'NOT_FILED', 'INVESTIGATING', 'SUSPENDED',
          'INVESTIGATION_CONCLUDED', 'UNDER_REVIEW', 'NOTICE_SERVED', 'HEARING', 'DECIDED', 'SERVED', 'IN_EXECUTION', 'PENDING_CRIMINAL',
          'TERMINATED', 'CLOSED', 'ARCHIVED')),
        constraint admin_case_respondent_kind_is_known check (respondent_kind in ('ENTERPRISE', 'MEDICAL_INSTITUTION', 'NATURAL_PERSON')),
        constraint admin_case_procedure_is_known check (procedure in ('ORDINARY', 'SIMPLIFIED')),
        constraint admin_case_suspected_articles_are_an_array check (jsonb_typeof(suspected_articles) = 'array'),
        constraint admin_case_goods_value_not_negative check (goods_value_fen >= 0),
        constraint admin_case_pending_criminal_knows_what_it_resumes_to check (status <> 'PENDING_CRIMINAL' or status_before_criminal is not null),
        constraint admin_case_seal_names_an_officer check (sealed_until is null or cardinality(seal_officers) > 0),
        constraint admin_case_without_seal_names_nobody check (sealed_until is not null or (seal_officers = '{}' and seal_parties = '{}'))
      );
      comment on column admin_case.version is 'Version of the access state: every change of the row counts it up.';
      create index admin_case_filed_idx on admin_case (filed_at desc, case_id desc);
      create index admin_case_agency_idx on admin_case (agency_code, filed_at desc, case_id desc);
      create index admin_case_served_region_idx on admin_case (region_code, filed_at desc, case_id desc) where served_on is not null;
      create index admin_case_enterprise_idx on admin_case (enterprise_uscc, filed_at desc, case_id desc) where enterprise_uscc is not null;
      create index admin_case_product_idx on admin_case (product_id, filed_at desc, case_id desc) where product_id is not null;
      create index admin_case_parts_idx on admin_case using gin (parts);

      create view case_access as
        select case_id, version, agency_code, region_code, enterprise_uscc, respondent_kind, filed_at, served_on, parts, sealed_until,
               seal_officers, seal_parties, excluded
        from admin_case;
      comment on view case_access is 'The projection that the other services keep, by the same name and columns.';

      create table case_part (
        id uuid not null,
        case_id uuid not null,
        agency_code text not null,
        kind text not null,
        started_at timestamptz(3) not null,
        ended_at timestamptz(3),
        ended_case_status text,
        ended_case_version integer,
        ended_referral_id uuid,
        ended_position integer,
        constraint case_part_pkey primary key (id),
        constraint case_part_of_a_case foreign key (case_id) references admin_case (case_id),
        constraint case_part_agency_is_registered foreign key (agency_code) references agency (code),
        constraint case_part_ends_after_it_started check (ended_at >= started_at),
        constraint case_part_end_says_how_the_case_stood check ((ended_at is null) = (ended_case_status is null)
          and (ended_at is null) = (ended_case_version is null)),
        constraint case_part_end_names_a_referral_with_its_position check ((ended_referral_id is null) = (ended_position is null)
          and (ended_at is not null or ended_referral_id is null)),
        constraint case_part_position_from_one check (ended_position >= 1)
      );
      create unique index case_part_runs_once on case_part (case_id, agency_code, kind) where ended_at is null;
      create index case_part_ended_idx on case_part (case_id, agency_code, ended_at desc) where ended_at is not null;

      create table case_seal (
        id uuid not null,
        number text not null,
        case_id uuid not null,
        basis text not null,
        sealed_at timestamptz(3) not null,
        expires_on date not null,
        officers text[] not null,
        parties text[] not null,
        sealed_by_agency text not null,
        sealed_by_officer text not null,
        version_to_acknowledge integer not null,
        acknowledged_by text[] not null default '{}',
        lifted_at timestamptz(3),
        lifted_by_officer text,
        lifted_reason text,
        constraint case_seal_pkey primary key (id),
        constraint case_seal_number_once unique (number),
        constraint case_seal_of_a_case foreign key (case_id) references admin_case (case_id),
        constraint case_seal_has_a_basis check (basis <> ''),
        constraint case_seal_names_an_officer check (cardinality(officers) > 0),
        constraint case_seal_is_acknowledged_by_services check (acknowledged_by <@ array['inspection', 'credit', 'adr']),
        constraint case_seal_lifted_by_somebody_with_a_reason check ((lifted_at is null) = (lifted_by_officer is null)
          and (lifted_at is null) = (lifted_reason is null))
      );
      create index case_seal_register_idx on case_seal (sealed_at desc, id desc);
      create index case_seal_case_idx on case_seal (case_id);

      create table case_exclusion (
        id uuid not null,
        case_id uuid not null,
        agency_code text not null,
        officer_id text not null,
        reason text not null,
        excluded_at timestamptz(3) not null,
        excluded_by_officer text not null,
        readmitted_at timestamptz(3),
        readmitted_by_officer text,
        readmitted_reason text,
        constraint case_exclusion_pkey primary key (id),
        constraint case_exclusion_of_a_case foreign key (case_id) references admin_case (case_id),
        constraint case_exclusion_has_a_reason check (reason <> ''),
        constraint case_exclusion_ends_by_somebody_with_a_reason check ((readmitted_at is null) = (readmitted_by_officer is null)
          and (readmitted_at is null) = (readmitted_reason is null))
      );
      create unique index case_exclusion_runs_once on case_exclusion (case_id, agency_code, officer_id) where readmitted_at is null;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop table case_exclusion;
      drop table case_seal;
      drop table case_part;
      drop view case_access;
      drop table admin_case;
    `);
  }
}
