import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who is banned, by the digest of the identity number: what the check of bans looks for. */
export class AddPersonIdDigest1800000000300 implements MigrationInterface {
  name = 'AddPersonIdDigest1800000000300';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table credit_punishment
        add column person_id_digest text,
        add constraint credit_punishment_id_digest_of_person check (person_id_digest is null or (party_kind = 'PERSON' and person_id_digest ~ '^[0-9a-f]{64}$'));
      create index credit_punishment_person_id_idx on credit_punishment (person_id_digest) where person_id_digest is not null;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table credit_punishment drop column person_id_digest');
  }
}
