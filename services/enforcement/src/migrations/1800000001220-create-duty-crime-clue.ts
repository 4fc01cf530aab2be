import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Clues to duty crimes, between the officer who sent them and supervision. */
export class CreateDutyCrimeClue1800000001220 implements MigrationInterface {
  name = 'CreateDutyCrimeClue1800000001220';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table duty_crime_clue (
        id uuid not null,
        version integer not null,
        status text not null,
        agency_code text not null,
        officer_id text not null,
        receiver_code text not null,
        official text not null,
        facts text not null,
        result text,
        sent_at timestamptz(3) not null,
        updated_at timestamptz(3) not null,
        constraint duty_crime_clue_pkey primary key (id),
        constraint duty_crime_clue_version_positive check (version > 0),
        constraint duty_crime_clue_status_is_known check (status in ('SENT', 'RECEIVED', 'CONCLUDED')),
        constraint duty_crime_clue_agency_is_registered foreign key (agency_code) references agency (code),
        constraint duty_crime_clue_goes_to_another_agency check (receiver_code <> agency_code),
        constraint duty_crime_clue_official_is_not_blank check (official <> ''),
        constraint duty_crime_clue_facts_are_not_blank check (facts <> ''),
        constraint duty_crime_clue_concluded_with_a_result check ((status = 'CONCLUDED') = (result is not null)),
        constraint duty_crime_clue_result_is_known check (result in ('FILED', 'NOT_FILED', 'DEALT_WITH_OTHERWISE'))
      );
      create index duty_crime_clue_officer_idx on duty_crime_clue (agency_code, officer_id, sent_at desc, id desc);
      create index duty_crime_clue_receiver_idx on duty_crime_clue (receiver_code, sent_at desc, id desc);

      create table duty_crime_clue_act (
        id uuid not null,
        clue_id uuid not null,
        position integer not null,
        act text not null,
        status text not null,
        at timestamptz(3) not null,
        actor_code text not null,
        officer_id text not null,
        text text,
        constraint duty_crime_clue_act_pkey primary key (id),
        constraint duty_crime_clue_act_of_a_clue foreign key (clue_id) references duty_crime_clue (id),
        constraint duty_crime_clue_act_position_once unique (clue_id, position),
        constraint duty_crime_clue_act_position_from_one check (position >= 1)
      );
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table duty_crime_clue_act; drop table duty_crime_clue');
  }
}
