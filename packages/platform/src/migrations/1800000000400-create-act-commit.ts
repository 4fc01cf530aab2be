import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * When the last act on a record was about to be committed, whichever process did it: for some minutes, for requests that lost a race for the record. Not logged: after a crash of the
 * database there is no such request.
 */
export class CreateActCommit1800000000400 implements MigrationInterface {
  name = 'CreateActCommit1800000000400';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create unlogged table act_commit (
        record text not null,
        at timestamptz(3) not null,
        constraint act_commit_pkey primary key (record)
      );
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table act_commit');
  }
}
