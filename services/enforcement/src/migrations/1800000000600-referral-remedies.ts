import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is done against a refusal to file, by tracks beside the main one; referrals that the procuratorate orders; reviews that are extended; calls for a file. */
export class ReferralRemedies1800000000600 implements MigrationInterface {
  name = 'ReferralRemedies1800000000600';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table referral
        add column order_no text,
        add column review_extension text,
        add constraint referral_order_has_a_number check (order_no <> ''),
        add constraint referral_review_extension_is_known check (review_extension in ('COMPLEX', 'MAJOR', 'MAJOR_AND_APPROVED')),
        drop constraint referral_task_force_of_two,
        add constraint referral_task_force_of_two check (cardinality(task_force) >= 2 or (order_no is not null and cardinality(task_force) = 0));
      alter table referral_timeline
        add column tracks jsonb not null default '[]',
        add constraint referral_timeline_tracks_are_an_array check (jsonb_typeof(tracks) = 'array');
      create table case_file_call (
        id uuid not null,
        case_id uuid not null,
        agency_code text not null,
        officer_id text not null,
        reasons text not null,
        called_at timestamptz(3) not null,
        constraint case_file_call_pkey primary key (id),
        constraint case_file_call_of_a_case foreign key (case_id) references admin_case (case_id),
        constraint case_file_call_agency_is_registered foreign key (agency_code) references agency (code),
        constraint case_file_call_has_reasons check (reasons <> ''),
        constraint case_file_call_once unique (case_id, agency_code)
      );
      create index referral_timeline_tracks_idx on referral_timeline (referral_id, position) where tracks <> '[]';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop table case_file_call;
      drop index referral_timeline_tracks_idx;
      alter table referral_timeline drop column tracks;
      alter table referral
        drop constraint referral_task_force_of_two,
        add constraint referral_task_force_of_two check (cardinality(task_force) >= 2),
        drop column review_extension,
        drop column order_no;
    `);
  }
}
