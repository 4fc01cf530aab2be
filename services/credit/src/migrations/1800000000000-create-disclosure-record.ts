import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Published penalties. Whether one is shown today is asked at reading time; nothing here is flipped by a job. */
export class CreateDisclosureRecord1800000000000 implements MigrationInterface {
  name = 'CreateDisclosureRecord1800000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table disclosure_record (
        id uuid not null,
        decision_id uuid not null,
        case_id uuid not null,
        document_no text not null,
        document_no_key text not null,
        party_name text not null,
        party_uscc text,
        party_kind text not null,
        violation_type text not null,
        penalty_kinds text[] not null,
        penalty_summary text not null,
        fine_fen bigint,
        authority_code text not null,
        region_code text not null,
        decided_on date not null,
        published_on date not null,
        disclosure_ends_on date,
        credit_china_ends_on date,
        class text not null,
        withdrawn_at timestamptz(3),
        withdrawal_reason text,
        search_text text not null,
        search_bigrams text[] not null,
        constraint disclosure_record_pkey primary key (id),
        constraint disclosure_record_one_per_decision unique (decision_id),
        constraint disclosure_record_party_kind_known check (party_kind in ('ENTITY', 'PERSON')),
        constraint disclosure_record_class_known check (
          class in ('MINOR', 'GENERAL', 'SERIOUS_DOMAIN', 'SERIOUS_RESTRICTION', 'SERIOUS_QUALIFICATION')),
        constraint disclosure_record_credit_code_only_of_entity check (party_kind = 'ENTITY' or party_uscc is null),
        constraint disclosure_record_has_penalty check (cardinality(penalty_kinds) > 0),
        constraint disclosure_record_not_a_warning_alone check (penalty_kinds <> array['WARNING']),
        constraint disclosure_record_fine_not_negative check (fine_fen >= 0),
        constraint disclosure_record_published_after_decision check (published_on >= decided_on),
        constraint disclosure_record_shown_from_publication_on check (disclosure_ends_on >= published_on),
        constraint disclosure_record_credit_china_from_decision_on check (credit_china_ends_on >= decided_on),
        constraint disclosure_record_for_life_everywhere check ((disclosure_ends_on is null) = (credit_china_ends_on is null)),
        constraint disclosure_record_for_life_only_with_restriction check (disclosure_ends_on is not null or class = 'SERIOUS_RESTRICTION'),
        constraint disclosure_record_withdrawn_with_reason check ((withdrawn_at is null) = (withdrawal_reason is null))
      );
      create index disclosure_record_published_idx on disclosure_record (published_on desc, id desc);
      create index disclosure_record_document_no_idx on disclosure_record (document_no_key);
      create index disclosure_record_party_idx on disclosure_record (party_uscc, published_on desc, id desc) where party_uscc is not null;
      create index disclosure_record_region_idx on disclosure_record (region_code, published_on desc, id desc);
      create index disclosure_record_authority_idx on disclosure_record (authority_code, published_on desc, id desc);
      create index disclosure_record_violation_idx on disclosure_record (violation_type, published_on desc, id desc);
      create index disclosure_record_case_idx on disclosure_record (case_id, published_on desc, id desc);
      create index disclosure_record_search_idx on disclosure_record using gin (search_bigrams);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table disclosure_record');
  }
}
