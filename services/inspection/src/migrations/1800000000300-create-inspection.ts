import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * INSP arts. 15 (two inspectors), 23-26 and 29 (defects; three conclusions on site, two overall), 66 (results are public).
 * `scheduled_on` orders lists: the day of the inspection, or the day planned for it.
 */
export class CreateInspection1800000000300 implements MigrationInterface {
  name = 'CreateInspection1800000000300';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table inspection (
        id uuid not null,
        inspection_no text not null,
        uscc text not null,
        medical_institution boolean not null,
        kind text not null,
        unannounced boolean not null,
        level text not null,
        status text not null,
        agency_code text not null,
        region_code text not null,
        planned_on date,
        conducted_on date,
        scheduled_on date generated always as (coalesce(conducted_on, planned_on)) stored,
        concluded_at timestamptz(3),
        on_site_conclusion text,
        conclusion text,
        published_on date,
        publication_ends_on date,
        part_codes text[] not null default '{}',
        case_ids uuid[] not null default '{}',
        team text[] not null default '{}',
        version integer not null default 1,
        constraint inspection_pkey primary key (id),
        constraint inspection_no_unique unique (inspection_no),
        constraint inspection_no_not_blank check (btrim(inspection_no) <> ''),
        constraint inspection_enterprise_exists foreign key (uscc) references enterprise (uscc),
        constraint inspection_region_exists foreign key (region_code) references region (code),
        constraint inspection_kind_known check (kind in ('LICENSING', 'ROUTINE', 'FOR_CAUSE', 'OTHER')),
        constraint inspection_level_known check (level in ('NATIONAL', 'PROVINCE', 'CITY', 'DISTRICT')),
        constraint inspection_status_known check (status in ('PLANNED', 'UNDER_WAY', 'AWAITING_RECTIFICATION', 'CONCLUDED')),
        constraint inspection_planned_has_planned_day check (status <> 'PLANNED' or planned_on is not null),
        constraint inspection_conducted_unless_planned check ((status = 'PLANNED') = (conducted_on is null)),
        constraint inspection_team_of_two_when_conducted check (conducted_on is null
          or (cardinality(team) >= 2 and team[1] <> team[2] and array_position(team, null) is null)),
        constraint inspection_on_site_conclusion_is_one_of_three
          check (on_site_conclusion in ('COMPLIANT', 'ASSESS_AFTER_RECTIFICATION', 'NON_COMPLIANT')),
        constraint inspection_on_site_conclusion_only_when_conducted check (on_site_conclusion is null or conducted_on is not null),
        constraint inspection_on_site_conclusion_once_the_visit_ended
          check (status in ('PLANNED', 'UNDER_WAY') or on_site_conclusion is not null),
        constraint inspection_conclusion_is_one_of_two check (conclusion in ('COMPLIANT', 'NON_COMPLIANT')),
        constraint inspection_conclusion_exactly_when_concluded check ((status = 'CONCLUDED') = (conclusion is not null)),
        constraint inspection_concluded_at_exactly_when_concluded check ((status = 'CONCLUDED') = (concluded_at is not null)),
        constraint inspection_conducted_not_before_planned check (conducted_on >= planned_on),
        constraint inspection_concluded_not_before_conducted check ((concluded_at at time zone 'Asia/Shanghai')::date >= conducted_on),
        constraint inspection_published_only_when_concluded check (published_on is null or status = 'CONCLUDED'),
        constraint inspection_published_not_before_concluded check (published_on >= (concluded_at at time zone 'Asia/Shanghai')::date),
        constraint inspection_publication_ends_after_it_began check (publication_ends_on is null
          or (published_on is not null and publication_ends_on >= published_on)),
        constraint inspection_version_positive check (version > 0)
      );
      create index inspection_newest_idx on inspection (scheduled_on, id);
      create index inspection_enterprise_idx on inspection (uscc, scheduled_on, id);
      create index inspection_agency_idx on inspection (agency_code, scheduled_on, id);
      create index inspection_region_idx on inspection (region_code, scheduled_on, id);
      create index inspection_case_idx on inspection using gin (case_ids);

      create table inspection_defect (
        id uuid not null,
        inspection_id uuid not null,
        grade text not null,
        clause text not null,
        description text not null,
        status text not null,
        repeat boolean not null default false,
        cleared_on date,
        constraint inspection_defect_pkey primary key (id),
        constraint inspection_defect_inspection_exists foreign key (inspection_id) references inspection (id),
        constraint inspection_defect_grade_known check (grade in ('CRITICAL', 'MAJOR', 'MINOR')),
        constraint inspection_defect_status_known check (status in ('OPEN', 'RECTIFIED', 'VERIFIED', 'CLOSED')),
        constraint inspection_defect_text_not_blank check (btrim(clause) <> '' and btrim(description) <> ''),
        constraint inspection_defect_cleared_exactly_when_closed check ((status = 'CLOSED') = (cleared_on is not null))
      );
      create index inspection_defect_inspection_idx on inspection_defect (inspection_id);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table inspection_defect, inspection');
  }
}
