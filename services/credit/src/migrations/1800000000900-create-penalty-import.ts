import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files of penalty decisions that agencies send (双公示), what became of each row, and the decisions with their history. */
export class CreatePenaltyImport1800000000900 implements MigrationInterface {
  name = 'CreatePenaltyImport1800000000900';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table disclosure_record alter column case_id drop not null, add column penalty_basis text;
      alter table credit_repair alter column case_id drop not null;

      create table penalty_import (
        id uuid not null,
        agency_code text not null,
        officer_id text not null,
        sha256 text not null,
        size integer not null,
        media_type text not null,
        state text not null,
        layout text,
        rows integer not null,
        created integer not null,
        corrected integer not null,
        unchanged integer not null,
        refused integer not null,
        faults jsonb not null,
        received_at timestamptz(3) not null,
        finished_at timestamptz(3),
        constraint penalty_import_pkey primary key (id),
        constraint penalty_import_state_known check (state in ('WAITING', 'DONE', 'FAILED')),
        constraint penalty_import_layout_known check (layout in ('CURRENT', 'Y2016')),
        constraint penalty_import_rows_add_up check (rows = created + corrected + unchanged + refused),
        constraint penalty_import_counts_rows check (least(created, corrected, unchanged, refused) >= 0),
        constraint penalty_import_finished_with_time check ((state = 'WAITING') = (finished_at is null)),
        constraint penalty_import_failed_for_a_reason check ((state = 'FAILED') = (jsonb_array_length(faults) > 0))
      );
      create index penalty_import_agency_idx on penalty_import (agency_code, received_at desc, id desc);
      create index penalty_import_waiting_idx on penalty_import (received_at, id) where state = 'WAITING';

      create table imported_penalty (
        id uuid not null,
        authority_code text not null,
        document_no text not null,
        document_no_key text not null,
        party_uscc text,
        record jsonb not null,
        fingerprint text not null,
        version integer not null,
        import_id uuid not null,
        imported_at timestamptz(3) not null,
        updated_at timestamptz(3) not null,
        constraint imported_penalty_pkey primary key (id),
        constraint imported_penalty_number_once_per_authority unique (authority_code, document_no_key),
        constraint imported_penalty_of_an_import foreign key (import_id) references penalty_import (id),
        constraint imported_penalty_counts_versions check (version >= 1)
      );
      create index imported_penalty_updated_idx on imported_penalty (updated_at desc, id desc);
      create index imported_penalty_enterprise_idx on imported_penalty (party_uscc, updated_at desc, id desc) where party_uscc is not null;

      create table imported_penalty_version (
        penalty_id uuid not null,
        version integer not null,
        record jsonb not null,
        import_id uuid not null,
        row_no integer not null,
        at timestamptz(3) not null,
        constraint imported_penalty_version_pkey primary key (penalty_id, version),
        constraint imported_penalty_version_of_an_import foreign key (import_id) references penalty_import (id),
        constraint imported_penalty_version_of_a_penalty foreign key (penalty_id) references imported_penalty (id)
      );

      create table penalty_import_row (
        import_id uuid not null,
        row_no integer not null,
        document_no text,
        outcome text not null,
        penalty_id uuid,
        faults jsonb not null,
        constraint penalty_import_row_pkey primary key (import_id, row_no),
        constraint penalty_import_row_of_an_import foreign key (import_id) references penalty_import (id),
        constraint penalty_import_row_outcome_known check (outcome in ('CREATED', 'CORRECTED', 'UNCHANGED', 'REFUSED')),
        constraint penalty_import_row_refused_for_a_reason check (outcome <> 'REFUSED' or jsonb_array_length(faults) > 0),
        constraint penalty_import_row_refused_whole check ((outcome = 'REFUSED') = (penalty_id is null))
      );
      create index penalty_import_row_outcome_idx on penalty_import_row (import_id, outcome, row_no);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop table penalty_import_row; drop table imported_penalty_version; drop table imported_penalty; drop table penalty_import;
      delete from credit_repair_act where repair_id in (select id from credit_repair where case_id is null);
      delete from credit_repair where case_id is null;
      alter table credit_repair alter column case_id set not null;
      delete from disclosure_tombstone where record_id in (select id from disclosure_record where case_id is null);
      delete from disclosure_act where record_id in (select id from disclosure_record where case_id is null);
      delete from disclosure_text where record_id in (select id from disclosure_record where case_id is null);
      delete from disclosure_record where case_id is null;
      alter table disclosure_record alter column case_id set not null, drop column penalty_basis;
    `);
  }
}
