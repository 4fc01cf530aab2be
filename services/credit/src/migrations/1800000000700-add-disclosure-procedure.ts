import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the authority does about the publication of a decision, and the feed of what is no longer shown. */
export class AddDisclosureProcedure1800000000700 implements MigrationInterface {
  name = 'AddDisclosureProcedure1800000000700';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table disclosure_record
        add column status text not null default 'PUBLISHED',
        add column terms jsonb,
        add column held boolean not null default false,
        add column review text,
        add column text_by text,
        add column proposal jsonb,
        add column proposed_by text,
        add column corrected_at timestamptz(3),
        add column correction text,
        add column pushed_on date,
        add column withdrawal_cause_on date,
        add column stopped_at timestamptz(3),
        add column stopped_reason text,
        add column version integer not null default 0,
        add column updated_at timestamptz(3);
      update disclosure_record set status = 'WITHDRAWN' where withdrawn_at is not null;
      update disclosure_record set updated_at = coalesce(withdrawn_at, published_on::timestamp at time zone 'Asia/Shanghai');
      alter table disclosure_record
        alter column updated_at set not null,
        alter column status drop default,
        alter column held drop default,
        alter column version drop default,
        add constraint disclosure_record_status_known check (status in ('PUBLISHED', 'CORRECTION_PROPOSED', 'WITHDRAWAL_PROPOSED', 'WITHHELD', 'WITHDRAWN')),
        add constraint disclosure_record_withdrawn_since_when check ((status = 'WITHDRAWN') = (withdrawn_at is not null)),
        add constraint disclosure_record_review_known check (review in ('CLEARED', 'REDACTED', 'WITHHELD')),
        add constraint disclosure_record_withheld_by_review check (status <> 'WITHHELD' or review is not distinct from 'WITHHELD'),
        add constraint disclosure_record_withdrawn_for_a_cause check (withdrawal_cause_on is null or withdrawn_at is not null),
        add constraint disclosure_record_proposal_while_proposed check (status not in ('CORRECTION_PROPOSED', 'WITHDRAWAL_PROPOSED') = (proposal is null)
          and (proposal is null) = (proposed_by is null)),
        add constraint disclosure_record_corrected_in_words check ((corrected_at is null) = (correction is null)),
        add constraint disclosure_record_pushed_after_decision check (pushed_on >= decided_on),
        add constraint disclosure_record_stopped_with_reason check ((stopped_at is null) = (stopped_reason is null)),
        add constraint disclosure_record_stop_known check (stopped_reason in ('REPAIRED')),
        add constraint disclosure_record_held_with_terms check (not held or terms is not null),
        add constraint disclosure_record_counts_acts check (version >= 0);
      create index disclosure_record_ends_idx on disclosure_record (disclosure_ends_on, id) where disclosure_ends_on is not null;

      create table disclosure_text (
        record_id uuid not null,
        body text not null,
        stored_at timestamptz(3) not null,
        constraint disclosure_text_pkey primary key (record_id),
        constraint disclosure_text_of_a_record foreign key (record_id) references disclosure_record (id)
      );

      create table disclosure_deferral (
        id uuid not null,
        case_id uuid not null,
        agency_code text not null,
        region_code text not null,
        status text not null,
        basis_instrument text not null,
        basis_article text not null,
        reasons text not null,
        review_on date not null,
        ordered_at timestamptz(3) not null,
        lifted_at timestamptz(3),
        version integer not null,
        updated_at timestamptz(3) not null,
        constraint disclosure_deferral_pkey primary key (id),
        constraint disclosure_deferral_status_known check (status in ('RUNNING', 'LIFTED')),
        constraint disclosure_deferral_runs_until_lifted check ((status = 'RUNNING') = (lifted_at is null)),
        constraint disclosure_deferral_counts_acts check (version >= 1)
      );
      create unique index disclosure_deferral_one_running on disclosure_deferral (case_id) where lifted_at is null;
      create index disclosure_deferral_agency_idx on disclosure_deferral (agency_code, ordered_at desc, id desc);
      create index disclosure_deferral_ordered_idx on disclosure_deferral (ordered_at desc, id desc);

      create table disclosure_act (
        id uuid not null,
        record_id uuid,
        deferral_id uuid,
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
        constraint disclosure_act_pkey primary key (id),
        constraint disclosure_act_on_one_thing check (num_nonnulls(record_id, deferral_id) = 1),
        constraint disclosure_act_of_a_record foreign key (record_id) references disclosure_record (id),
        constraint disclosure_act_of_a_deferral foreign key (deferral_id) references disclosure_deferral (id),
        constraint disclosure_act_position_from_one check (position >= 1),
        constraint disclosure_act_basis_mark_known check (basis_mark in ('V', 'P', 'NV'))
      );
      create unique index disclosure_act_position_once on disclosure_act (coalesce(record_id, deferral_id), position);

      create table disclosure_tombstone (
        record_id uuid not null,
        reason text not null,
        gone_on date not null,
        at timestamptz(3) not null,
        constraint disclosure_tombstone_pkey primary key (record_id, reason, gone_on),
        constraint disclosure_tombstone_of_a_record foreign key (record_id) references disclosure_record (id),
        constraint disclosure_tombstone_reason_known check (reason in ('EXPIRED', 'WITHDRAWN', 'WITHHELD', 'DEFERRED', 'REPAIRED'))
      );
      create index disclosure_tombstone_day_idx on disclosure_tombstone (gone_on, record_id);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop table disclosure_tombstone; drop table disclosure_act; drop table disclosure_deferral; drop table disclosure_text;
      drop index disclosure_record_ends_idx;
      alter table disclosure_record drop column status, drop column terms, drop column held, drop column review, drop column text_by,
        drop column proposal, drop column proposed_by, drop column corrected_at, drop column correction, drop column pushed_on, drop column withdrawal_cause_on,
        drop column stopped_at, drop column stopped_reason, drop column version, drop column updated_at;
    `);
  }
}
