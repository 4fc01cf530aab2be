import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the supervision view reads: why a decision rests on other articles, where a receipt was refused; and the register of what was found. */
export class SupervisionView1800000000800 implements MigrationInterface {
  name = 'SupervisionView1800000000800';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table penalty_decision
        add column article_change_reason text,
        add constraint penalty_decision_article_change_has_a_reason check (article_change_reason <> '');
      create table supervision_record (
        id uuid not null,
        kind text not null,
        case_id uuid,
        case_no text,
        clue_id uuid,
        referral_id uuid,
        owes_code text not null,
        since timestamptz(3) not null,
        step text,
        basis jsonb not null,
        charge text,
        reasons text,
        found_at timestamptz(3) not null,
        constraint supervision_record_pkey primary key (id),
        constraint supervision_record_of_a_case foreign key (case_id) references admin_case (case_id),
        constraint supervision_record_of_a_clue foreign key (clue_id) references clue (id),
        constraint supervision_record_of_a_case_or_a_clue check (num_nonnulls(case_id, clue_id) = 1 and (case_id is null) = (case_no is null)),
        constraint supervision_record_of_a_referral foreign key (referral_id) references referral (id),
        constraint supervision_record_owed_by_a_registered_agency foreign key (owes_code) references agency (code),
        constraint supervision_record_basis_is_an_object check (jsonb_typeof(basis) = 'object')
      );
      create index supervision_record_found_idx on supervision_record (found_at desc, id desc);
      create index supervision_record_case_idx on supervision_record (case_id);
      create index referral_timeline_receipt_refusal_idx on referral_timeline (referral_id, position) where act = 'RECORD_RECEIPT_REFUSAL';
      create index penalty_decision_served_idx on penalty_decision (violation_type) where served_on is not null;
      create index referral_transferred_idx on referral (id) where status = 'TRANSFERRED';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop table supervision_record;
      drop index referral_transferred_idx;
      drop index penalty_decision_served_idx;
      drop index referral_timeline_receipt_refusal_idx;
      alter table penalty_decision drop column article_change_reason;
    `);
  }
}
