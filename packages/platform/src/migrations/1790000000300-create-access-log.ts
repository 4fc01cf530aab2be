import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who read what, for what purpose; never the values. Nothing may change or leave it, not even by the owner of the table. */
export class CreateAccessLog1790000000300 implements MigrationInterface {
  name = 'CreateAccessLog1790000000300';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table access_log (
        id bigint generated always as identity,
        at timestamptz(3) not null,
        agency_code text not null,
        officer_id text not null,
        purpose text,
        request_id text not null,
        operation text,
        records text[] not null,
        fields text[] not null,
        constraint access_log_pkey primary key (id)
      );
      create index access_log_agency_idx on access_log (agency_code, at);
      create index access_log_records_idx on access_log using gin (records);
      create function access_log_is_append_only() returns trigger language plpgsql as $$
      begin
        raise exception 'access_log is append-only';
      end $$;
      create trigger access_log_append_only before update or delete or truncate on access_log
        for each statement execute function access_log_is_append_only();
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table access_log; drop function access_log_is_append_only()');
  }
}
