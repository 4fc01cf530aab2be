import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Regions that were written before changes of them were told are told once; the sequencer gives the events their positions. */
export class TellRegions1800000000400 implements MigrationInterface {
  name = 'TellRegions1800000000400';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      insert into outbox_event (id, type, subject, occurred_at, data)
      select gen_random_uuid(), 'inspection.region-changed.v1', 'region:' || code, now(),
        jsonb_build_object('code', code, 'name', name, 'nameEn', name_en, 'kind', kind, 'parentCode', parent_code)
      from region order by code;
    `);
  }

  /** What was told stays told. */
  async down(): Promise<void> {}
}
