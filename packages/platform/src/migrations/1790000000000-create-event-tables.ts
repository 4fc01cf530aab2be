import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a service says (outbox), how far it has been passed on (relay), and what it has heard (inbox). */
export class CreateEventTables1790000000000 implements MigrationInterface {
  name = 'CreateEventTables1790000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table outbox_event (
        seq bigint generated always as identity,
        id uuid not null,
        position bigint,
        type text not null,
        subject text not null,
        occurred_at timestamptz(3) not null,
        data jsonb not null,
        constraint outbox_event_pkey primary key (seq),
        constraint outbox_event_id_once unique (id),
        constraint outbox_event_position_once unique (position),
        constraint outbox_event_position_from_one check (position >= 1),
        constraint outbox_event_type_is_versioned check (type ~ '\\.v[0-9]+$'),
        constraint outbox_event_has_a_subject check (subject <> ''),
        constraint outbox_event_data_is_an_object check (jsonb_typeof(data) = 'object')
      );
      comment on column outbox_event.seq is 'Order of writing; has gaps and late arrivals. Readers use position.';
      comment on column outbox_event.position is 'Dense, given after commit by the sequencer; null until then.';
      create index outbox_event_unsequenced_idx on outbox_event (seq) where position is null;
      create index outbox_event_type_position_idx on outbox_event (type, position) where position is not null;

      create table outbox_head (
        only_row boolean not null default true,
        position bigint not null,
        constraint outbox_head_pkey primary key (only_row),
        constraint outbox_head_is_one_row check (only_row),
        constraint outbox_head_position_from_zero check (position >= 0)
      );
      insert into outbox_head (position) values (0);

      create table relay_checkpoint (
        only_row boolean not null default true,
        position bigint not null,
        constraint relay_checkpoint_pkey primary key (only_row),
        constraint relay_checkpoint_is_one_row check (only_row),
        constraint relay_checkpoint_position_from_zero check (position >= 0)
      );
      insert into relay_checkpoint (position) values (0);

      create table inbox_checkpoint (
        source text not null,
        position bigint not null,
        constraint inbox_checkpoint_pkey primary key (source),
        constraint inbox_checkpoint_position_from_zero check (position >= 0)
      );

      create table inbox_event (
        source text not null,
        event_id uuid not null,
        handled_at timestamptz(3) not null,
        constraint inbox_event_pkey primary key (source, event_id)
      );

      create table inbox_parked (
        source text not null,
        subject text not null,
        parked_at timestamptz(3) not null,
        retries integer not null default 0,
        retry_at timestamptz(3) not null,
        last_error text not null,
        constraint inbox_parked_pkey primary key (source, subject),
        constraint inbox_parked_retries_from_zero check (retries >= 0)
      );
      comment on table inbox_parked is 'Subjects whose next event keeps failing; their later events wait in inbox_parked_event.';
      create index inbox_parked_retry_idx on inbox_parked (source, retry_at);

      create table inbox_parked_event (
        source text not null,
        position bigint not null,
        event_id uuid not null,
        type text not null,
        subject text not null,
        occurred_at timestamptz(3) not null,
        data jsonb not null,
        constraint inbox_parked_event_pkey primary key (source, position),
        constraint inbox_parked_event_once unique (source, event_id),
        constraint inbox_parked_event_of_a_parked_subject foreign key (source, subject) references inbox_parked (source, subject)
      );
      create index inbox_parked_event_subject_idx on inbox_parked_event (source, subject, position);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop table inbox_parked_event;
      drop table inbox_parked;
      drop table inbox_event;
      drop table inbox_checkpoint;
      drop table relay_checkpoint;
      drop table outbox_head;
      drop table outbox_event;
    `);
  }
}
