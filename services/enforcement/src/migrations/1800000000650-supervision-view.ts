import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the supervision view reads: why a decision rests on other articles, and where a receipt was refused. */
export class SupervisionView1800000000650 implements MigrationInterface {
  name = 'SupervisionView1800000000650';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table penalty_decision
        add column article_change_reason text,
        add constraint penalty_decision_article_change_has_a_reason check (article_change_reason <> '');
      create index referral_timeline_receipt_refusal_idx on referral_timeline (referral_id, position) where act = 'RECORD_RECEIPT_REFUSAL';
      create index referral_transferred_idx on referral (id) where status = 'TRANSFERRED';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop index referral_transferred_idx;
      drop index referral_timeline_receipt_refusal_idx;
      alter table penalty_decision drop column article_change_reason;
    `);
  }
}
