import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A limit that was told says which calendar it was counted with; of those told before, that was not kept. */
export class KeepCalendarOfComplaintLimit1800000000200 implements MigrationInterface {
  name = 'KeepCalendarOfComplaintLimit1800000000200';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table complaint add column accept_calendar_version text');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table complaint drop column accept_calendar_version');
  }
}
