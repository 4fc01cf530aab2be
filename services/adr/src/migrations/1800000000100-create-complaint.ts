import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Complaints and reports of breaches, scrubbed of clues to who sent them; the receipt code itself is kept nowhere. */
export class CreateComplaint1800000000100 implements MigrationInterface {
  name = 'CreateComplaint1800000000100';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table complaint (
        id uuid not null,
        complaint_no text not null,
        receipt_hash text not null,
        kind text not null,
        received_at timestamptz(3) not null,
        status text not null,
        agency_code text not null,
        region_code text not null,
        enterprise_uscc text,
        product_id uuid,
        subject text not null,
        content text not null,
        accept_due_at timestamptz(3) not null,
        accepted_at timestamptz(3),
        part_codes text[] not null default '{}',
        case_ids uuid[] not null default '{}',
        version integer not null default 1,
        constraint complaint_pkey primary key (id),
        constraint complaint_no_once unique (complaint_no),
        constraint complaint_receipt_hash_once unique (receipt_hash),
        constraint complaint_receipt_is_a_sha256 check (receipt_hash ~ '^[0-9a-f]{64}$'),
        constraint complaint_kind_known check (kind in ('COMPLAINT', 'REPORT')),
        constraint complaint_status_fits_kind check (case kind
          when 'COMPLAINT' then status in ('RECEIVED', 'ACCEPTED', 'NOT_ACCEPTED', 'IN_MEDIATION', 'CLOSED')
          else status in ('RECEIVED', 'CHECKING', 'SUBSTANTIATED', 'NOT_SUBSTANTIATED', 'CLOSED') end),
        constraint complaint_accepted_when_status_says check (case
          when status in ('ACCEPTED', 'IN_MEDIATION') then accepted_at is not null
          when status in ('RECEIVED', 'NOT_ACCEPTED') or kind = 'REPORT' then accepted_at is null
          else true end),
        constraint complaint_accepted_not_before_receipt check (accepted_at >= received_at),
        constraint complaint_due_after_receipt check (accept_due_at > received_at),
        constraint complaint_subject_is_one_line check (subject <> '' and subject !~ '[\\n\\r]'),
        constraint complaint_content_not_blank check (content <> ''),
        constraint complaint_text_has_no_mobile_number
          check (subject !~ '(^|[^0-9])1[3-9][0-9]{9}([^0-9]|$)' and content !~ '(^|[^0-9])1[3-9][0-9]{9}([^0-9]|$)'),
        constraint complaint_text_has_no_identity_number check (
          subject !~ '(^|[^0-9])[1-9][0-9]{5}(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]([^0-9]|$)' and
          content !~ '(^|[^0-9])[1-9][0-9]{5}(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]([^0-9]|$)'),
        constraint complaint_version_positive check (version > 0)
      );
      create index complaint_newest_idx on complaint (received_at desc, id desc);
      create index complaint_agency_idx on complaint (agency_code, received_at desc, id desc);
      create index complaint_enterprise_idx on complaint (enterprise_uscc, received_at desc, id desc) where enterprise_uscc is not null;
      create index complaint_product_idx on complaint (product_id, received_at desc, id desc) where product_id is not null;
      create index complaint_part_idx on complaint using gin (part_codes);
      create index complaint_case_idx on complaint using gin (case_ids) where case_ids <> '{}';
      create index complaint_linked_idx on complaint (received_at desc, id desc) where case_ids <> '{}';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table complaint');
  }
}
