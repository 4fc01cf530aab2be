import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateRegion1800000000000 implements MigrationInterface {
  name = 'CreateRegion1800000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table region (
        code text not null,
        name text not null,
        name_en text not null,
        kind text not null,
        parent_code text,
        constraint region_pkey primary key (code),
        constraint region_code_shape check (code ~ '^[0-9A-Z][0-9A-Z-]{1,19}$'),
        constraint region_name_not_blank check (btrim(name) <> '' and btrim(name_en) <> ''),
        constraint region_kind_known check (kind in ('PROVINCE', 'CITY', 'DISTRICT', 'FUNCTIONAL_ZONE')),
        constraint region_parent_exists foreign key (parent_code) references region (code),
        constraint region_not_its_own_parent check (parent_code <> code),
        constraint region_province_at_the_top check (kind <> 'PROVINCE' or parent_code is null)
      );
      create index region_parent_idx on region (parent_code, code);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table region');
  }
}
