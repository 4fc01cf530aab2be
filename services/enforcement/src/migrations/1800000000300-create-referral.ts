import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Criminal referrals, their timeline, their documents, and the register of refusals to refer. */
export class CreateReferral1800000000300 implements MigrationInterface {
  name = 'CreateReferral1800000000300';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table referral (
        id uuid not null,
        referral_no text not null,
        case_id uuid not null,
        status text not null,
        holder_code text not null,
        filing_agency_code text not null,
        police_agency_code text,
        procuratorate_agency_code text,
        charge text not null,
        facts text not null,
        task_force text[] not null,
        due_at timestamptz(3),
        deadline jsonb,
        review_started_at timestamptz(3),
        suspensions jsonb not null default '[]',
        gaps text[] not null default '{}',
        receipt_no text,
        decision_no text,
        decided_on date,
        filed_charge text,
        not_filed_reasons text,
        return_reasons text,
        version integer not null,
        created_at timestamptz(3) not null,
        updated_at timestamptz(3) not null,
        constraint referral_pkey primary key (id),
        constraint referral_number_once unique (referral_no),
        constraint referral_of_a_case foreign key (case_id) references admin_case (case_id),
        constraint referral_holder_is_registered foreign key (holder_code) references agency (code),
        constraint referral_filing_agency_is_registered foreign key (filing_agency_code) references agency (code),
        constraint referral_police_is_registered foreign key (police_agency_code) references agency (code),
        constraint referral_procuratorate_is_registered foreign key (procuratorate_agency_code) references agency (code),
        constraint referral_status_is_known check (status in ('PENDING_APPROVAL', 'NOT_APPROVED', 'APPROVED', 'TRANSFERRED', 'UNDER_FILING_REVIEW',
          'SUPPLEMENT_REQUIRED', 'RETURNED', 'FILED', 'NOT_FILED', 'CASE_WITHDRAWN', 'SENT_FOR_PROSECUTION', 'INDICTED', 'NOT_PROSECUTED',
          'JUDGED', 'JUDGED_EFFECTIVE', 'CLOSED')),
        constraint referral_task_force_of_two check (cardinality(task_force) >= 2),
        constraint referral_transferred_has_police_and_procuratorate check (status in ('PENDING_APPROVAL', 'NOT_APPROVED', 'APPROVED')
          or (police_agency_code is not null and procuratorate_agency_code is not null)),
        constraint referral_holder_follows_the_status check (case
          when status in ('PENDING_APPROVAL', 'NOT_APPROVED', 'APPROVED', 'SUPPLEMENT_REQUIRED', 'RETURNED', 'NOT_FILED') then holder_code = filing_agency_code
          when status in ('TRANSFERRED', 'UNDER_FILING_REVIEW', 'FILED') then holder_code = police_agency_code
          else true end),
        constraint referral_due_with_its_rule check ((due_at is null) = (deadline is null)),
        constraint referral_supplement_names_gaps check (status <> 'SUPPLEMENT_REQUIRED' or cardinality(gaps) > 0),
        constraint referral_review_counts_from_a_receipt check (status not in ('UNDER_FILING_REVIEW', 'SUPPLEMENT_REQUIRED') or review_started_at is not null),
        constraint referral_filed_with_decision check (status <> 'FILED' or (decision_no is not null and decided_on is not null and filed_charge is not null)),
        constraint referral_not_filed_with_reasons check (status <> 'NOT_FILED' or (not_filed_reasons is not null and decided_on is not null)),
        constraint referral_returned_with_reasons check (status <> 'RETURNED' or return_reasons is not null),
        constraint referral_version_positive check (version > 0)
      );
      create unique index referral_one_under_way on referral (case_id) where status not in ('RETURNED', 'CLOSED');
      create index referral_filing_agency_idx on referral (filing_agency_code, created_at desc, id desc);
      create index referral_created_idx on referral (created_at desc, id desc);
      create index referral_case_idx on referral (case_id, created_at desc, id desc);
      create index referral_due_idx on referral (due_at) where due_at is not null;

      create table referral_timeline (
        id uuid not null,
        referral_id uuid not null,
        position integer not null,
        act text not null,
        status text not null,
        holder_code text not null,
        version integer not null,
        at timestamptz(3) not null,
        actor_code text not null,
        officer_id text not null,
        basis_instrument text not null,
        basis_article text not null,
        basis_mark text not null,
        due_at timestamptz(3),
        deadline jsonb,
        met boolean,
        standing jsonb not null,
        detail jsonb not null default '{}',
        constraint referral_timeline_pkey primary key (id),
        constraint referral_timeline_position_once unique (referral_id, position),
        constraint referral_timeline_of_a_referral foreign key (referral_id) references referral (id),
        constraint referral_timeline_position_from_one check (position >= 1),
        constraint referral_timeline_mark_is_known check (basis_mark in ('V', 'P', 'NV')),
        constraint referral_timeline_refusal_keeps_the_report check (act <> 'REFUSE_REFERRAL' or detail ?& array['reasons', 'facts', 'charge'])
      );
      create index referral_timeline_refusal_idx on referral_timeline (at desc, id desc) where act = 'REFUSE_REFERRAL';
      create function referral_timeline_is_append_only() returns trigger language plpgsql as $$
      begin
        raise exception 'referral_timeline is append-only';
      end $$;
      create trigger referral_timeline_append_only before update or delete or truncate on referral_timeline
        for each statement execute function referral_timeline_is_append_only();

      create table referral_document (
        id uuid not null,
        referral_id uuid not null,
        kind text not null,
        title text not null,
        file_id uuid not null,
        added_position integer not null,
        added_by_code text not null,
        constraint referral_document_pkey primary key (id),
        constraint referral_document_of_a_referral foreign key (referral_id) references referral (id),
        constraint referral_document_names_stored_bytes foreign key (file_id) references file (id),
        constraint referral_document_file_once unique (referral_id, file_id),
        constraint referral_document_kind_is_known check (kind in ('TRANSFER_LETTER', 'INVESTIGATION_REPORT', 'GOODS_LIST', 'TEST_REPORT', 'OTHER')),
        constraint referral_document_has_a_title check (title <> '')
      );
      create index referral_document_file_idx on referral_document (file_id);

      create view referral_refusal as
        select t.id, t.referral_id, c.case_id, c.case_no, c.region_code, c.agency_code, c.suspected_articles, c.goods_value_fen, c.sealed_until,
               c.seal_officers, c.seal_parties, c.excluded, t.at as refused_at, t.detail ->> 'reasons' as reasons, t.detail ->> 'facts' as facts,
               t.detail ->> 'charge' as charge
        from referral_timeline t join referral r on r.id = t.referral_id join admin_case c on c.case_id = r.case_id
        where t.act = 'REFUSE_REFERRAL';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop view referral_refusal;
      drop table referral_document;
      drop table referral_timeline;
      drop function referral_timeline_is_append_only();
      drop table referral;
    `);
  }
}
