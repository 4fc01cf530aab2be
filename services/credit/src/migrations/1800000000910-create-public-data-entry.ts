import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was public on which day: from it comes what changed since, and the tombstones of what no longer is. */
export class CreatePublicDataEntry1800000000910 implements MigrationInterface {
  name = 'CreatePublicDataEntry1800000000910';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table public_data_entry (
        record_id uuid not null,
        fingerprint bigint not null,
        changed_on date not null,
        removed_on date,
        constraint public_data_entry_pkey primary key (record_id),
        constraint public_data_entry_removed_after_it_was_there check (removed_on >= changed_on)
      );
      create index public_data_entry_changed_idx on public_data_entry (changed_on, record_id);
      create index public_data_entry_removed_idx on public_data_entry (removed_on, record_id) where removed_on is not null;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table public_data_entry');
  }
}
