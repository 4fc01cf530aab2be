import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Reports of adverse reactions and events, de-identified: no column for a name, a number or an age of a person. */
export class CreateAdverseReactionReport1800000000000 implements MigrationInterface {
  name = 'CreateAdverseReactionReport1800000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table adverse_reaction_report (
        id uuid not null,
        report_no text not null,
        kind text not null,
        seriousness text not null,
        is_new boolean not null default false,
        onset_on date,
        received_on date not null,
        reported_on date,
        due_on date,
        product_id uuid,
        batch_no text,
        enterprise_uscc text,
        region_code text not null,
        agency_code text not null,
        co_owner_codes text[] not null default '{}',
        reaction_terms jsonb not null,
        causality text not null,
        outcome text not null,
        patient_sex text not null,
        age_band text not null,
        narrative text,
        case_ids uuid[] not null default '{}',
        version integer not null default 1,
        constraint adverse_reaction_report_pkey primary key (id),
        constraint adverse_reaction_report_no_once unique (report_no),
        constraint adverse_reaction_report_kind_known
          check (kind in ('SPONTANEOUS', 'AEFI', 'GROUP_EVENT', 'DEVICE_EVENT', 'COSMETIC_REACTION')),
        constraint adverse_reaction_report_seriousness_known
          check (seriousness in ('DEATH', 'LIFE_THREATENING', 'HOSPITALISATION', 'DISABILITY', 'CONGENITAL_ANOMALY', 'OTHER_IMPORTANT', 'NOT_SERIOUS')),
        constraint adverse_reaction_report_causality_known
          check (causality in ('CERTAIN', 'PROBABLE', 'POSSIBLE', 'UNLIKELY', 'PENDING', 'UNASSESSABLE')),
        constraint adverse_reaction_report_outcome_known
          check (outcome in ('RECOVERED', 'RECOVERING', 'NOT_RECOVERED', 'SEQUELAE', 'FATAL', 'UNKNOWN')),
        constraint adverse_reaction_report_patient_sex_known check (patient_sex in ('MALE', 'FEMALE', 'UNKNOWN')),
        constraint adverse_reaction_report_age_is_a_band
          check (age_band in ('UNDER_1', 'AGE_1_9', 'AGE_10_19', 'AGE_20_39', 'AGE_40_59', 'AGE_60_79', 'AGE_80_PLUS', 'UNKNOWN')),
        constraint adverse_reaction_report_received_not_before_onset check (onset_on is null or received_on >= onset_on),
        constraint adverse_reaction_report_reported_not_before_awareness check (reported_on is null or reported_on >= received_on),
        constraint adverse_reaction_report_due_not_before_awareness check (due_on is null or due_on >= received_on),
        constraint adverse_reaction_report_death_has_fatal_outcome check (seriousness <> 'DEATH' or outcome = 'FATAL'),
        constraint adverse_reaction_report_event_has_co_owner check (kind not in ('AEFI', 'GROUP_EVENT') or cardinality(co_owner_codes) > 0),
        constraint adverse_reaction_report_owner_is_no_co_owner check (not agency_code = any (co_owner_codes)),
        constraint adverse_reaction_report_names_a_reaction
          check (case when jsonb_typeof(reaction_terms) = 'array' then jsonb_array_length(reaction_terms) > 0 else false end),
        constraint adverse_reaction_report_narrative_has_no_mobile_number check (narrative !~ '(^|[^0-9])1[3-9][0-9]{9}([^0-9]|$)'),
        constraint adverse_reaction_report_narrative_has_no_identity_number
          check (narrative !~ '(^|[^0-9])[1-9][0-9]{5}(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]([^0-9]|$)'),
        constraint adverse_reaction_report_version_positive check (version > 0)
      );
      create index adverse_reaction_report_newest_idx on adverse_reaction_report (received_on desc, id desc);
      create index adverse_reaction_report_agency_idx on adverse_reaction_report (agency_code, received_on desc, id desc);
      create index adverse_reaction_report_region_idx on adverse_reaction_report (region_code, received_on desc, id desc);
      create index adverse_reaction_report_event_idx on adverse_reaction_report (received_on desc, id desc) where kind in ('AEFI', 'GROUP_EVENT');
      create index adverse_reaction_report_product_idx on adverse_reaction_report (product_id, received_on desc, id desc) where product_id is not null;
      create index adverse_reaction_report_enterprise_idx on adverse_reaction_report (enterprise_uscc, received_on desc, id desc)
        where enterprise_uscc is not null;
      create index adverse_reaction_report_co_owner_idx on adverse_reaction_report using gin (co_owner_codes);
      create index adverse_reaction_report_case_idx on adverse_reaction_report using gin (case_ids) where case_ids <> '{}';
      create index adverse_reaction_report_linked_idx on adverse_reaction_report (received_on desc, id desc) where case_ids <> '{}';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table adverse_reaction_report');
  }
}
