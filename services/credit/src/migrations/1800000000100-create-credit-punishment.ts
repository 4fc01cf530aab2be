import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateCreditPunishment1800000000100 implements MigrationInterface {
  name = 'CreateCreditPunishment1800000000100';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table credit_punishment (
        id uuid not null,
        kind text not null,
        case_id uuid not null,
        decision_id uuid,
        penalty_item_id uuid,
        document_no text not null,
        party_kind text not null,
        party_name text not null,
        uscc text,
        agency_code text not null,
        region_code text not null,
        basis_instrument text not null,
        basis_article text not null,
        basis_mark text not null,
        starts_on date not null,
        ends_on date,
        for_life boolean not null,
        published_on date,
        publication_ends_on date,
        lifted_at timestamptz(3),
        revoked_at timestamptz(3),
        listed_on date not null,
        constraint credit_punishment_pkey primary key (id),
        constraint credit_punishment_one_per_penalty unique (penalty_item_id),
        constraint credit_punishment_kind_known check (kind in ('DISHONESTY_LISTING', 'INDUSTRY_BAN', 'BUSINESS_RESTRICTION', 'APPLICATION_BAR')),
        constraint credit_punishment_party_kind_known check (party_kind in ('ENTITY', 'PERSON')),
        constraint credit_punishment_basis_mark_known check (basis_mark in ('V', 'P', 'NV')),
        constraint credit_punishment_ends_or_is_for_life check (for_life = (ends_on is null)),
        constraint credit_punishment_ends_after_start check (ends_on >= starts_on),
        constraint credit_punishment_shown_only_once_published check (publication_ends_on is null or published_on is not null),
        constraint credit_punishment_shown_from_publication_on check (publication_ends_on >= published_on)
      );
      create index credit_punishment_listed_idx on credit_punishment (listed_on desc, id desc);
      create index credit_punishment_enterprise_idx on credit_punishment (uscc, listed_on desc, id desc) where uscc is not null;
      create index credit_punishment_case_idx on credit_punishment (case_id, listed_on desc, id desc);
      create index credit_punishment_agency_idx on credit_punishment (agency_code, listed_on desc, id desc);
      create index credit_punishment_person_idx on credit_punishment (party_name) where party_kind = 'PERSON';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table credit_punishment');
  }
}
