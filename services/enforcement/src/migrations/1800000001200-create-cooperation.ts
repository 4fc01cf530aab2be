import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What one agency asks of others, the acts on it, and the documents that came with them. */
export class CreateCooperation1800000001200 implements MigrationInterface {
  name = 'CreateCooperation1800000001200';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table cooperation (
        id uuid not null,
        version integer not null,
        kind text not null,
        status text not null,
        agency_code text not null,
        asked_codes text[] not null,
        case_id uuid,
        title text not null,
        content text not null,
        urgent boolean not null default false,
        bound boolean not null default false,
        requested_at timestamptz(3) not null,
        due_at timestamptz(3),
        deadline jsonb,
        extended boolean not null default false,
        met boolean,
        updated_at timestamptz(3) not null,
        constraint cooperation_pkey primary key (id),
        constraint cooperation_version_positive check (version > 0),
        constraint cooperation_kind_is_known check (kind in ('ASSISTANCE')),
        constraint cooperation_status_is_known check (status in ('REQUESTED', 'UNDER_WAY', 'ANSWERED', 'DECLINED', 'WITHDRAWN')),
        constraint cooperation_agency_is_registered foreign key (agency_code) references agency (code),
        constraint cooperation_asks_somebody check (cardinality(asked_codes) > 0),
        constraint cooperation_asks_somebody_else check (not asked_codes @> array[agency_code]),
        constraint cooperation_case_is_there foreign key (case_id) references admin_case (case_id),
        constraint cooperation_title_is_not_blank check (title <> ''),
        constraint cooperation_content_is_not_blank check (content <> ''),
        constraint cooperation_due_with_its_rule check ((due_at is null) = (deadline is null)),
        constraint cooperation_assistance_has_a_clock_until_it_ends check (kind <> 'ASSISTANCE' or (status in ('REQUESTED', 'UNDER_WAY')) = (due_at is not null)),
        constraint cooperation_answered_in_time_or_not check (kind <> 'ASSISTANCE' or (status in ('ANSWERED', 'DECLINED')) = (met is not null))
      );
      create index cooperation_agency_idx on cooperation (agency_code, requested_at desc, id desc);
      create index cooperation_asked_idx on cooperation using gin (asked_codes);
      create index cooperation_case_idx on cooperation (case_id) where case_id is not null;
      create index cooperation_due_idx on cooperation (due_at) where due_at is not null;

      create table cooperation_act (
        id uuid not null,
        cooperation_id uuid not null,
        position integer not null,
        act text not null,
        status text not null,
        at timestamptz(3) not null,
        actor_code text not null,
        officer_id text not null,
        basis_instrument text not null,
        basis_article text not null,
        basis_mark text not null,
        due_at timestamptz(3),
        deadline jsonb,
        met boolean,
        detail jsonb not null default '{}',
        constraint cooperation_act_pkey primary key (id),
        constraint cooperation_act_of_a_cooperation foreign key (cooperation_id) references cooperation (id),
        constraint cooperation_act_position_once unique (cooperation_id, position),
        constraint cooperation_act_position_from_one check (position >= 1),
        constraint cooperation_act_mark_is_known check (basis_mark in ('V', 'P', 'NV'))
      );

      create table cooperation_document (
        id uuid not null,
        cooperation_id uuid not null,
        position integer not null,
        title text not null,
        file_id uuid not null,
        constraint cooperation_document_pkey primary key (id),
        constraint cooperation_document_of_an_act foreign key (cooperation_id, position) references cooperation_act (cooperation_id, position),
        constraint cooperation_document_names_stored_bytes foreign key (file_id) references file (id),
        constraint cooperation_document_file_once unique (cooperation_id, file_id),
        constraint cooperation_document_has_a_title check (title <> '')
      );
      create index cooperation_document_file_idx on cooperation_document (file_id);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table cooperation_document; drop table cooperation_act; drop table cooperation');
  }
}
