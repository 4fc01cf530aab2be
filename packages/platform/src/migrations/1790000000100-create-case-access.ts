import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The projection of case access; enforcement itself keeps these columns on `admin_case` and does not run this migration. */
export class CreateCaseAccess1790000000100 implements MigrationInterface {
  name = 'CreateCaseAccess1790000000100';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table case_access (
        case_id uuid not null,
        version integer not null,
        agency_code text not null,
        region_code text not null,
        enterprise_uscc text,
        respondent_kind text not null,
        filed_at timestamptz(3) not null,
        served_on date,
        parts text[] not null default '{}',
        sealed_until date,
        seal_officers text[] not null default '{}',
        seal_parties text[] not null default '{}',
        excluded text[] not null default '{}',
        constraint case_access_pkey primary key (case_id),
        constraint case_access_version_positive check (version > 0)
      );
      create index case_access_enterprise_idx on case_access (enterprise_uscc);
      create index case_access_parts_idx on case_access using gin (parts);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table case_access');
  }
}
