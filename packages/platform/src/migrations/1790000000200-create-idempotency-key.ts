import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateIdempotencyKey1790000000200 implements MigrationInterface {
  name = 'CreateIdempotencyKey1790000000200';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table idempotency_key (
        agency_code text not null,
        officer_id text not null,
        mutation text not null,
        key text not null,
        input_hash text not null,
        result jsonb,
        created_at timestamptz(3) not null,
        constraint idempotency_key_pkey primary key (agency_code, officer_id, mutation, key)
      );
      create index idempotency_key_created_idx on idempotency_key (created_at);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table idempotency_key');
  }
}
