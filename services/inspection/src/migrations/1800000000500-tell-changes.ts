import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Changes of enterprises and products are told by the database itself, whoever writes them: what others remember of a record is
 * worth nothing from then on. New records are not told: of what was not there nobody remembers anything.
 */
export class TellChanges1800000000500 implements MigrationInterface {
  name = 'TellChanges1800000000500';

  async up(queryRunner: QueryRunner): Promise<void> {
    // Per statement and not per row: one insert and one bell for a whole import. A row that was written as it was is not told.
    await queryRunner.query(tell('enterprise', 'uscc'));
    await queryRunner.query(tell('product', 'id'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of ['enterprise', 'product']) {
      await queryRunner.query(`
        drop trigger ${table}_tell_update on ${table};
        drop trigger ${table}_tell_delete on ${table};
        drop function ${table}_tell_update();
        drop function ${table}_tell_delete();
      `);
    }
  }
}

const tell = (table: string, key: string): string => `
  create function ${table}_tell_update() returns trigger language plpgsql as $$
  begin
    insert into outbox_event (id, type, subject, occurred_at, data)
    select gen_random_uuid(), 'inspection.${table}-changed.v1', '${table}:' || b.${key}, now(), jsonb_build_object('${key}', b.${key})
    from before b left join after a on a.${key} = b.${key}
    where a is distinct from b;
    if found then perform pg_notify('outbox_emitted', ''); end if;
    return null;
  end $$;

  create function ${table}_tell_delete() returns trigger language plpgsql as $$
  begin
    insert into outbox_event (id, type, subject, occurred_at, data)
    select gen_random_uuid(), 'inspection.${table}-changed.v1', '${table}:' || ${key}, now(), jsonb_build_object('${key}', ${key}) from before;
    if found then perform pg_notify('outbox_emitted', ''); end if;
    return null;
  end $$;

  create trigger ${table}_tell_update after update on ${table}
    referencing old table as before new table as after for each statement execute function ${table}_tell_update();
  create trigger ${table}_tell_delete after delete on ${table}
    referencing old table as before for each statement execute function ${table}_tell_delete();
`;
