import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who the person of a line is, by the digest of his identity number: what a check of bans compares. */
export class AddPartyIdDigest1800000000900 implements MigrationInterface {
  name = 'AddPartyIdDigest1800000000900';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table penalty_item
        add column party_id_digest text,
        add constraint penalty_item_id_digest_of_a_person check (party_id_digest is null or (party_kind = 'PERSON' and party_id_digest ~ '^[0-9a-f]{64}$'));
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table penalty_item drop column party_id_digest');
  }
}
