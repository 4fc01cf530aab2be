import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Uploaded files: the bytes lie in the store under their hash, several rows may name the same ones. */
export class CreateFile1790000000400 implements MigrationInterface {
  name = 'CreateFile1790000000400';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table file (
        id uuid not null,
        sha256 text not null,
        size integer not null,
        media_type text not null,
        agency_code text not null,
        officer_id text not null,
        uploaded_at timestamptz(3) not null,
        constraint file_pkey primary key (id),
        constraint file_sha256_is_lower_case_hex check (sha256 ~ '^[0-9a-f]{64}$'),
        constraint file_has_1_byte_to_50_megabytes check (size between 1 and 52428800),
        constraint file_media_type_has_no_parameters check (media_type ~ '^[a-z0-9.+-]+/[a-z0-9.+-]+$')
      );
      create index file_sha256_idx on file (sha256);
      create index file_agency_idx on file (agency_code, uploaded_at);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table file');
  }
}
