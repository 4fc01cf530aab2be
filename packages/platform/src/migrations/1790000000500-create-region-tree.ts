import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The projection of the tree of regions; inspection itself keeps these columns on its own `region` and does not run this migration. */
export class CreateRegionTree1790000000500 implements MigrationInterface {
  name = 'CreateRegionTree1790000000500';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table region (
        code text not null,
        parent_code text,
        constraint region_pkey primary key (code)
      );
      create index region_parent_idx on region (parent_code, code);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table region');
  }
}
