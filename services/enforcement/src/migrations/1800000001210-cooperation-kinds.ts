import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Joint supervision, consultations, tests, procuratorial suggestions and public-interest clues, beside assistance. */
export class CooperationKinds1800000001210 implements MigrationInterface {
  name = 'CooperationKinds1800000001210';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table cooperation
        add column level text,
        add column product_name text,
        add column batch_no text,
        add column cost_bearer text,
        add column test_conclusion text,
        drop constraint cooperation_kind_is_known,
        drop constraint cooperation_status_is_known,
        drop constraint cooperation_assistance_has_a_clock_until_it_ends,
        drop constraint cooperation_answered_in_time_or_not,
        add constraint cooperation_kind_is_known check (kind in ('ASSISTANCE', 'JOINT_SUPERVISION', 'CONSULTATION', 'EARLY_CONSULTATION', 'TEST', 'SUGGESTION', 'PUBLIC_INTEREST_CLUE')),
        add constraint cooperation_status_is_known check (status in ('REQUESTED', 'UNDER_WAY', 'ANSWERED', 'DECLINED', 'CONCLUDED', 'WITHDRAWN')),
        add constraint cooperation_has_a_clock_until_it_ends check ((due_at is not null) = (
          (kind in ('ASSISTANCE', 'JOINT_SUPERVISION', 'SUGGESTION') and status in ('REQUESTED', 'UNDER_WAY')) or (kind = 'TEST' and status = 'UNDER_WAY'))),
        add constraint cooperation_answered_in_time_or_not check ((met is not null) = (
          (kind in ('ASSISTANCE', 'TEST', 'SUGGESTION') and status = 'ANSWERED') or (kind = 'ASSISTANCE' and status = 'DECLINED') or (kind = 'JOINT_SUPERVISION' and status = 'CONCLUDED'))),
        add constraint cooperation_joint_supervision_has_a_level check ((kind = 'JOINT_SUPERVISION') = (level is not null)),
        add constraint cooperation_level_is_known check (level in ('NATIONAL', 'PROVINCIAL', 'CITY')),
        add constraint cooperation_test_says_what_and_who_pays check ((kind = 'TEST') = (product_name is not null) and (kind = 'TEST') = (cost_bearer is not null)),
        add constraint cooperation_batch_is_of_a_test check (kind = 'TEST' or batch_no is null),
        add constraint cooperation_cost_bearer_is_known check (cost_bearer in ('ASKING_AGENCY', 'PUBLIC_FUNDS')),
        add constraint cooperation_test_is_answered_with_a_conclusion check ((kind = 'TEST' and status = 'ANSWERED') = (test_conclusion is not null)),
        add constraint cooperation_conclusion_is_known check (test_conclusion in ('CONFORMS', 'DOES_NOT_CONFORM', 'NO_CONCLUSION')),
        add constraint cooperation_early_consultation_is_about_a_case check (kind <> 'EARLY_CONSULTATION' or case_id is not null)`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      delete from cooperation_document d using cooperation w where w.id = d.cooperation_id and w.kind <> 'ASSISTANCE';
      delete from cooperation_act a using cooperation w where w.id = a.cooperation_id and w.kind <> 'ASSISTANCE';
      delete from cooperation where kind <> 'ASSISTANCE';
      alter table cooperation
        drop constraint cooperation_kind_is_known,
        drop constraint cooperation_status_is_known,
        drop constraint cooperation_has_a_clock_until_it_ends,
        drop constraint cooperation_answered_in_time_or_not,
        drop constraint cooperation_early_consultation_is_about_a_case,
        drop column level,
        drop column product_name,
        drop column batch_no,
        drop column cost_bearer,
        drop column test_conclusion,
        add constraint cooperation_kind_is_known check (kind in ('ASSISTANCE')),
        add constraint cooperation_status_is_known check (status in ('REQUESTED', 'UNDER_WAY', 'ANSWERED', 'DECLINED', 'WITHDRAWN')),
        add constraint cooperation_assistance_has_a_clock_until_it_ends check (kind <> 'ASSISTANCE' or (status in ('REQUESTED', 'UNDER_WAY')) = (due_at is not null)),
        add constraint cooperation_answered_in_time_or_not check (kind <> 'ASSISTANCE' or (status in ('ANSWERED', 'DECLINED')) = (met is not null))`);
  }
}
