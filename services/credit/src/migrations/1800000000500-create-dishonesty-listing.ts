import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Heavy penalties on their way into the serious-dishonesty list, and what was done about each. */
export class CreateDishonestyListing1800000000500 implements MigrationInterface {
  name = 'CreateDishonestyListing1800000000500';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table dishonesty_listing (
        id uuid not null,
        case_id uuid not null,
        decision_id uuid not null,
        document_no text not null,
        decided_on date not null,
        party_kind text not null,
        party_name text not null,
        uscc text,
        agency_code text not null,
        region_code text not null,
        violation_type text not null,
        heavy_kinds text[] not null,
        restriction_ends_on date,
        restriction_for_life boolean not null,
        grounds text[] not null,
        status text not null,
        notice_no text,
        notice_served_on date,
        consent_agency_code text,
        not_listed_reason text,
        not_listed_explanation text,
        listing_no text,
        listed_on date,
        published_on date,
        ends_on date,
        for_life boolean not null,
        clock text,
        clock_started_at timestamptz(3),
        due_at timestamptz(3),
        version integer not null,
        created_at timestamptz(3) not null,
        updated_at timestamptz(3) not null,
        constraint dishonesty_listing_pkey primary key (id),
        constraint dishonesty_listing_one_per_decision unique (decision_id),
        constraint dishonesty_listing_status_known check (status in ('CANDIDATE', 'NOTICE_SERVED', 'HEARING', 'HEARD', 'AWAITING_CONSENT', 'CONSENTED', 'NOT_LISTED',
          'LISTED', 'PUBLISHED', 'EXIT_APPLIED', 'EXIT_ACCEPTED', 'EXIT_APPROVED', 'EXITED_EARLY', 'REVOKED', 'RESTORED')),
        constraint dishonesty_listing_party_kind_known check (party_kind in ('ENTITY', 'PERSON')),
        constraint dishonesty_listing_credit_code_only_of_entity check (uscc is null or party_kind = 'ENTITY'),
        constraint dishonesty_listing_of_a_heavy_penalty check (cardinality(heavy_kinds) > 0),
        constraint dishonesty_listing_noticed_with_grounds check (status in ('CANDIDATE', 'NOT_LISTED')
          or (cardinality(grounds) > 0 and notice_no is not null and notice_served_on is not null)),
        constraint dishonesty_listing_consent_of_somebody check (status not in ('AWAITING_CONSENT', 'CONSENTED') or consent_agency_code is not null),
        constraint dishonesty_listing_not_listed_with_reason check ((status = 'NOT_LISTED') = (not_listed_reason is not null)
          and (not_listed_reason is null) = (not_listed_explanation is null)),
        constraint dishonesty_listing_listed_by_decision check (status in ('CANDIDATE', 'NOTICE_SERVED', 'HEARING', 'HEARD', 'AWAITING_CONSENT', 'CONSENTED', 'NOT_LISTED')
          = (listed_on is null) and (listed_on is null) = (listing_no is null)),
        constraint dishonesty_listing_published_once_listed check (published_on >= listed_on and (published_on is null or listed_on is not null)),
        constraint dishonesty_listing_shown_once_published check (published_on is not null
          or status not in ('PUBLISHED', 'EXIT_APPLIED', 'EXIT_ACCEPTED', 'EXIT_APPROVED', 'EXITED_EARLY', 'RESTORED')),
        constraint dishonesty_listing_ends_or_is_for_life check (case when published_on is null then ends_on is null and not for_life else for_life = (ends_on is null) end),
        constraint dishonesty_listing_clock_runs_to_an_end check ((clock is null) = (due_at is null) and (clock is null) = (clock_started_at is null)),
        constraint dishonesty_listing_counts_acts check (version >= 0)
      );
      create index dishonesty_listing_created_idx on dishonesty_listing (created_at desc, id desc);
      create index dishonesty_listing_agency_idx on dishonesty_listing (agency_code, created_at desc, id desc);
      create index dishonesty_listing_enterprise_idx on dishonesty_listing (uscc, created_at desc, id desc) where uscc is not null;
      create index dishonesty_listing_case_idx on dishonesty_listing (case_id, created_at desc, id desc);
      create index dishonesty_listing_region_idx on dishonesty_listing (region_code, created_at desc, id desc);
      create index dishonesty_listing_status_idx on dishonesty_listing (status, created_at desc, id desc);
      create index dishonesty_listing_due_idx on dishonesty_listing (due_at) where due_at is not null;

      create table dishonesty_listing_act (
        id uuid not null,
        listing_id uuid not null,
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
        constraint dishonesty_listing_act_pkey primary key (id),
        constraint dishonesty_listing_act_of_a_listing foreign key (listing_id) references dishonesty_listing (id),
        constraint dishonesty_listing_act_position_once unique (listing_id, position),
        constraint dishonesty_listing_act_position_from_one check (position >= 1),
        constraint dishonesty_listing_act_basis_mark_known check (basis_mark in ('V', 'P', 'NV'))
      );
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table dishonesty_listing_act; drop table dishonesty_listing');
  }
}
