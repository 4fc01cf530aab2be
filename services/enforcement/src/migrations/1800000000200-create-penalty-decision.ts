import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Penalty decisions (行政处罚决定) and their lines. */
export class CreatePenaltyDecision1800000000200 implements MigrationInterface {
  name = 'CreatePenaltyDecision1800000000200';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table penalty_decision (
        id uuid not null,
        case_id uuid not null,
        agency_code text not null,
        region_code text not null,
        document_no text not null,
        decided_on date not null,
        served_on date,
        service_recorded_at timestamptz(3),
        procedure text not null,
        violation_type text not null,
        domain text not null,
        tier text not null,
        party_name text not null,
        party_uscc text,
        party_kind text not null,
        goods_value_fen bigint,
        gains_fen bigint,
        no_personal_penalty_reason text,
        created_at timestamptz(3) not null,
        constraint penalty_decision_pkey primary key (id),
        constraint penalty_decision_of_a_case foreign key (case_id) references admin_case (case_id),
        constraint penalty_decision_authority_is_registered foreign key (agency_code) references agency (code),
        constraint penalty_decision_document_no_once unique (document_no),
        constraint penalty_decision_document_no_has_a_year check (document_no ~ '〔[0-9]{4}〕[0-9]+(-[0-9]+)?号$'),
        constraint penalty_decision_is_served_after_it_is_made check (served_on >= decided_on),
        constraint penalty_decision_service_is_recorded_with_its_day check ((served_on is null) = (service_recorded_at is null)),
        constraint penalty_decision_procedure_is_known check (procedure in ('ORDINARY', 'SIMPLIFIED')),
        constraint penalty_decision_domain_is_known check (domain in ('DRUG', 'DEVICE', 'COSMETIC', 'GENERAL')),
        constraint penalty_decision_tier_is_known check (tier in ('MITIGATED', 'LIGHT', 'ORDINARY', 'HEAVY')),
        constraint penalty_decision_party_kind_is_known check (party_kind in ('ENTITY', 'PERSON')),
        constraint penalty_decision_only_an_entity_has_a_credit_code check (party_kind = 'ENTITY' or party_uscc is null),
        constraint penalty_decision_amounts_not_negative check (goods_value_fen >= 0 and gains_fen >= 0)
      );
      create index penalty_decision_case_idx on penalty_decision (case_id, decided_on desc, id desc);
      create index penalty_decision_decided_idx on penalty_decision (decided_on desc, id desc);
      create index penalty_decision_agency_idx on penalty_decision (agency_code, decided_on desc, id desc);
      create index penalty_decision_region_idx on penalty_decision (region_code, decided_on desc, id desc);

      create table penalty_item (
        id uuid not null,
        decision_id uuid not null,
        seq integer not null,
        kind text not null,
        party_kind text not null,
        party_name text not null,
        amount_fen bigint,
        basis_instrument text not null,
        basis_article text not null,
        basis_mark text not null,
        starts_on date,
        ends_on date,
        for_life boolean not null default false,
        constraint penalty_item_pkey primary key (id),
        constraint penalty_item_of_a_decision foreign key (decision_id) references penalty_decision (id),
        constraint penalty_item_order_once unique (decision_id, seq),
        constraint penalty_item_order_from_one check (seq >= 1),
        constraint penalty_item_kind_is_known check (kind in ('WARNING', 'CRITICISM', 'FINE', 'CONFISCATION_OF_GAINS', 'CONFISCATION_OF_GOODS',
          'LICENCE_SUSPENSION', 'QUALIFICATION_DOWNGRADE', 'LICENCE_REVOCATION', 'BUSINESS_RESTRICTION', 'PRODUCTION_SUSPENSION', 'CLOSURE',
          'INDUSTRY_BAN', 'DETENTION', 'OTHER')),
        constraint penalty_item_party_kind_is_known check (party_kind in ('ENTITY', 'PERSON')),
        constraint penalty_item_amount_not_negative check (amount_fen >= 0),
        constraint penalty_item_money_has_an_amount check (kind not in ('FINE', 'CONFISCATION_OF_GAINS', 'CONFISCATION_OF_GOODS')
          or amount_fen is not null),
        constraint penalty_item_fine_is_positive check (kind <> 'FINE' or amount_fen > 0),
        constraint penalty_item_ban_is_of_a_person_with_a_start check (kind <> 'INDUSTRY_BAN'
          or (party_kind = 'PERSON' and starts_on is not null and (ends_on is not null) <> for_life)),
        constraint penalty_item_detention_is_of_a_person check (kind <> 'DETENTION' or party_kind = 'PERSON'),
        constraint penalty_item_ends_after_it_starts check (ends_on >= starts_on),
        constraint penalty_item_end_has_a_start check (ends_on is null or starts_on is not null),
        constraint penalty_item_for_life_has_no_end check (not for_life or ends_on is null),
        constraint penalty_item_basis_names_an_article check (basis_instrument <> '' and basis_article <> ''),
        constraint penalty_item_basis_mark_is_known check (basis_mark in ('V', 'P', 'NV'))
      );
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table penalty_item; drop table penalty_decision');
  }
}
